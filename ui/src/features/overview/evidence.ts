/** What the numbers of the overview mean and open to. */

import type { Burden, Clean, Population, Standing, Tally, Waterfall } from "@/api/types";
import type { Evidence, Kept, Part, RowSource, WorkAsked } from "@/view/evidence";
import { ofQuality } from "@/view/quality";
import { intervalNote, shareText } from "@/view/cleanShare";
import { percent, percents } from "@/words/shares";
import type { Owner } from "./burdens";

/** Where a number stands: its study, milestone and day. */
export interface Scope {
  study: string;
  milestone: { code: string; title: string };
  asOf: string | null;
}

export function subjects({ study, milestone }: Scope, keep: Kept, label: string): RowSource {
  return { of: "standing", study, milestone: milestone.code, keep, label };
}

/** The rows of a part of the work. */
function work({ study, milestone }: Scope, asked: WorkAsked): RowSource {
  return { of: "work", study, milestone: milestone.code, asked, label: "Rows, oldest first" };
}

export function scoped({ study, milestone }: Scope, ...more: (string | null)[]): string {
  return [study, milestone.title, ...more].filter(Boolean).join(", ");
}

export function statusWord(status: string | null): string {
  return status ?? "status unknown";
}

type Counted = "members" | "clean" | "unclean" | "unknown" | "not_applicable";

const COUNTED: Readonly<Record<Counted, { title: string; definition: string; outcomes?: Kept["outcomes"] }>> = {
  members: { title: "Subjects", definition: "Subjects of this status whom any report of the study names." },
  clean: { title: "Clean subjects", definition: "Every criterion of the milestone passes or does not apply.", outcomes: ["pass"] },
  unclean: { title: "Subjects not clean", definition: "At least one criterion of the milestone fails.", outcomes: ["fail"] },
  unknown: { title: "Subjects of whom it is unknown", definition: "Nothing fails, but at least one criterion is unknown. Unknown never counts as clean.", outcomes: ["unknown"] },
  not_applicable: { title: "Subjects to whom nothing applies", definition: "No criterion of the milestone applies to them; they are in no share.", outcomes: ["not_applicable"] },
};

/** Subjects of one status, or of all with `undefined`, by how they stand. */
export function ofCount(scope: Scope, what: Counted, standing: Standing, status: string | null | undefined): Evidence {
  const { title, definition, outcomes } = COUNTED[what];
  const keep: Kept = { ...(status === undefined ? {} : { status }), ...(outcomes ? { outcomes } : {}) };
  return {
    title,
    scope: scoped(scope, status === undefined ? "all statuses" : statusWord(status)),
    value: standing[what],
    definition: status === undefined && what === "members" ? "Subjects whom any report of the study names." : definition,
    asOf: scope.asOf,
    sources: standing[what] === 0 ? [] : [subjects(scope, keep, title)],
  };
}

/** The share of clean subjects: strict, or of what was submitted. */
export function ofShare(scope: Scope, standing: Standing, status: string | null | undefined, submitted: boolean): Evidence {
  const share = submitted ? standing.submitted_share : standing.share;
  const range = submitted ? standing.submitted_share_if : standing.share_if;
  const note = intervalNote(submitted ? standing.submitted_interval_if : standing.interval_if, range);
  const applicable = standing.members - standing.not_applicable;
  const keep: Kept = { ...(status === undefined ? {} : { status }), ...(submitted ? { submitted } : {}) };
  return {
    title: submitted ? "Clean on what was submitted" : "Clean, strict",
    scope: scoped(scope, status === undefined ? "all statuses" : statusWord(status)),
    value: share,
    ...(share === null ? {} : { text: shareText(share, range) }),
    definition: submitted
      ? "Clean subjects of all for whom something applies, when missing visits and missing pages are left out: how clean is what came."
      : "Subjects for whom every criterion of the milestone passes or does not apply, of all for whom something applies. Unknown is not clean.",
    formula: submitted ? "clean without V and P / subjects for whom something applies" : "clean / subjects for whom something applies",
    asOf: scope.asOf,
    ...(share === null ? { unknown: applicable === 0 ? "No criterion applies to any of them." : "Each of them is unknown: a report that would tell is missing." } : {}),
    ...(note === undefined ? {} : { note }),
    ...(submitted
      ? {}
      : { partsTitle: "Made of", parts: (["clean", "unclean", "unknown", "not_applicable"] as const).map((what): Part => ({ label: COUNTED[what].title, value: standing[what], evidence: ofCount(scope, what, standing, status) })) }),
    sources: [
      subjects(scope, { ...keep, outcomes: ["pass"] }, "Clean"),
      subjects(scope, { ...keep, outcomes: ["fail"] }, "Not clean"),
      subjects(scope, { ...keep, outcomes: ["unknown"] }, "Unknown"),
    ],
  };
}

