/** A flag of an indicator: colour, shape and word. Red is a square, amber a triangle, none a dot, too little to say an open ring; on the low side both stand on a corner. */

import styles from "./Flag.module.css";

export type FlagState = "ok" | "below_accrual" | "insufficient_information" | "no_denominator" | "unknown";

const SILENT: Readonly<Record<Exclude<FlagState, "ok">, string>> = {
  below_accrual: "too little data to say",
  insufficient_information: "too few sites to say",
  no_denominator: "not applicable",
  unknown: "unknown",
};

/** "red, high": what a screen reader says. */
export function flagWord(flag: number | null, state: FlagState): string {
  if (flag === null) return state === "ok" ? "not scored" : SILENT[state];
  if (flag === 0) return "no flag";
  return `${Math.abs(flag) >= 2 ? "red" : "amber"}, ${flag > 0 ? "high" : "low"}`;
}

interface Props {
  flag: number | null;
  state: FlagState;
  /** "short": only the colour's word, where the shape tells the side. */
  word?: boolean | "short";
  size?: number;
  /** Inside a button that says more than the flag's word. */
  bare?: boolean;
}

export function Flag({ flag, state, word = false, size = 12, bare = false }: Props) {
  const said = flagWord(flag, state);
  const level = flag === null ? "silent" : Math.abs(flag) >= 2 ? "red" : Math.abs(flag) === 1 ? "amber" : "none";
  return (
    <span className={`${styles["flag"] ?? ""} ${styles[level] ?? ""}`} title={bare ? undefined : said}>
      <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
        {level === "red" ? flag !== null && flag < 0 ? <path d="M6 0l6 6-6 6-6-6z" /> : <rect x="1" y="1" width="10" height="10" /> : null}
        {level === "amber" ? <path d={flag !== null && flag < 0 ? "M1 2h10L6 11z" : "M6 1l5 10H1z"} /> : null}
        {level === "none" ? <circle cx="6" cy="6" r="1.6" /> : null}
        {level === "silent" ? state === "no_denominator" ? <path d="M2.5 6h7" className={styles["open"] ?? ""} /> : state === "unknown" ? <path d="M4 4.4a2 2 0 1 1 2.9 1.8C6.2 6.6 6 6.9 6 7.6M6 9.6v.1" className={styles["open"] ?? ""} /> : <circle cx="6" cy="6" r="3.6" className={styles["open"] ?? ""} /> : null}
      </svg>
      {word === "short" ? level === "red" || level === "amber" ? <span className={styles["short"]}>{level}</span> : null : bare && !word ? null : <span className={word ? "" : "unseen"}>{said}</span>}
    </span>
  );
}

/** "0 0 1 2": the flags of the snapshots, oldest first. */
export function FlagSteps({ history }: { history: readonly (number | null)[] }) {
  return (
    <span className={styles["steps"]} data-plain="code" title={`Flags of the snapshots, oldest first: ${history.map((one) => (one === null ? "not scored" : String(one))).join(", ")}`}>
      {history.map((one, index) => (
        <span key={index} className={styles[one === null ? "silent" : Math.abs(one) >= 2 ? "red" : Math.abs(one) === 1 ? "amber" : "none"]}>
          {one ?? "\u00b7"}
        </span>
      ))}
    </span>
  );
}
