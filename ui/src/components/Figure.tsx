import { day } from "@/words/dates";
import { change as changeWords, number } from "@/words/numbers";
import type { Evidence } from "@/view/evidence";
import { useView } from "@/view/store";
import styles from "./Figure.module.css";
import { useTabIndex } from "./surroundings";

export interface FigureProps {
  evidence: Evidence;
  unit?: string;
  /** Difference to the snapshot before. */
  changed?: number;
  interval?: readonly [number, number];
  size?: "normal" | "large";
  /** Opened from inside the evidence panel: go deeper instead of starting again. */
  deeper?: boolean;
  /** What is said in place of "unknown": "missing". */
  word?: string;
  /** Where a column is narrow: an unknown number is a hatched mark, and its word is said on hover. */
  narrow?: boolean;
}

/** The sentence a screen reader says, and hover shows. */
export function spoken({ title, scope, value, text, unit, unknown, notApplicable, lowerBound, asOf, asOfAssumed }: Evidence, word?: string): string {
  const amount = value === null && notApplicable !== undefined ? `not applicable: ${notApplicable}` : value === null ? `${word ? `${word}, ` : ""}unknown${unknown ? `: ${unknown}` : ""}` : `${lowerBound ? "at least " : ""}${text ?? number(value)}${unit && !text ? ` ${unit}` : ""}`;
  const when = asOf ? `, as of ${day(asOf)}${asOfAssumed ? " (assumed)" : ""}` : "";
  return `${title}, ${scope}: ${amount}${when}`;
}

/** A number that opens to its rows. Unknown looks unknown, with its reason, and never like zero. */
export function Figure({ evidence, unit, changed, interval, size = "normal", deeper = false, word, narrow = false }: FigureProps) {
  const open = useView((state) => (deeper ? state.deeper : state.openEvidence));
  const tabIndex = useTabIndex();
  const { value, text, lowerBound, notApplicable } = evidence;
  const applies = notApplicable === undefined;
  const classes = [styles["figure"], size === "large" ? styles["large"] : "", value === null && applies ? `${styles["unknown"] ?? ""} hatched` : "", value === 0 || !applies ? styles["zero"] : ""];
  return (
    <button
      type="button"
      className={classes.join(" ")}
      tabIndex={tabIndex}
      title={spoken(evidence, word)}
      aria-label={spoken(evidence, word)}
      data-evidence=""
      onClick={(event) => {
        event.stopPropagation();
        open(evidence);
      }}
    >
      {value === null && !applies ? (
        <span className={styles["value"]}>{narrow ? "\u2013" : "\u2013 not applicable"}</span>
      ) : value === null ? (
        <span className={styles["word"]}>{word ?? (narrow ? "?" : "unknown")}</span>
      ) : (
        <>
          <span className={styles["value"]}>
            {lowerBound ? <span className={styles["bound"]}>≥ </span> : null}
            {text ?? number(value)}
          </span>
          {unit ? <span className={styles["unit"]}>{unit}</span> : null}
          {interval ? (
            <span className={styles["interval"]}>
              ({number(interval[0])} to {number(interval[1])})
            </span>
          ) : null}
          {changed !== undefined ? <span className={styles["change"]}>{changeWords(changed)}</span> : null}
        </>
      )}
    </button>
  );
}
