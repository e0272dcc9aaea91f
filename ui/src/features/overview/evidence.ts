/** What the numbers of the overview mean and open to. */

import type { Clean, Delta, Outcome, QualityValue, Standing, Step, Stratum, Tally } from "@/api/types";
import type { Evidence, Keep } from "@/view/evidence";
import { number, percent, range } from "@/words/numbers";
import { OUTCOMES } from "@/words/vocabulary";

const STRICT = "Members whom every criterion of the milestone passes. Unknown is not clean; screen failures count in their own status.";

function standing(study: string, clean: Clean, of: Standing, title: string, value: number, keep: Keep): Evidence {
  return {
    title,
    scope: `${study}, ${clean.milestone.title.toLowerCase()}`,
    value,
    unit: "subjects",
    definition: STRICT,
    formula: `all of ${clean.milestone.gates.join(", ")} pass or do not apply`,
    parts: [
      { label: "Members", value: of.members },
      { label: "Clean", value: of.clean },
      { label: "Not clean", value: of.unclean },
      { label: "Unknown", value: of.unknown },
      { label: "Nothing applies", value: of.not_applicable },
    ],
    partsTitle: "Subjects",
    sources: [{ of: "standing", study, milestone: clean.milestone.code, keep, label: "Subjects" }],
  };
}

/** How many subjects of the study, or of one status, have an outcome. */
export function ofStanding(study: string, clean: Clean, of: Standing, outcome: Outcome, stratum?: Stratum): Evidence {
  const value = { pass: of.clean, fail: of.unclean, unknown: of.unknown, not_applicable: of.not_applicable }[outcome];
  const who = stratum === undefined ? "" : `, ${stratum.status ?? "status unknown"}`;
  const words = { pass: "Clean subjects", fail: "Subjects that are not clean", unknown: "Subjects of whom it is unknown", not_applicable: "Subjects to whom nothing applies" };
  return standing(study, clean, of, `${words[outcome]}${who}`, value, { outcome, ...(stratum === undefined ? {} : { status: stratum.status }) });
}

export function ofMembers(study: string, clean: Clean, of: Standing, stratum?: Stratum): Evidence {
  return { ...standing(study, clean, of, `Subjects${stratum === undefined ? "" : `, ${stratum.status ?? "status unknown"}`}`, of.members, stratum === undefined ? {} : { status: stratum.status }), definition: "Every subject that any report of the study names." };
}

/** The strict share, or that it cannot be said. */
export function ofShare(study: string, clean: Clean, of: Standing, stratum?: Stratum): Evidence {
  const evidence = standing(study, clean, of, `Strictly clean${stratum === undefined ? "" : `, ${stratum.status ?? "status unknown"}`}`, of.share ?? 0, { outcome: "pass", ...(stratum === undefined ? {} : { status: stratum.status }) });
  if (of.share === null) {
    return { ...evidence, value: null, unknown: of.members === of.not_applicable ? "Nobody to whom anything applies." : "Of every member something is unknown." };
  }
  return { ...evidence, text: percent(of.share), ...(of.interval ? { note: `95 % interval ${percent(of.interval[0])} to ${percent(of.interval[1])} (Wilson)` } : {}) };
}

export function ofOneStep(study: string, clean: Clean): Evidence {
  return {
    title: "One step from clean",
    scope: `${study}, ${clean.milestone.title.toLowerCase()}`,
    value: clean.one_step,
    unit: "subjects",
    definition: "Subjects whom exactly one criterion fails and none leaves unknown: one piece of work makes each clean.",
    sources: [{ of: "standing", study, milestone: clean.milestone.code, keep: { oneStep: true }, label: "Subjects" }],
  };
}

