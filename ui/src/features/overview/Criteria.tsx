import type { Clean, Tally } from "@/api/types";
import { Figure } from "@/components/Figure";
import { tableStyles } from "@/components/Page";
import { State } from "@/components/State";
import { CLEAN_OUTCOMES } from "@/words/clean";
import type { Word } from "@/words/vocabulary";
import { ofTally, type Scope } from "./evidence";
import styles from "./Overview.module.css";

const SEGMENTS = [
  ["passed", CLEAN_OUTCOMES.pass],
  ["failed", CLEAN_OUTCOMES.fail],
  ["not_applicable", CLEAN_OUTCOMES.not_applicable],
  ["unknown", CLEAN_OUTCOMES.unknown],
] as const satisfies readonly (readonly ["passed" | "failed" | "not_applicable" | "unknown", Word])[];

/** How many subjects pass each criterion, fail it, have nothing to it, or are unknown. */
export function Criteria({ scope, clean }: { scope: Scope; clean: Clean }) {
  const gates = clean.criteria.filter((one) => one.gate);
  const shown = clean.criteria.filter((one) => !one.gate);
  return (
    <table className={`${tableStyles["plain"] ?? ""} ${styles["criteria"] ?? ""}`}>
      <thead>
        <tr>
          <th scope="col">Criterion</th>
          <th scope="col">
            <span className="unseen">Drawn</span>
          </th>
          {SEGMENTS.map(([what, word]) => (
            <th key={what} scope="col" className={tableStyles["n"]} title={word.meaning}>
              <State word={what === "not_applicable" ? { ...word, word: "not appl." } : word} bare />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {gates.map((tally) => (
          <Line key={tally.code} scope={scope} tally={tally} />
        ))}
        {shown.length > 0 ? (
          <tr>
            <td colSpan={6} className={styles["apart"]}>
              Only shown at this milestone
            </td>
          </tr>
        ) : null}
        {shown.map((tally) => (
          <Line key={tally.code} scope={scope} tally={tally} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ scope, tally }: { scope: Scope; tally: Tally }) {
  const whole = tally.passed + tally.failed + tally.not_applicable + tally.unknown;
  return (
    <tr>
      <td title={tally.code}>{tally.title}</td>
      <td className={styles["drawn"]}>
        <div className={styles["stack"]} aria-hidden="true">
          {SEGMENTS.map(([what]) =>
            tally[what] === 0 ? null : <i key={what} className={`${styles[what] ?? ""} ${what === "unknown" ? "hatched" : ""}`} style={{ flexGrow: tally[what] / whole }} />,
          )}
        </div>
      </td>
      {SEGMENTS.map(([what]) => (
        <td key={what} className={tableStyles["n"]}>
          <Figure evidence={ofTally(scope, tally, what)} />
        </td>
      ))}
    </tr>
  );
}
