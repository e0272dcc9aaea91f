/** The words of the Data Quality Index. */

import type { Word } from "./vocabulary";

export const BANDS: Readonly<Record<"green" | "yellow" | "red", Word>> = {
  green: { word: "green", tone: "pass", meaning: "90 or more." },
  yellow: { word: "yellow", tone: "warn", meaning: "From 75 to below 90." },
  red: { word: "red", tone: "fail", meaning: "Below 75." },
};
