import { useQuery } from "@tanstack/react-query";
import { useClient } from "@/api/context";
import { waterfallQuestion } from "@/api/questions";
import type { Waterfall } from "@/api/types";
import { Answered } from "@/components/Conditions";
import { Figure } from "@/components/Figure";
import { Panel } from "@/components/Page";
import { State } from "@/components/State";
import { useAsOf } from "@/view/asOf";
import { number, range, short } from "@/words/numbers";
import { BANDS, wordFor } from "@/words/vocabulary";
import { ofQuality, ofStep } from "./evidence";
import styles from "./Overview.module.css";

/** The data quality index, and what takes it down from 100. */
export function Quality({ study }: { study: string }) {
  const client = useClient();
  const question = useQuery(waterfallQuestion(client, study, useAsOf()));
  return (
    <Panel title="How good are the data?" aside="data quality index">
      <Answered question={question} what="the data quality index" rows={12}>
        {(found) => <Steps study={study} found={found} />}
      </Answered>
    </Panel>
  );
}

function Steps({ study, found }: { study: string; found: Waterfall }) {
  const { value } = found;
  return (
    <>
      <div className={styles["big"]}>
        <Figure size="large" evidence={ofQuality(study, value, found.title)} />
        {value.band === null ? (
          <span className={styles["why"]}>
            not computable; between {value.worst.toFixed(1)} and {value.best.toFixed(1)}
          </span>
        ) : (
          <>
            <State word={wordFor(BANDS, value.band)} />
            {value.settled === false ? <span className={styles["why"]}>band not settled</span> : null}
            {value.interval ? <span className={styles["why"]}>90 % interval {range(value.interval)}</span> : null}
          </>
        )}
        {value.ceiling !== null && value.at_most !== null ? (
          <span className={styles["why"]}>
            {value.ceiling}: at most {number(value.at_most)}
            {value.uncapped === null ? "" : `, ${value.uncapped.toFixed(1)} without it`}
          </span>
        ) : null}
      </div>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">100 less</th>
            <th scope="col" style={{ width: "26%" }}>
              of the most it can cost
            </th>
            <th scope="col" className={styles["number"]}>
              Value
            </th>
            <th scope="col" className={styles["number"]}>
              Points
            </th>
          </tr>
        </thead>
        <tbody>
          {found.steps.map((step) => (
            <tr key={step.code}>
              <td>
                {step.title}
                <div className={styles["why"]}>
                  {step.reason !== null && step.points === null ? step.reason : `${step.dimension}, weight ${(100 * step.weight).toFixed(0)} %`}
                </div>
              </td>
              <td>
                <div className={`${styles["bar"] ?? ""} ${step.points === null ? "hatched" : ""}`} aria-hidden="true">
                  {step.points === null ? null : <span className={styles["lost"]} style={{ width: `${(100 * step.points) / step.most}%` }} />}
                </div>
              </td>
              <td className={styles["number"]}>
                {step.value === null ? <span className="quiet">{step.state}</span> : short(step.value)}
                <div className={styles["why"]}>{step.unit}</div>
              </td>
              <td className={styles["number"]}>
                <Figure evidence={ofStep(study, step)} />
              </td>
            </tr>
          ))}
          {value.ceiling_effect !== null && value.ceiling_effect > 0 ? (
            <tr>
              <td colSpan={3}>{value.ceiling}</td>
              <td className={styles["number"]}>{`\u2212${value.ceiling_effect.toFixed(2)}`}</td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </>
  );
}
