/** What takes an index down from 100, each part with the way to its rows. */

import { useQuery } from "@tanstack/react-query";
import { useClient } from "@/api/context";
import { waterfallQuestion } from "@/api/questions";
import { Answered } from "@/components/Conditions";
import { Figure } from "@/components/Figure";
import { useAsOf } from "@/view/asOf";
import { ofStep } from "@/view/quality";
import { counted } from "@/words/numbers";
import styles from "./Evidence.module.css";

export function OfIndex({ study, index, level, group }: { study: string; index: string; level: "study" | "country" | "site"; group?: string }) {
  const client = useClient();
  const question = useQuery(waterfallQuestion(client, study, useAsOf(), level, group, index));
  return (
    <Answered question={question} what="the indicators" rows={6}>
      {({ steps, value }) => (
        <>
          <div className={styles["count"]} role="status">
            {counted(steps.length, "indicator")}, points off
          </div>
          <div className={styles["scrolled"]} tabIndex={0} role="group" aria-label="the indicators">
            <table className={styles["parts"]}>
              <tbody>
                {steps.map((step) => (
                  <tr key={step.code}>
                    <td>{step.title}</td>
                    <td>
                      <Figure deeper evidence={ofStep({ study, level, index, asOf: value.as_of, ...(group === undefined ? {} : { group }) }, step)} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Answered>
  );
}
