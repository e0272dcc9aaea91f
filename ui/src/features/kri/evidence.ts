/** What the totals of an indicator mean and open to. */

import type { KriDetail } from "@/api/types";
import { ofSignal, type Where } from "@/components/signal/evidence";
import type { Evidence } from "@/view/evidence";
import { number } from "@/words/numbers";
import { accrualText, LEVELS, metricText } from "@/words/signals";

export function ofFlags(where: Where, detail: KriDetail, level: "red" | "amber"): Evidence {
  const size = level === "red" ? 2 : 1;
  const words = LEVELS[detail.level] ?? { many: "groups" };
  const judged = detail.kri.scored > 0;
  return {
    title: `${level === "red" ? "Red" : "Amber"}: ${detail.kri.title}`,
    scope: where.study,
    value: judged ? detail.kri[level] : null,
    ...(judged ? {} : { unknown: detail.kri.silent ?? "" }),
    definition: `The ${words.many} that this indicator flags ${level}.`,
    code: detail.kri.code,
    partsTitle: "Flagged",
    parts: detail.groups.filter(({ signal }) => Math.abs(signal.flag ?? 0) === size).map(({ place, signal }) => ({ label: place.label, value: signal.metric, evidence: ofSignal(where, detail.kri, place, signal) })),
  };
}

export function ofScored(where: Where, { kri, groups, level }: KriDetail): Evidence {
  const words = LEVELS[level] ?? { many: "groups", title: "Group" };
  const why = new Map<string, number>();
  for (const { signal } of groups) if (signal.score === null) why.set(signal.reason ?? "unknown", (why.get(signal.reason ?? "unknown") ?? 0) + 1);
  return {
    title: `Scored ${words.many}`,
    scope: `${where.study}, ${kri.title}`,
    value: kri.scored,
    definition: `The ${words.many} that can be judged: ${accrualText(kri.accrual)}. The others are silent, which is not the same as healthy.`,
    partsTitle: "Silent, by reason",
    parts: [...why].sort((a, b) => b[1] - a[1]).map(([label, value]) => ({ label, value })),
  };
}

export function ofExpected(where: Where, { kri }: KriDetail): Evidence {
  return {
    title: "Flags by chance alone",
    scope: `${where.study}, ${kri.title}`,
    value: kri.scored === 0 ? null : kri.expected_false,
    ...(kri.scored === 0 ? { unknown: kri.silent ?? "" } : { text: `about ${number(Math.round(10 * kri.expected_false) / 10)}` }),
    definition: "How many flags of this indicator chance alone would raise if every group were healthy.",
  };
}

export function ofOverall(where: Where, { kri }: KriDetail): Evidence {
  return {
    title: `${kri.title}, study`,
    scope: where.study,
    value: kri.overall,
    ...(kri.overall === null ? { unknown: kri.silent ?? "Too few groups have enough data, so nobody knows what is usual." } : { text: metricText(kri.overall, kri.unit) }),
    definition: "The level of the study that its groups are compared with: the mean of the fitted law, from which far outliers are left out.",
    code: kri.code,
    sources: kri.overall === null ? [] : [{ of: "measure", study: where.study, code: kri.code, level: "study", label: kri.title }],
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
  };
}
