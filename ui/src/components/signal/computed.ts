/** What each figure of one group by one indicator means and opens to: what it counts, or what it was computed from. */

import type { Kri, Place, Signal } from "@/api/types";
import type { Evidence, Part } from "@/view/evidence";
import { chanceText, intervalText, metricText, ratioText, scoreText } from "@/words/signals";
import { flagWord } from "../Flag";
import { ofSignal, type Where } from "./evidence";

/** The numerator or the denominator alone, with exactly its rows. */
export function ofCounted({ study, level }: Where, kri: Kri, place: Place, signal: Signal, part: "numerator" | "denominator"): Evidence {
  const value = signal[part];
  return {
    title: `${part === "numerator" ? "Numerator" : "Denominator"} of ${kri.title}`,
    scope: `${study}, ${place.label}`,
    value,
    ...(part === "denominator" ? { unit: kri.denominator_unit } : {}),
    code: kri.code,
    definition: part === "numerator" ? "What the indicator counts here." : "How much there is here that it is counted on.",
    ...(value === null ? { unknown: signal.reason ?? "No report tells it." } : { sources: [{ of: "measure", study, code: kri.code, level, group: place.label, part, label: kri.title }] }),
  };
}

type Computed = "score" | "p" | "q" | "ratio" | "interval";

const COMPUTED: Readonly<Record<Computed, { title: string; definition: string }>> = {
  score: { title: "z", definition: "How far the group is from the level of the study, in standard deviations. Amber and red begin at a score." },
  p: { title: "p", definition: "How often chance alone would put a healthy group of this size at least as far from the study." },
  q: { title: "q", definition: "The share of false flags to be borne if every group at least this far out were flagged: p with all groups and indicators of the study taken into account (Benjamini and Hochberg)." },
  ratio: { title: "Shrunken ratio", definition: "To the level of the study, pulled toward 1 as far as own data are few. For ranking only." },
  interval: { title: "90 % interval of the ratio", definition: "Where the shrunken ratio lies with a chance of 90 %." },
};

function textOf({ score, p, q, ratio, interval }: Signal, what: Computed): string | null {
  switch (what) {
    case "score":
      return score === null ? null : scoreText(score);
    case "p":
      return p === null ? null : chanceText(p);
    case "q":
      return q === null ? null : chanceText(q);
    case "ratio":
      return ratio === null ? null : ratioText(ratio);
    case "interval":
      return interval === null ? null : intervalText(interval);
  }
}

/** A figure that statistics make of the counts: it opens to the counts, the level of the study, and their rows. */
export function ofComputed(where: Where, kri: Kri, place: Place, signal: Signal, what: Computed): Evidence {
  const { study, level } = where;
  const text = textOf(signal, what);
  return {
    title: `${COMPUTED[what].title} of ${kri.title}`,
    scope: `${study}, ${place.label}`,
    value: text === null ? null : what === "interval" ? signal.ratio : signal[what],
    ...(text === null ? { unknown: signal.reason ?? "It is not scored." } : { text }),
    code: kri.code,
    definition: COMPUTED[what].definition,
    note: `${flagWord(signal.flag, signal.state)}.`,
    partsTitle: "Computed from",
    parts: madeFrom(where, kri, place, signal),
    ...(signal.metric === null ? {} : { sources: [{ of: "measure", study, code: kri.code, level, group: place.label, label: kri.title }] }),
  };
}

/** The numbers that every score starts from. */
export function madeFrom(where: Where, kri: Kri, place: Place, signal: Signal): Part[] {
  const parts = [ofCounted(where, kri, place, signal, "numerator"), ofCounted(where, kri, place, signal, "denominator"), { ...ofSignal(where, kri, place, signal), title: `${kri.title}, ${place.label}` }, ofOverall(where, kri)];
  return parts.map((evidence) => ({ label: evidence.title, value: evidence.value, evidence }));
}

/** What is usual in the study. */
export function ofOverall({ study }: Where, kri: Kri): Evidence {
  return {
    title: `${kri.title}, study`,
    scope: study,
    value: kri.overall,
    ...(kri.overall === null ? { unknown: kri.silent ?? "Too few groups have enough data, so nobody knows what is usual." } : { text: metricText(kri.overall, kri.unit) }),
    definition: "The level of the study that its groups are compared with: the mean of the fitted law, from which far outliers are left out.",
    code: kri.code,
    sources: kri.overall === null ? [] : [{ of: "measure", study, code: kri.code, level: "study", label: kri.title }],
  };
}