/** One population and whether it is ready. */
export function ofPopulation(scope: Scope, population: Population, value: "clean" | "unknown" | "members" | "perhaps"): Evidence {
  const { code, title, target, members_by, why, answer, deciding, share_if } = population;
  const words = { clean: "Clean members", unknown: "Members of whom it is unknown", members: "Members", perhaps: "Subjects who are perhaps members" } as const;
  const outcomes = { clean: ["pass"], unknown: ["unknown"], members: ["pass", "fail", "unknown"], perhaps: ["pass", "fail", "unknown"] } as const;
  const members: RowSource[] = population[value] === 0 ? [] : [subjects(scope, { population: { code, surely: value !== "perhaps" }, outcomes: outcomes[value] }, words[value])];
  return {
    title: `${words[value]}: ${title}`,
    scope: scoped(scope),
    value: population[value],
    definition: `Ready when ${percent(target)} of the members are clean, none is below 50 % progress and no more than 5 % are otherwise not clean. Members: ${members_by}.`,
    note: `${answer === "unknown" ? "Nobody can say" : `Ready: ${answer}`}. ${why}.`,
    ...(share_if !== null && share_if[0] !== share_if[1] ? { unknown: `The share is ${percents(share_if)}, as unknown members turn out.` } : {}),
    asOf: scope.asOf,
    sources: deciding.length === 0 ? members : [...members, subjects(scope, { names: deciding }, "Subjects on whom the answer turns")],
  };
}

const OF_CRITERION: Readonly<Record<"passed" | "failed" | "not_applicable" | "unknown", { word: string; definition: string; outcome: "pass" | "fail" | "not_applicable" | "unknown" }>> = {
  passed: { word: "pass", definition: "Subjects in whose way nothing of this criterion stands.", outcome: "pass" },
  failed: { word: "fail", definition: "Subjects in whose way at least one item of this criterion stands.", outcome: "fail" },
  not_applicable: { word: "not applicable", definition: "Subjects at whom there is nothing that this criterion could be about.", outcome: "not_applicable" },
  unknown: { word: "unknown", definition: "Subjects of whom no report says it. Unknown never counts as clean.", outcome: "unknown" },
};

/** One segment of the bar of a criterion. */
export function ofTally(scope: Scope, tally: Tally, what: "passed" | "failed" | "not_applicable" | "unknown"): Evidence {
  const { word, definition, outcome } = OF_CRITERION[what];
  return {
    title: `${tally.title}: ${word}`,
    scope: scoped(scope),
    value: tally[what],
    unit: tally[what] === 1 ? "subject" : "subjects",
    code: tally.code,
    definition,
    asOf: scope.asOf,
    ...(what === "unknown" && tally.reasons.length > 0 ? { unknown: tally.reasons.join("; ") } : {}),
    ...(tally.rejected > 0 ? { note: `${tally.rejected} lines of the reports that it reads were rejected: nobody knows what they would have said.` } : {}),
    sources:
      tally[what] === 0
        ? []
        : [
            subjects(scope, { criterion: tally.code, outcomes: [outcome] }, "Subjects"),
            ...(what === "failed" ? [{ of: "measure" as const, study: scope.study, code: tally.code, level: "study" as const, label: "Rows" }] : []),
          ],
  };
}

