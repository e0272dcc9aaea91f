/** How a subject stands as a whole at a milestone. */

import type { Word } from "@/words/vocabulary";

export const STANDS: Readonly<Record<string, Word>> = {
  pass: { word: "clean", tone: "pass", meaning: "Every criterion of the milestone passes or does not apply." },
  fail: { word: "not clean", tone: "fail", meaning: "At least one criterion of the milestone fails." },
  not_applicable: { word: "not applicable", tone: "none", meaning: "No criterion of the milestone applies to this subject." },
  unknown: { word: "unknown", tone: "unknown", meaning: "Nothing fails, but at least one criterion is unknown. Unknown never counts as clean." },
};

export const BANDS: Readonly<Record<string, Word>> = {
  green: { word: "green", tone: "pass", meaning: "90 or more." },
  yellow: { word: "yellow", tone: "warn", meaning: "From 75 to below 90." },
  red: { word: "red", tone: "fail", meaning: "Below 75." },
};
