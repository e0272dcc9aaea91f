/** What stands in the way at a site, added up over its subjects. */

import type { CleanLine, CleanSubjects } from "@/api/types";

export interface Way {
  code: string;
  title: string;
  gate: boolean;
  failed: number;
  unknown: number;
  /** As far as the items of a subject are known. */
  items: number;
}

export interface Waits {
  owner: string;
  lines: CleanLine[];
  oldest: number | null;
}

export function ways({ criteria, milestone }: CleanSubjects, lines: readonly CleanLine[]): Way[] {
  return criteria
    .map(({ code, title }, place) => ({
      code,
      title,
      gate: milestone.gates.includes(code),
      failed: lines.filter((line) => line.outcomes[place] === "fail").length,
      unknown: lines.filter((line) => line.outcomes[place] === "unknown").length,
      items: lines.reduce((sum, line) => sum + (line.items[place] ?? 0), 0),
    }))
    .filter((way) => way.failed > 0 || way.unknown > 0)
    .sort((a, b) => Number(b.gate) - Number(a.gate) || b.failed - a.failed);
}

/** Subjects by the role that owns the most of what stands in their way. */
export function waits(lines: readonly CleanLine[]): Waits[] {
  const found = new Map<string, Waits>();
  for (const line of lines) {
    const { owner, oldest } = line;
    if (owner === null) continue;
    const one = found.get(owner) ?? { owner, lines: [], oldest: null };
    found.set(owner, { owner, lines: [...one.lines, line], oldest: oldest === null ? one.oldest : Math.max(oldest, one.oldest ?? 0) });
  }
  return [...found.values()].sort((a, b) => b.lines.length - a.lines.length);
}
