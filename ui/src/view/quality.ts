/** What the Data Quality Index and its parts mean and open to, on whichever page. */

import type { QualityValue, Step, Waterfall } from "@/api/types";
import { number } from "@/words/numbers";
import { tenth } from "@/words/shares";
import type { Evidence, RowSource } from "./evidence";

/** Whose index: of a study, or of a site or country in it. */
export interface IndexOf {
  study: string;
  level?: "study" | "country" | "site";
  group?: string;
  index?: string;
  asOf?: string | null;
}

function rows({ study, level = "study", group, index = "default" }: IndexOf, code: string, label: string): RowSource {
  return { of: "measure", study, code: `dqi_${index}.${code}`, level, ...(group === undefined ? {} : { group }), label };
}

function scopeOf({ study, group }: IndexOf): string {
  return group === undefined ? study : `${study}, ${group}`;
}

/** The index of a study, a site or a country: where it lies, what holds it down, and its indicators, each with its rows. */
export function ofQuality(of: IndexOf, value: QualityValue, more: Partial<Evidence> = {}): Evidence {
  const { study, level = "study", group, index = "default", asOf = null } = of;
  const notes = [
    value.interval === null ? "" : `90 % interval ${tenth(value.interval[0])} to ${tenth(value.interval[1])}.`,
    value.ceiling === null || !bound(value) ? "" : `At most ${tenth(value.at_most ?? 100)}: ${value.ceiling}.`,
    value.rank === null ? "" : `Rank ${number(value.rank)} of ${number(value.ranked ?? 0)} from the lowest${value.rank_range ? `, ${number(value.rank_range[0])} to ${number(value.rank_range[1])} when each top weight moves by a quarter` : ""}.`,
    value.rank === null ? "" : `Ranks are by the value shrunken toward the study${value.shrunken === null ? "" : `, ${tenth(value.shrunken)}`}.`,
  ].filter(Boolean);
  return {
    title: "Data Quality Index",
    scope: scopeOf(of),
    value: value.value,
    ...(value.value === null ? { unknown: `Not computable; it lies between ${tenth(value.worst)} and ${tenth(value.best)}. ${missing(value)}` } : { text: tenth(value.value) }),
    code: `dqi_${index}`,
    definition: "100 less what each indicator takes off, and never above the ceiling that an open safety item sets.",
    ...(notes.length === 0 ? {} : { note: notes.join(" ") }),
    asOf: value.as_of ?? asOf,
    sources: [{ of: "index", study, index, level, ...(group === undefined ? {} : { group }), label: "Indicators" }],
    ...more,
  };
}

/** Whether the ceiling takes anything off: one that takes nothing off is not worth a word, one of which that is unknown is. */
export function bound({ ceiling_effect }: QualityValue): boolean {
  return ceiling_effect === null || ceiling_effect > 0;
}

/** What is missing, brought together by its reason: "no report CPID EDC metrics: all 16 indicators." */
function missing({ missing: all }: QualityValue): string {
  const reasons = new Map<string, string[]>();
  for (const { title, reason } of all) reasons.set(reason, [...(reasons.get(reason) ?? []), title]);
  return [...reasons].map(([reason, titles]) => `${reason}: ${titles.length > 3 ? `${number(titles.length)} indicators` : titles.join(", ")}.`).join(" ");
}

/** What one indicator takes off the index. */
export function ofStep(of: IndexOf, step: Step): Evidence {
  const { numerator, denominator } = step;
  const made = numerator === null || denominator === null ? "" : `: ${number(numerator)} / ${number(denominator)}`;
  return {
    title: step.title,
    scope: scopeOf(of),
    value: step.points,
    ...(step.points === null ? {} : { text: points(step.points) }),
    unit: "points",
    definition: `What this indicator takes off the index, ${tenth(step.most)} points at most.`,
    formula: `${step.formula}; ${step.weight} \u00d7 min(1, indicator / ${step.cap}) \u00d7 100`,
    ...(step.value === null ? {} : { note: `The indicator is ${number3(step.value)} ${step.unit}${made}.` }),
    ...(step.points !== null && (step.value !== null || step.state !== "not applicable") ? {} : step.state === "not applicable" ? { notApplicable: step.reason ?? "its denominator is 0" } : { unknown: step.reason ?? "A part of it is unknown." }),
    asOf: of.asOf ?? null,
    sources: [rows(of, step.code, "Rows")],
  };
}

/** What one indicator itself is, before its weight. */
export function ofIndicator(of: IndexOf, step: Step): Evidence {
  return { ...ofStep(of, step), title: `Indicator: ${step.title}`, value: step.value, unit: step.unit, ...(step.value === null ? {} : { text: number3(step.value) }), definition: `The indicator itself, ${step.unit}. It takes off all of its ${tenth(step.most)} points from ${number(step.cap)} on.` };
}

/** The most that one indicator can take off: its share of the weights. */
export function ofMost(of: IndexOf, step: Step): Evidence {
  const { unknown: _unknown, notApplicable: _notApplicable, ...known } = ofStep(of, step);
  return {
    ...known,
    title: `${step.title}, at most`,
    value: step.most,
    text: tenth(step.most),
    definition: "The most that this indicator can take off the index: its weight, once the indicator is at its cap.",
    formula: `${step.weight} \u00d7 100, from ${step.cap} ${step.unit} on`,
  };
}

/** Where the index lies when a part of it is unknown. */
export function ofRange(of: IndexOf, value: QualityValue): Evidence {
  return { ...ofQuality(of, value), title: "Where the index lies", value: value.worst, text: `${tenth(value.worst)} to ${tenth(value.best)}`, definition: "The index if everything unknown were at its worst, and at its best." };
}

/** What the ceiling takes off beyond the indicators, by the rows that set it. */
export function ofCeiling(of: IndexOf, { value, ceiling_code }: Waterfall): Evidence {
  return {
    title: "Ceiling",
    scope: scopeOf(of),
    value: value.ceiling_effect,
    ...(value.ceiling_effect === null ? { unknown: "What the indicators take off is not known, so neither is what the ceiling takes off beyond them." } : { text: points(value.ceiling_effect) }),
    unit: "points",
    definition: `The index is never above ${tenth(value.at_most ?? 100)}: ${value.ceiling ?? "no ceiling holds"}.`,
    asOf: of.asOf ?? null,
    sources: ceiling_code === null ? [] : [rows(of, ceiling_code, "Rows")],
  };
}

/** "4.0", "<0.1": points with one decimal each, so that they stand under each other. */
export function points(value: number): string {
  return value > 0 && value < 0.05 ? "<0.1" : value.toFixed(1);
}

/** Indicators are small: three digits that tell. */
export function number3(value: number): string {
  return String(Number(value.toPrecision(3)));
}
