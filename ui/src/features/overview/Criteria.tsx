import type { Clean, Outcome, Tally } from "@/api/types";
import { Figure } from "@/components/Figure";
import { ofTally } from "./evidence";
import styles from "./Overview.module.css";

const SHOWN: readonly Outcome[] = ["fail", "unknown", "pass", "not_applicable"];
const TITLES: Readonly<Record<Outcome, string>> = { fail: "Fail", unknown: "Unknown", pass: "Pass", not_applicable: "n/a" };
const TONES: Readonly<Record<Outcome, string>> = { fail: "fail", unknown: "hatched", pass: "pass", not_applicable: "none" };

/** A bar for each criterion; the numbers beside it say what it draws. */
export function Criteria({ study, clean }: { study: string; clean: Clean }) {
  const gates = clean.criteria.filter((one) => one.gate);
  const shown = clean.criteria.filter((one) => !one.gate);
  return (
    <table className={styles["table"]}>
      <thead>
        <tr>
          <th scope="col">Criterion</th>
          <th scope="col" style={{ width: "30%" }}>
            Subjects
          </th>
          {SHOWN.map((outcome) => (
            <th key={outcome} scope="col" className={styles["number"]}>
              {TITLES[outcome]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {gates.map((tally) => (
          <Line key={tally.code} study={study} clean={clean} tally={tally} />
        ))}
        {shown.length > 0 ? (
          <tr>
            <td colSpan={2 + SHOWN.length} className={styles["why"]}>
              Shown, and not asked for at this milestone
            </td>
          </tr>
        ) : null}
        {shown.map((tally) => (
          <Line key={tally.code} study={study} clean={clean} tally={tally} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ study, clean, tally }: { study: string; clean: Clean; tally: Tally }) {
  const counts: Readonly<Record<Outcome, number>> = { fail: tally.failed, unknown: tally.unknown, pass: tally.passed, not_applicable: tally.not_applicable };
  const all = Math.max(1, SHOWN.reduce((sum, outcome) => sum + counts[outcome], 0));
  return (
    <tr>
      <td>
        {tally.title}
        {tally.reasons.length > 0 ? <div className={styles["why"]}>{tally.reasons.slice(0, 2).join("; ")}</div> : null}
      </td>
      <td>
        <div className={styles["bar"]} aria-hidden="true">
          {SHOWN.map((outcome) => (
            <span key={outcome} className={outcome === "unknown" ? "hatched" : styles[TONES[outcome]]} style={{ width: `${(100 * counts[outcome]) / all}%` }} />
          ))}
        </div>
      </td>
      {SHOWN.map((outcome) => (
        <td key={outcome} className={styles["number"]}>
          <Figure evidence={ofTally(study, clean, tally, outcome)} />
        </td>
      ))}
    </tr>
  );
}
