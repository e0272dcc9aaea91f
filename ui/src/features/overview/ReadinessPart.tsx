import type { Clean, Population } from "@/api/types";
import { Figure } from "@/components/Figure";
import { tableStyles } from "@/components/Page";
import { State } from "@/components/State";
import type { Word } from "@/words/vocabulary";
import { number } from "@/words/numbers";
import { shareText } from "@/view/cleanShare";
import { percents } from "@/words/shares";
import { ofPopulation, type Scope } from "./evidence";
import styles from "./Overview.module.css";

const ANSWERS: Readonly<Record<Population["answer"], Word>> = {
  yes: { word: "ready", tone: "pass", meaning: "The target is met, nobody is below 50 % progress, and at most 5 % are otherwise not clean." },
  conditional: { word: "with conditions", tone: "warn", meaning: "The target is met, but more than 5 % of the members are not clean." },
  no: { word: "not ready", tone: "fail", meaning: "The target is not met, or a member is below 50 % progress." },
  unknown: { word: "unknown", tone: "unknown", meaning: "What is not known decides: counting it as clean or as not clean gives different answers." },
};

/** Whether each population is ready, against its target, and why. */
export function ReadinessPart({ scope, clean }: { scope: Scope; clean: Clean }) {
  return (
    <table className={tableStyles["plain"]}>
      <thead>
        <tr>
          <th scope="col">Population</th>
          <th scope="col">Ready</th>
          <th scope="col" className={tableStyles["n"]}>
            Clean
          </th>
          <th scope="col">Share, interval and target</th>
        </tr>
      </thead>
      <tbody>
        {clean.readiness.map((population) => (
          <tr key={population.code}>
            <td>
              <b title={population.members_by}>{population.title}</b>
              <div className={styles["small"]} data-plain="setting">
                target {number(Math.round(100 * population.target))} %
              </div>
            </td>
            <td>
              <State word={ANSWERS[population.answer]} />
            </td>
            <td className={`${tableStyles["n"] ?? ""} ${styles["whole"] ?? ""}`}>
              <Figure evidence={ofPopulation(scope, population, "clean")} /> <span className="quiet">of</span> <Figure evidence={ofPopulation(scope, population, "members")} />
              {population.perhaps > 0 ? (
                <div className={styles["small"]}>
                  perhaps <Figure evidence={ofPopulation(scope, population, "perhaps")} /> more
                </div>
              ) : null}
              {population.unknown > 0 ? (
                <div className={styles["small"]}>
                  <Figure evidence={ofPopulation(scope, population, "unknown")} /> unknown
                </div>
              ) : null}
            </td>
            <td className={styles["wide"]}>
              <Target scope={scope} population={population} />
              <p className={styles["why"]} data-plain="words">
                {population.why}
              </p>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The share that is clean on a line from 0 to 100 %, with its interval, what is unknown, and the target as a mark. */
function Target({ scope, population }: { scope: Scope; population: Population }) {
  const { members, clean, interval_if: interval, share_if, target } = population;
  if (members === 0 || interval === null) return null;
  const share = clean / members;
  const [least, most] = share_if ?? [share, share];
  return (
    <div className={styles["target"]}>
      <div className={styles["track"]} aria-hidden="true">
        <i className={styles["cleanPart"]} style={{ width: `${100 * least}%` }} />
        {most > least ? <i className={`${styles["maybe"] ?? ""} hatched`} style={{ left: `${100 * least}%`, width: `${100 * (most - least)}%` }} /> : null}
        <i className={styles["interval"]} style={{ left: `${100 * interval[0]}%`, width: `${100 * (interval[1] - interval[0])}%` }} />
        <i className={styles["mark"]} style={{ left: `${100 * target}%` }} />
      </div>
      <span className={styles["small"]}>
        <Figure evidence={{ ...ofPopulation(scope, population, "members"), title: `Clean share: ${population.title}`, value: share, text: `${shareText(share, share_if)} (${percents(interval)})` }} />
      </span>
    </div>
  );
}
