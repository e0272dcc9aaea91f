import type { ReactNode } from "react";
import { number } from "@/words/numbers";
import { wordFor } from "@/words/vocabulary";
import styles from "./Receipt.module.css";
import { State } from "./State";

export interface ReceiptCounts {
  read: number;
  accepted: number;
  rejected: number;
  setAside: number;
  /** Lines kept unread because no contract fits their sheet. */
  quarantined: number;
}

const TERMS = [
  { key: "accepted", word: "accepted", style: "accepted" },
  { key: "rejected", word: "rejected", style: "rejected" },
  { key: "setAside", word: "set aside", style: "aside" },
  { key: "quarantined", word: "quarantined", style: "quarantined" },
] as const;

const BROKEN = { ...wordFor({}, "does_not_add_up"), word: "does not add up", tone: "fail", meaning: "Lines were read that no part of the receipt accounts for." } as const;

/** What became of every line read, as a bar that adds up, and a loud word when it does not. */
export function Receipt({ counts, show, slim = false }: { counts: ReceiptCounts; show?: Partial<Record<(typeof TERMS)[number]["key"] | "read", ReactNode>>; slim?: boolean }) {
  const terms = TERMS.filter(({ key }) => counts[key] > 0 || key === "accepted" || key === "rejected");
  const explained = counts.accepted + counts.rejected + counts.setAside + counts.quarantined;
  const lost = counts.read - explained;
  const sentence = `${number(counts.read)} read = ${terms.map(({ key, word }) => `${number(counts[key])} ${word}`).join(" + ")}${lost === 0 ? "" : `; ${number(lost)} not accounted for`}`;
  return (
    <div className={`${styles["receipt"] ?? ""} ${slim ? (styles["slim"] ?? "") : ""}`}>
      <div className={styles["bar"]} role="img" aria-label={sentence} title={sentence}>
        {TERMS.map(({ key, style }) => (counts[key] > 0 ? <span key={key} className={styles[style]} style={{ flex: `${counts[key]} 0 0` }} /> : null))}
        {lost > 0 ? <span className={styles["lost"]} style={{ flex: `${lost} 0 0` }} /> : null}
      </div>
      {slim ? null : (
        <div className={styles["sum"]}>
          <span>{show?.read ?? number(counts.read)} read</span>
          {terms.map(({ key, word, style }, index) => (
            <span key={key} className={styles["term"]}>
              <span>{index === 0 ? "=" : "+"}</span>
              <span className={`${styles["chip"] ?? ""} ${styles[style] ?? ""}`} aria-hidden="true" />
              <span>
                {show?.[key] ?? number(counts[key])} {word}
              </span>
            </span>
          ))}
          {lost === 0 ? null : (
            <span className={styles["term"]}>
              <State word={BROKEN} /> {number(lost)} lines not accounted for
            </span>
          )}
        </div>
      )}
    </div>
  );
}
