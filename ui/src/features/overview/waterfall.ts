/** Where the bars of the waterfall stand, on a line down from 100. */

import type { Waterfall } from "@/api/types";

export interface Bar {
  from: number;
  to: number;
  /** It can be anywhere in this range. */
  unknown: boolean;
}

/** The line from 100 down to the ten below the lowest bar; `at` is a place on it in percent. */
export interface Axis {
  from: number;
  middle: number;
  at: (points: number) => number;
}

/** Each step begins where the one before ended; an unknown step may take its most, and the next begins below it. */
export function drawn({ steps, value }: Waterfall): { bars: Bar[]; ceiling: Bar | null; axis: Axis } {
  let rest = 100;
  const bars = steps.map((step): Bar => {
    const off = step.points ?? step.most;
    const bar = { from: Math.max(0, rest - off), to: rest, unknown: step.points === null };
    rest = bar.from;
    return bar;
  });
  const effect = value.ceiling_effect ?? 0;
  const lowest = Math.min(rest - effect, value.value ?? value.worst, value.interval?.[0] ?? 100);
  const from = Math.max(0, 10 * Math.floor((lowest - 2) / 10));
  return { bars, ceiling: effect > 0 ? { from: Math.max(0, rest - effect), to: rest, unknown: false } : null, axis: { from, middle: (from + 100) / 2, at: (points) => (100 * (points - from)) / (100 - from) } };
}
