/** What the numbers of a subject mean and open to, on whichever page. */

import type { CleanLine, CleanSubjects } from "@/api/types";
import { CLEAN_OUTCOMES, progressWord } from "@/words/clean";
import { counted } from "@/words/numbers";
import type { Evidence, RowSource } from "./evidence";

export interface Criterion {
  code: string;
  title: string;
  /** Its place in the outcomes and items of a line. */
  place: number;
  /** Whether it must pass at the milestone; else it is only shown. */
  gate: boolean;
}

export function criteriaOf(answer: Pick<CleanSubjects, "criteria" | "milestone">): Criterion[] {
  return answer.criteria.map(({ code, title }, place) => ({ code, title, place, gate: answer.milestone.gates.includes(code) }));
}

/** Where a subject stands, and when. */
export interface Where {
  study: string;
  asOf: string | null;
  reasons: readonly string[];
}

function scopeOf({ study }: Where, line: CleanLine): string {
  return [study, line.site_id, line.subject_id].filter(Boolean).join(", ");
}

export function reasonOf({ reasons }: Where, line: CleanLine, { place }: Criterion): string | null {
  const why = line.why[place];
  return why === null || why === undefined ? null : (reasons[why] ?? null);
}

/** "fail, 3 items": what is said of a criterion. */
export function outcomeSaid(line: CleanLine, { place }: Criterion): string {
  const outcome = line.outcomes[place] ?? "unknown";
  const items = line.items[place];
  const word = CLEAN_OUTCOMES[outcome].word;
  return outcome === "fail" && typeof items === "number" ? `${word}, ${counted(items, "item")}` : word;
}

function rowsOf({ study }: Where, line: CleanLine, criterion: Criterion): RowSource {
  return { of: "measure", study, code: criterion.code, level: "subject", group: line.subject_id, label: criterion.title };
}

/** One criterion of one subject. */
export function ofCriterion(where: Where, line: CleanLine, criterion: Criterion): Evidence {
  const outcome = line.outcomes[criterion.place] ?? "unknown";
  const reason = reasonOf(where, line, criterion);
  return {
    title: criterion.title,
    scope: scopeOf(where, line),
    value: outcome === "unknown" ? null : (line.items[criterion.place] ?? 0),
    text: outcomeSaid(line, criterion),
    code: criterion.code,
    definition: outcome === "not_applicable" && reason !== null ? `It does not apply: ${reason}.` : CLEAN_OUTCOMES[outcome].meaning,
    asOf: where.asOf,
    ...(criterion.gate ? {} : { note: "The milestone does not need it; it is only shown." }),
    ...(outcome === "unknown" ? { unknown: reason ?? "no report says it" } : {}),
    ...(outcome === "pass" || outcome === "fail" ? { sources: [rowsOf(where, line, criterion)] } : {}),
  };
}

/** How much is done for a subject, with what each criterion says. */
export function ofProgress(where: Where, line: CleanLine, criteria: readonly Criterion[]): Evidence {
  const { progress } = line;
  const open = criteria.filter(({ place }) => line.outcomes[place] === "unknown");
  return {
    title: "Progress",
    scope: scopeOf(where, line),
    value: progress === null ? null : progress[0],
    ...(progress === null ? { unknown: "no criterion applies to this subject" } : { text: progressWord(progress) }),
    definition: "How much of what applies to the subject is done, criterion by criterion with its weight. A range where it is not known: the least if everything unknown were open, the most if everything unknown were done. A criterion without weight does not count in it, so a subject at 100 % may still fail one.",
    formula: "sum(weight \u00d7 share done) / sum(weight), over the criteria that apply",
    asOf: where.asOf,
    ...(progress !== null && open.length > 0 ? { note: `${counted(open.length, "criterion", "criteria")} unknown, so it is a range.` } : {}),
    partsTitle: "Criteria",
    parts: criteria.map((criterion) => ({ label: criterion.title, value: line.items[criterion.place] ?? null, evidence: ofCriterion(where, line, criterion) })),
  };
}

/** The age of the oldest item in the way of a milestone. */
export function ofOldest(where: Where, line: CleanLine, criteria: readonly Criterion[]): Evidence {
  const failing = failingOf(line, criteria);
  return {
    title: "Oldest item in the way",
    scope: scopeOf(where, line),
    value: line.oldest,
    unit: line.oldest === 1 ? "day" : "days",
    definition: "Days from the date of the oldest item that stands in the way to the as-of date of its report.",
    asOf: where.asOf,
    ...(line.oldest === null ? { unknown: "no item in the way has a date" } : {}),
    sources: failing.map((criterion) => rowsOf(where, line, criterion)),
  };
}

/** Everything in the way of a milestone. */
export function ofItems(where: Where, line: CleanLine, criteria: readonly Criterion[], value: number, lowerBound: boolean): Evidence {
  const gates = criteria.filter(({ gate }) => gate);
  return {
    title: "Items in the way",
    scope: scopeOf(where, line),
    value,
    lowerBound,
    definition: "Items of every criterion that the milestone needs and that fails.",
    asOf: where.asOf,
    ...(lowerBound ? { unknown: "criteria that no report says may add to it" } : {}),
    partsTitle: "Criteria of the milestone",
    parts: gates.map((criterion) => ({ label: criterion.title, value: line.items[criterion.place] ?? null, evidence: ofCriterion(where, line, criterion) })),
  };
}

export function failingOf(line: CleanLine, criteria: readonly Criterion[]): Criterion[] {
  return criteria.filter(({ gate, place }) => gate && line.outcomes[place] === "fail");
}
