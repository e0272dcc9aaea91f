/** What the totals of an indicator, and what can be noticed at a group, mean and open to. */

import type { Kri, KriDetail, KriGroup } from "@/api/types";
import { flagWord } from "@/components/Flag";
import { ofCounted, ofOverall } from "@/components/signal/computed";
import { ofSignal, type Where } from "@/components/signal/evidence";
import type { Evidence, Part } from "@/view/evidence";
import { number } from "@/words/numbers";
import { accrualText, LEVELS, ratioText } from "@/words/signals";

export function ofFlags(where: Where, detail: KriDetail, level: "red" | "amber"): Evidence {
  const size = level === "red" ? 2 : 1;
  const words = wordsOf(detail);
  const judged = detail.kri.scored > 0;
  return {
    title: `${level === "red" ? "Red" : "Amber"}: ${detail.kri.title}`,
    scope: where.study,
    value: judged ? detail.kri[level] : null,
    ...(judged ? {} : { unknown: detail.kri.silent ?? "" }),
    definition: `The ${words.many} that this indicator flags ${level}.`,
    code: detail.kri.code,
    partsTitle: "Flagged",
    parts: asParts(where, detail.kri, detail.groups.filter(({ signal }) => Math.abs(signal.flag ?? 0) === size)),
  };
}

/** Groups, each open to its own figure. */
function asParts(where: Where, kri: Kri, groups: readonly KriGroup[]): Part[] {
  return groups.map(({ place, signal }) => ({ label: place.label, value: signal.metric, evidence: ofSignal(where, kri, place, signal) }));
}

function wordsOf({ level }: KriDetail) {
  return LEVELS[level] ?? { one: "group", many: "groups" };
}

/** The groups that have a score, by name. */
function ofJudged(where: Where, detail: KriDetail): Evidence {
  const judged = detail.groups.filter(({ signal }) => signal.score !== null);
  return {
    title: `Scored ${wordsOf(detail).many}`,
    scope: `${where.study}, ${detail.kri.title}`,
    value: judged.length,
    definition: `The ${wordsOf(detail).many} that can be judged: ${accrualText(detail.kri.accrual)}.`,
    code: detail.kri.code,
    partsTitle: `Their ${detail.kri.kind === "rate" ? "rates" : "shares"}`,
    parts: asParts(where, detail.kri, judged),
  };
}

/** The groups that are silent for one reason, by name. */
function ofSilent(where: Where, detail: KriDetail, reason: string, silent: readonly KriGroup[]): Evidence {
  return {
    title: `Silent: ${reason}`,
    scope: `${where.study}, ${detail.kri.title}`,
    value: silent.length,
    definition: `The ${wordsOf(detail).many} that cannot be judged for this reason. Silence is not health.`,
    code: detail.kri.code,
    partsTitle: "Silent",
    parts: asParts(where, detail.kri, silent),
  };
}

export function ofScored(where: Where, detail: KriDetail): Evidence {
  const why = new Map<string, KriGroup[]>();
  for (const group of detail.groups) {
    const { state, reason: own } = group.signal;
    // Each such group says how much it has; together they have too little.
    const reason = state === "below_accrual" ? flagWord(null, state) : (own ?? "unknown");
    if (group.signal.score === null) why.set(reason, [...(why.get(reason) ?? []), group]);
  }
  const judged = ofJudged(where, detail);
  return {
    ...judged,
    value: detail.kri.scored,
    definition: `${judged.definition} The others are silent, which is not the same as healthy.`,
    partsTitle: "Scored, and silent by reason",
    parts: [
      { label: "scored", value: detail.kri.scored, evidence: judged },
      ...[...why].sort((a, b) => b[1].length - a[1].length).map(([reason, groups]) => ({ label: reason, value: groups.length, evidence: ofSilent(where, detail, reason, groups) })),
    ],
  };
}

export function ofExpected(where: Where, detail: KriDetail): Evidence {
  const { kri } = detail;
  return {
    title: "Flags by chance alone",
    scope: `${where.study}, ${kri.title}`,
    value: kri.scored === 0 ? null : kri.expected_false,
    ...(kri.scored === 0 ? { unknown: kri.silent ?? "" } : { text: `about ${number(Math.round(10 * kri.expected_false) / 10)}` }),
    definition: "How many flags of this indicator chance alone would raise if every group were healthy.",
    formula: `scored ${wordsOf(detail).many} times the chance of a flag at a healthy one`,
    code: kri.code,
    partsTitle: "Computed from",
    parts: kri.scored === 0 ? [] : [{ label: `scored ${wordsOf(detail).many}`, value: kri.scored, evidence: ofJudged(where, detail) }],
  };
}

/** How far a group must depart to be noticed: its size and the level of the study decide. */
export function ofDetectable(where: Where, { kri, level }: KriDetail, { place, signal, detectable }: KriGroup, side: "up" | "down"): Evidence {
  const value = detectable[side];
  const counted = ofCounted(where, kri, place, signal, "denominator");
  const usual = ofOverall(where, kri);
  return {
    title: `Detectable ratio of ${kri.title}, ${side === "up" ? "high" : "low"}`,
    scope: `${where.study}, ${place.label}`,
    value,
    ...(value === null ? { unknown: "No departure to this side would be noticed." } : { text: ratioText(value) }),
    code: kri.code,
    definition: `How far a ${LEVELS[level]?.one ?? "group"} of this size must depart from the study to be noticed four times in five.`,
    ...(detectable.silence === null ? {} : { note: detectable.silence ? "Silence would be noticed." : "Silence cannot be detected here." }),
    partsTitle: "Computed from",
    parts: [counted, usual].map((evidence) => ({ label: evidence.title, value: evidence.value, evidence })),
    ...(counted.sources ? { sources: counted.sources } : {}),
  };
}

export function ofUnplaced(where: Where, { kri, level }: KriDetail): Evidence {
  const words = LEVELS[level] ?? { one: "group" };
  return {
    title: `Rows that name no ${words.one}`,
    scope: `${where.study}, ${kri.title}`,
    value: kri.unplaced[0],
    text: `${number(kri.unplaced[0])} of ${number(kri.unplaced[1])}`,
    definition: `Numerator and denominator of rows that name no ${words.one}, so that they count for none.`,
    code: kri.code,
    sources: [{ of: "measure", study: where.study, code: kri.code, level: "study", label: `Rows of the study, with and without a ${words.one}` }],
  };
}
