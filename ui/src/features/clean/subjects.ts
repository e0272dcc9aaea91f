/** What the list of subjects reads from the answer: outcomes by criterion, steps and items in the way, and how many of each there are. */

import type { CleanLine } from "@/api/types";
import type { Criterion } from "@/view/subject";

export interface InTheWay {
  /** Criteria of the milestone that fail. */
  steps: number;
  /** Criteria of the milestone that no report says. */
  unknown: number;
  /** Items of those that fail. */
  items: number;
}

export function inTheWay(line: CleanLine, criteria: readonly Criterion[]): InTheWay {
  const found = { steps: 0, unknown: 0, items: 0 };
  for (const { place, gate } of criteria) {
    if (!gate) continue;
    const outcome = line.outcomes[place];
    if (outcome === "unknown") found.unknown += 1;
    if (outcome !== "fail") continue;
    found.steps += 1;
    found.items += line.items[place] ?? 0;
  }
  return found;
}

export interface Counts {
  outcomes: Record<CleanLine["outcome"], number>;
  oneStep: number;
  failing: ReadonlyMap<string, number>;
  owners: readonly [string, number][];
  statuses: readonly [string | null, number][];
}

function ranked<Key>(counted: ReadonlyMap<Key, number>): [Key, number][] {
  return [...counted].sort(([, a], [, b]) => b - a);
}

/** How many subjects each quick filter keeps. */
export function countsOf(subjects: readonly CleanLine[], criteria: readonly Criterion[]): Counts {
  const outcomes = { pass: 0, fail: 0, not_applicable: 0, unknown: 0 };
  const [failing, owners, statuses] = [new Map<string, number>(), new Map<string, number>(), new Map<string | null, number>()];
  let oneStep = 0;
  for (const line of subjects) {
    outcomes[line.outcome] += 1;
    if (line.one_step !== null) oneStep += 1;
    if (line.owner !== null) owners.set(line.owner, (owners.get(line.owner) ?? 0) + 1);
    statuses.set(line.status, (statuses.get(line.status) ?? 0) + 1);
    for (const { code, place } of criteria) if (line.outcomes[place] === "fail") failing.set(code, (failing.get(code) ?? 0) + 1);
  }
  return { outcomes, oneStep, failing, owners: ranked(owners), statuses: ranked(statuses) };
}