/** One segment of the bar of a criterion. */
export function ofTally(study: string, clean: Clean, tally: Tally, outcome: Outcome): Evidence {
  const value = { pass: tally.passed, fail: tally.failed, unknown: tally.unknown, not_applicable: tally.not_applicable }[outcome];
  const evidence: Evidence = {
    title: `${tally.title}: ${OUTCOMES[outcome].word}`,
    scope: study,
    value,
    unit: "subjects",
    definition: OUTCOMES[outcome].meaning,
    code: tally.code,
    sources: [
      { of: "standing", study, milestone: clean.milestone.code, keep: { criterion: { code: tally.code, outcome } }, label: "Subjects" },
      ...(outcome === "fail" ? [{ of: "measure" as const, study, code: tally.code, level: "study" as const, label: "What stands in the way" }] : []),
    ],
  };
  if (outcome === "unknown" && tally.reasons.length > 0) evidence.unknown = tally.reasons.join("; ");
  if (tally.rejected > 0) evidence.note = `${number(tally.rejected)} lines of its reports were rejected: nobody knows what they would have said.`;
  return evidence;
}

/** What waits for one owner. */
export function ofBurden(study: string, owner: string, items: number, codes: readonly { code: string; title: string }[]): Evidence {
  return {
    title: `Waiting for ${owner}`,
    scope: study,
    value: items,
    unit: "items",
    definition: "Items in the way of the milestone's criteria whose owner this is, by the workbook, the report, or else the product's default.",
    note: "The rows below are those of the criterion, whoever owns them.",
    sources: codes.map(({ code, title }) => ({ of: "measure", study, code, level: "study", label: title })),
  };
}

export function ofQuality(study: string, value: QualityValue, title: string): Evidence {
  const evidence: Evidence = {
    title,
    scope: value.place.label,
    value: value.value,
    definition: "100 less what each indicator costs, under the ceilings for open safety items.",
    code: "dqi_default",
    asOf: value.as_of,
    sources: [],
    parts: value.missing.map((one) => ({ label: `${one.title}: ${one.reason}`, value: null })),
    partsTitle: "Not known",
  };
  if (value.value === null) return { ...evidence, scope: study, unknown: `Not computable: it lies between ${value.worst.toFixed(1)} and ${value.best.toFixed(1)}.` };
  return { ...evidence, scope: study, text: value.value.toFixed(1), ...(value.interval ? { note: `90 % interval ${range(value.interval)}` } : {}) };
}

/** What one indicator takes off the index. */
export function ofStep(study: string, step: Step): Evidence {
  const evidence: Evidence = {
    title: step.title,
    scope: study,
    value: step.points,
    unit: "points",
    definition: `Takes up to ${step.most.toFixed(0)} points off: all of them from ${number(step.cap)} ${step.unit} on.`,
    formula: step.formula,
    parts: [
      { label: "Numerator", value: step.numerator },
      { label: "Denominator", value: step.denominator },
      { label: step.unit, value: step.value },
    ],
    partsTitle: "Made of",
    sources: [{ of: "measure", study, code: `dqi_default.${step.code}`, level: "study", label: "Rows" }],
  };
  if (step.points === null) return { ...evidence, unknown: step.reason ?? "not known" };
  return { ...evidence, text: `\u2212${step.points.toFixed(2)}` };
}

export function ofDelta(study: string, delta: Delta): Evidence {
  const evidence: Evidence = {
    title: delta.title,
    scope: study,
    value: delta.value,
    unit: delta.unit,
    definition: "Now, and what changed since the last snapshot of another day.",
    code: delta.code,
    sources: [{ of: "measure", study, code: delta.code, level: "study", label: "Rows" }],
  };
  if (delta.state === "at least") evidence.lowerBound = true;
  if (delta.value === null) evidence.unknown = delta.reason ?? "not known";
  return evidence;
}

/** Subjects by name, such as those who became clean. */
export function ofSubjects(study: string, milestone: string, title: string, definition: string, subjects: readonly string[]): Evidence {
  return {
    title,
    scope: study,
    value: subjects.length,
    unit: "subjects",
    definition,
    sources: [{ of: "standing", study, milestone, keep: { subjects }, label: "Subjects" }],
  };
}
