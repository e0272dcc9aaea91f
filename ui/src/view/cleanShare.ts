/** The share of clean members in words. Unknown is not clean, and it is not unclean either: where it is unknown of some, the share is a range. */

import { percent, percents } from "@/words/shares";

type Pair = readonly [number, number];

/** "28.6 %", or "0.0 to 76.6 %" where members are unknown: from none of them clean to all of them clean. */
export function shareText(share: number, range: Pair | null): string {
  return range !== null && range[0] !== range[1] ? percents(range) : percent(share);
}

/** The interval in words, around both ends of a range. */
export function intervalNote(interval: Pair | null, range: Pair | null): string | undefined {
  if (interval === null) return undefined;
  const ends = range !== null && range[0] !== range[1] ? ", from none of the unknown clean to all of them clean" : "";
  return `95 % interval (Wilson${ends}): ${percents(interval)}`;
}
