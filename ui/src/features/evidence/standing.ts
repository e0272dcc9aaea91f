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

function outcomeOf(line: CleanLine, { criterion, submitted }: Kept, answer: CleanSubjects): Outcome {
  const of = (code: string) => line.outcomes[answer.criteria.findIndex((one) => one.code === code)] ?? "unknown";
  if (criterion !== undefined) return of(criterion);
  return submitted ? together(answer.milestone.gates.filter((code) => !NOT_SUBMITTED.has(code)).map(of)) : line.outcome;
}

export function keeps(line: CleanLine, kept: Kept, answer: CleanSubjects): boolean {
  return (
    (kept.names === undefined || kept.names.includes(line.subject_id)) &&
    (kept.outcomes === undefined || kept.outcomes.includes(outcomeOf(line, kept, answer))) &&
    (kept.status === undefined || kept.status === line.status) &&
    (kept.population === undefined || isMember(line, kept.population, answer)) &&
    (kept.oneStep === undefined || kept.oneStep === (line.one_step !== null)) &&
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
export function inTheWay(line: CleanLine, answer: CleanSubjects): Way[] {
  return answer.criteria.flatMap(({ code, title }, index) => {
    const outcome = line.outcomes[index] ?? "unknown";
    const why = line.why[index];
    if (!answer.milestone.gates.includes(code) || (outcome !== "fail" && outcome !== "unknown")) return [];
    return [{ code, title, outcome, items: outcome === "fail" ? (line.items[index] ?? null) : null, why: why === null || why === undefined ? null : (answer.reasons[why] ?? null) }];
  });
}
