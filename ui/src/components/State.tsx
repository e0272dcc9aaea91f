import type { Tone, Word } from "@/words/vocabulary";
import { Icon, type IconName } from "./Icon";
import styles from "./State.module.css";

const MARKS: Readonly<Record<Tone, IconName>> = { pass: "check", fail: "cross", warn: "triangle", none: "dash", stale: "clock", unknown: "question" };

/** A state is colour and word and shape; the word goes only where a legend is near, and stays for screen readers. */
export function State({ word, iconOnly = false, bare = false, title }: { word: Word; iconOnly?: boolean; bare?: boolean; title?: string }) {
  const classes = [styles["state"], styles[word.tone], bare ? styles["bare"] : "", word.tone === "unknown" && !bare ? "hatched" : ""];
  return (
    <span className={classes.join(" ")} title={title ?? (word.meaning || undefined)}>
      <Icon name={MARKS[word.tone]} size={12} />
      <span className={iconOnly ? "unseen" : styles["word"]}>{word.word}</span>
    </span>
  );
}
