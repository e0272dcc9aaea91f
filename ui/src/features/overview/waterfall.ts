/** Where the bars of the waterfall stand, on a line from 0 to 100. */

import type { Waterfall } from "@/api/types";

export interface Bar {
  from: number;
  to: number;
  /** It can be anywhere in this range. */
  unknown: boolean;
}

/** Each step begins where the one before ended; an unknown step may take its most, and the next begins below it. */
export function drawn({ steps, value }: Waterfall): { bars: Bar[]; ceiling: Bar | null } {
  let rest = 100;
  const bars = steps.map((step): Bar => {
    const off = step.points ?? step.most;
    const bar = { from: Math.max(0, rest - off), to: rest, unknown: step.points === null };
    rest = bar.from;
    return bar;
  });
  const effect = value.ceiling_effect ?? 0;
  return { bars, ceiling: effect > 0 ? { from: Math.max(0, rest - effect), to: rest, unknown: false } : null };
}