/** Items of one owner, of one age or of several. */
export function ofBurden(scope: Scope, owner: string, burdens: readonly Burden[], titles: ReadonlyMap<string, string>): Evidence {
  const criteria = [...new Set(burdens.map((one) => one.criterion))];
  const ages = [...new Set(burdens.map((one) => one.age))];
  const only = criteria.length === 1 ? criteria[0] : undefined;
  const age = ages.length === 1 ? (ages[0] ?? null) : null;
  const source = burdens.length === 1 ? burdens[0]?.owner_source : undefined;
  return {
    title: `${only === undefined ? "Items" : (titles.get(only) ?? only)}: waits for ${owner}`,
    scope: scoped(scope, age),
    value: burdens.reduce((total, one) => total + one.items, 0),
    unit: "items",
    ...(only === undefined ? {} : { code: only }),
    definition: `Items that keep subjects from being clean and that ${owner} must solve. Their age counts from the day of the report.`,
    ...(age === "age unknown" ? { note: "The rows do not say since when they wait." } : {}),
    asOf: scope.asOf,
    ...(burdens.length > 1
      ? {
          partsTitle: "Made of",
          parts: burdens.map((one): Part => ({ label: [only === undefined ? (titles.get(one.criterion) ?? one.criterion) : null, age === null ? one.age : null].filter(Boolean).join(", "), value: one.items, evidence: ofBurden(scope, owner, [one], titles) })),
        }
      : {}),
    sources: [work(scope, { owner, criterion: criteria, ...(age === null ? {} : { age }), ...(source === undefined ? {} : { owner_source: source }) })],
  };
}

/** Everything that waits for one owner, by criterion. */
export function ofOwner(scope: Scope, { owner, items, waiting }: Owner, titles: ReadonlyMap<string, string>): Evidence {
  return {
    title: `Waits for ${owner}`,
    scope: scoped(scope),
    value: items,
    unit: "items",
    definition: `Items of all criteria of the milestone that keep subjects from being clean and that ${owner} must solve.`,
    asOf: scope.asOf,
    partsTitle: "By criterion",
    sources: [work(scope, { owner, criterion: waiting.map((one) => one.criterion) })],
    parts: waiting.map((one): Part => ({ label: titles.get(one.criterion) ?? one.criterion, value: one.items, evidence: ofBurden(scope, owner, [...one.byAge.values()].flat(), titles) })),
  };
}

/** Subjects one step from clean: all, those whom one owner frees, or those whom one site frees. */
export function ofOneStep(scope: Scope, value: number, by?: { owner: string } | { site: string }): Evidence {
  const who = by === undefined ? null : "owner" in by ? by.owner : by.site;
  const keep: Kept = by === undefined ? { oneStep: true } : "owner" in by ? { oneStep: true, owner: by.owner } : { oneStep: true, site: by.site === "no site" ? null : by.site };
  return {
    title: who === null ? "One step from clean" : `Freed by ${who}`,
    scope: scoped(scope),
    value,
    unit: value === 1 ? "subject" : "subjects",
    definition: who === null ? "Subjects whom exactly one criterion fails and none leaves unknown." : `Subjects who would be clean if ${who} did nothing but its own open work.`,
    asOf: scope.asOf,
    sources: value === 0 ? [] : [subjects(scope, keep, "Subjects")],
  };
}

/** The index itself, with the formula of what is drawn. */
export function ofIndex({ study, asOf }: Scope, { index, formula, value }: Waterfall): Evidence {
  return ofQuality({ study, index, asOf }, value, { formula });
}

export function scopeOf(study: string, clean: Clean, asOf: string | null): Scope {
  return { study, milestone: clean.milestone, asOf };
}
