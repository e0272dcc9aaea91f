/** The flagged sites behind a count of flags, each with its indicators. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useClient } from "@/api/context";
import { signalsQuestion } from "@/api/questions";
import { Answered, Empty } from "@/components/Conditions";
import { Flag } from "@/components/Flag";
import { VirtualList } from "@/components/VirtualList";
import { useAsOf } from "@/view/asOf";
import { counted } from "@/words/numbers";
import styles from "./Evidence.module.css";

/** Of all indicators that are a risk of the site, or of one; of both strengths, or of one; or, of one, every site that has a score. */
export function OfFlags({ study, kri: only, flag: strength, scored = false }: { study: string; kri?: string; flag?: "red" | "amber"; scored?: boolean }) {
  const client = useClient();
  const question = useQuery(signalsQuestion(client, study, useAsOf()));
  return (
    <Answered question={question} what="the flagged sites" rows={4}>
      {({ groups, kris }) => {
        // As counted: a flag of an indicator that is no risk of the site makes no flagged site.
        const flagged = groups
          .filter(({ red, amber }) => only !== undefined || red + amber > 0)
          .map((group) => ({
            group,
            flags: group.signals.flatMap((signal, at) =>
              (scored ? signal.score !== null : signal.flag) && (only === undefined || kris[at]?.code === only) && (strength === undefined || Math.abs(signal.flag ?? 0) === (strength === "red" ? 2 : 1)) ? [{ signal, kri: kris[at] }] : [],
            ),
          }))
          .filter(({ flags }) => flags.length > 0);
        if (flagged.length === 0) return scored ? <Empty title="No site has a score" /> : <Empty title="0 sites flagged">Every site that could be scored was.</Empty>;
        return (
          <>
            <div className={styles["count"]} role="status">
              {counted(flagged.length, "site")} with a {scored ? "score" : "flag"}
            </div>
            <VirtualList label="the flagged sites" items={flagged} itemKey={({ group }) => group.place.label}>
              {({ group, flags }) => (
                <div className={styles["item"]}>
                  <Link to="/studies/$studyId/sites/$siteId" params={{ studyId: study, siteId: group.place.label }} search={{}}>
                    {group.place.label}
                  </Link>
                  <span>
                    {flags.map(({ signal, kri }) => (
                      <div key={kri?.code}>
                        <Flag flag={signal.flag} state={signal.state} word /> {kri?.title}
                      </div>
                    ))}
                  </span>
                </div>
              )}
            </VirtualList>
          </>
        );
      }}
    </Answered>
  );
}
