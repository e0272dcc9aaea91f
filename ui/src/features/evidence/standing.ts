/** Which subjects stand behind a count of Clean Patient Status. */

import type { CleanLine, CleanSubjects, Outcome } from "@/api/types";
import type { Kept } from "@/view/evidence";

/** Missing visits and pages: what was not submitted. */
const NOT_SUBMITTED: ReadonlySet<string> = new Set(["V", "P"]);

/** What several criteria say together: one that fails decides, then one that is unknown. */
export function together(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes("fail")) return "fail";
  if (outcomes.includes("unknown")) return "unknown";
  return outcomes.includes("pass") ? "pass" : "not_applicable";
}

function outcomeAt(line: CleanLine, code: string, answer: CleanSubjects): Outcome {
  return line.outcomes[answer.criteria.findIndex((one) => one.code === code)] ?? "unknown";
}

function gatesOf({ gates }: Kept, { milestone }: CleanSubjects): readonly string[] {
  return gates ?? milestone.gates;
}

function outcomeOf(line: CleanLine, kept: Kept, answer: CleanSubjects): Outcome {
  const { criterion, submitted, gates } = kept;
  if (criterion !== undefined) return outcomeAt(line, criterion, answer);
  if (!submitted && gates === undefined) return line.outcome;
  return together(gatesOf(kept, answer).filter((code) => !submitted || !NOT_SUBMITTED.has(code)).map((code) => outcomeAt(line, code, answer)));
}

/** Whether exactly one criterion fails and none is unknown. */
function oneStep(line: CleanLine, kept: Kept, answer: CleanSubjects): boolean {
  if (kept.gates === undefined) return line.one_step !== null;
  const outcomes = kept.gates.map((code) => outcomeAt(line, code, answer));
  return !outcomes.includes("unknown") && outcomes.filter((one) => one === "fail").length === 1;
}

export function keeps(line: CleanLine, kept: Kept, answer: CleanSubjects): boolean {
  return (
    (kept.names === undefined || kept.names.includes(line.subject_id)) &&
    (kept.outcomes === undefined || kept.outcomes.includes(outcomeOf(line, kept, answer))) &&
    (kept.status === undefined || kept.status === line.status) &&
    (kept.but === undefined || !keeps(line, kept.but, answer)) &&
    (kept.population === undefined || isMember(line, kept.population, answer)) &&
    (kept.oneStep === undefined || kept.oneStep === oneStep(line, kept, answer)) &&
    (kept.urgency === undefined || kept.urgency === line.urgency) &&
    (kept.owner === undefined || kept.owner === line.owner) &&
    (kept.site === undefined || kept.site === line.site_id)
  );
}

function isMember(line: CleanLine, { code, surely }: NonNullable<Kept["population"]>, { populations }: CleanSubjects): boolean {
  return line.member[populations.findIndex((one) => one.code === code)] === (surely ? true : null);
}

/** One criterion that fails or is unknown for a subject. */
export interface Way {
  code: string;
  title: string;
  outcome: Outcome;
  items: number | null;
  /** Why it is unknown. */
  why: string | null;
}

/** What stands in the way of a subject, "No missing page 3, No outstanding query 12", or of what it is unknown. */
export function inTheWay(line: CleanLine, kept: Kept, answer: CleanSubjects): Way[] {
  return answer.criteria.flatMap(({ code, title }, index) => {
    const outcome = line.outcomes[index] ?? "unknown";
    const why = line.why[index];
    if (!gatesOf(kept, answer).includes(code) || (outcome !== "fail" && outcome !== "unknown")) return [];
    return [{ code, title, outcome, items: outcome === "fail" ? (line.items[index] ?? null) : null, why: why === null || why === undefined ? null : (answer.reasons[why] ?? null) }];
  });
}
