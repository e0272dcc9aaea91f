/** What the numbers of a site's subjects mean and open to. */

import { LOCK } from "@/api/questions";
import type { CleanLine } from "@/api/types";
import type { Where } from "@/components/signal/evidence";
import type { Evidence, Kept, RowSource } from "@/view/evidence";
import { type Criterion, ofOldest, type Where as When } from "@/view/subject";
import { counted } from "@/words/numbers";
import type { Waits, Way } from "./blocking";

/** The site, and the day that its numbers are of. */
export interface At {
  where: Where;
  site: string;
  asOf: string | null;
}

function scopeOf({ where, site }: At): string {
  return `${where.study}, ${site}`;
}

function subjects({ where, site }: At, keep: Kept, label: string): RowSource {
  return { of: "standing", study: where.study, milestone: LOCK, keep: { site, ...keep }, label };
}

/** Items of one criterion, with their rows. */
export function ofWay(at: At, way: Way): Evidence {
  return {
    title: `${way.title}: items in the way`,
    scope: scopeOf(at),
    value: way.items,
    code: way.code,
    definition: "Items of this criterion that stand in the way of the subjects of the site.",
    asOf: at.asOf,
    ...(way.unknown > 0 ? { lowerBound: true, unknown: `Unknown for ${counted(way.unknown, "subject")}.` } : {}),
    sources: [{ of: "measure", study: at.where.study, code: way.code, level: at.where.level, group: at.site, label: way.title }],
  };
}

/** Subjects whom one criterion fails, or of whom it is not known. */
export function ofStanding(at: At, way: Way, outcome: "fail" | "unknown"): Evidence {
  const value = outcome === "fail" ? way.failed : way.unknown;
  return {
    title: `${way.title}: subjects ${outcome === "fail" ? "not clean" : "unknown"}`,
    scope: scopeOf(at),
    value,
    code: way.code,
    definition: outcome === "fail" ? "Subjects of the site in whose way at least one item of this criterion stands." : "Subjects of the site of whom no report says it. Unknown never counts as clean.",
    asOf: at.asOf,
    sources: value === 0 ? [] : [subjects(at, { criterion: way.code, outcomes: [outcome], gates: [way.code] }, "Subjects")],
  };
}

/** Subjects for whom one role owns the most of what stands in the way. */
export function ofOwned(at: At, { owner, lines }: Waits): Evidence {
  return {
    title: `${owner} owns the most of it`,
    scope: scopeOf(at),
    value: lines.length,
    unit: lines.length === 1 ? "subject" : "subjects",
    definition: `Subjects of the site for whom more of what stands in the way waits for ${owner} than for anybody else.`,
    asOf: at.asOf,
    sources: [subjects(at, { owner }, "Subjects")],
  };
}

/** The age of the oldest item at these subjects, each with its own. */
export function ofOldestOf(at: At, { owner, oldest, lines }: Waits, when: When, criteria: readonly Criterion[]): Evidence {
  const byAge = [...lines].sort((a, b) => (b.oldest ?? -1) - (a.oldest ?? -1));
  return {
    title: `Oldest item where ${owner} owns the most`,
    scope: scopeOf(at),
    value: oldest,
    ...(oldest === null ? { unknown: "No item in the way of them has a date." } : { unit: oldest === 1 ? "day" : "days" }),
    definition: "Days from the date of the oldest item in the way of these subjects to the as-of date of its report.",
    asOf: at.asOf,
    partsTitle: "Oldest item of each subject, days",
    parts: byAge.map((line) => ({ label: line.subject_id, value: line.oldest, evidence: ofOldest(when, line, criteria) })),
  };
}

/** Subjects whom the open work of the site alone keeps from being clean. */
export function ofFreed(at: At, value: number): Evidence {
  return {
    title: `Freed by ${at.site}`,
    scope: scopeOf(at),
    value,
    unit: value === 1 ? "subject" : "subjects",
    definition: "Subjects who would be clean if the site did nothing but its own open work.",
    asOf: at.asOf,
    sources: value === 0 ? [] : [subjects(at, { oneStep: true }, "Subjects")],
  };
}

/** Subjects by name. */
export function ofNamed(at: At, what: string, names: readonly string[]): Evidence {
  return {
    title: `Subjects: ${what}`,
    scope: scopeOf(at),
    value: names.length,
    definition: `Subjects of the site who ${what} since the snapshot before.`,
    asOf: at.asOf,
    sources: [subjects(at, { names }, "Subjects")],
  };
}

/** Everything in the way of one subject is a line of its own; these are the criteria that fail or are unknown. */
export function waysOf(line: CleanLine, criteria: readonly Criterion[]): Criterion[] {
  return criteria.filter(({ place }) => line.outcomes[place] === "fail" || line.outcomes[place] === "unknown");
}
