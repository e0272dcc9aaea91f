/** Shares of a whole in words: one decimal, and neither all nor nothing unless it is. */

import { number } from "./numbers";

/** 0.2857 is 28.6; what is not whole never reads 100, and what is not nothing never reads 0. */
function rounded(share: number): string {
  const tenths = Math.round(share * 1000) / 10;
  if (share > 1e-9 && tenths === 0) return "<0.1";
  if (share < 1 - 1e-9 && tenths === 100) return "99.9";
  return number(tenths);
}

export function percent(share: number): string {
  return `${rounded(share)} %`;
}

/** "20.6 to 38.2 %". */
export function percents([low, high]: readonly [number, number]): string {
  return `${rounded(low)} to ${rounded(high)} %`;
}

/** "66.5 to 69.8": an interval of an index or a count. */
export function between([low, high]: readonly [number, number]): string {
  return `${tenth(low)} to ${tenth(high)}`;
}

/** One decimal. */
export function tenth(value: number): string {
  return number(Math.round(value * 10) / 10);
}
