/** The words of Clean Patient Status: what a criterion says of a subject, how urgent it is, and who says who must act. */

import { number } from "./numbers";
import type { Word } from "./vocabulary";

export const CLEAN_OUTCOMES: Readonly<Record<"pass" | "fail" | "not_applicable" | "unknown", Word>> = {
  pass: { word: "pass", tone: "pass", meaning: "Nothing of this criterion stands in the way of the subject.", short: "nothing in the way" },
  fail: { word: "fail", tone: "fail", meaning: "Items of this criterion stand in the way of the subject; the number says how many.", short: "items in the way" },
  not_applicable: { word: "not applicable", tone: "none", meaning: "There is nothing at this subject that the criterion could be about.", short: "nothing to judge" },
  unknown: { word: "unknown", tone: "unknown", meaning: "No report says it. Unknown never counts as clean.", short: "no report says it, never clean" },
};

/** A subject as a whole, at a milestone. */
export const STANDINGS: Readonly<Record<"pass" | "fail" | "not_applicable" | "unknown", Word>> = {
  pass: { word: "clean", tone: "pass", meaning: "Every criterion of the milestone passes or does not apply." },
  fail: { word: "not clean", tone: "fail", meaning: "At least one criterion of the milestone fails." },
  not_applicable: { word: "not applicable", tone: "none", meaning: "No criterion of the milestone applies to this subject." },
  unknown: { word: "unknown", tone: "unknown", meaning: "Nothing fails, but at least one criterion is unknown. Unknown never counts as clean." },
};

export const URGENCY_WORDS: Readonly<Record<"critical" | "high" | "medium", Word>> = {
  critical: { word: "critical", tone: "fail", meaning: "Act first: safety, or what blocks everything after it." },
  high: { word: "high", tone: "warn", meaning: "Act soon." },
  medium: { word: "medium", tone: "none", meaning: "In the usual order." },
};

/** Most urgent highest, so that it sorts. */
export const URGENCY_RANK: Readonly<Record<string, number>> = { medium: 1, high: 2, critical: 3 };

export const OWNER_SOURCES: Readonly<Record<"workbook" | "report" | "default", { word: string; meaning: string }>> = {
  workbook: { word: "says the workbook", meaning: "The line below the header of the subject sheet names who is responsible." },
  report: { word: "says the row", meaning: "The row itself names who is responsible." },
  default: { word: "by default", meaning: "Neither the workbook nor the row names who is responsible; this is who usually acts." },
};

/** Short names for the columns of a dense grid; the whole title of the criterion stands in the hint. */
const SHORT: Readonly<Record<string, string>> = { V: "Visits", P: "Pages", Q: "Queries", C: "Coding", R: "Third party", S: "SAE review", E: "Verified", SIG: "Signed", NC: "Conform", LAB: "Labs", PD: "Devia\u00adtions" };

export function criterionWord(code: string, title: string): string {
  return SHORT[code] ?? title;
}

/** "64 %", "57 to 92 %"; rounded down, so that only what is whole reads 100 %. */
export function progressWord(progress: readonly [number, number]): string {
  const [least, most] = progress.map((one) => Math.floor(one + 1e-9)) as [number, number];
  return least === most ? `${number(least)} %` : `${number(least)} to ${number(most)} %`;
}
