/** How numbers are written: grouped thousands, never abbreviated, because a rounded count opens to no rows. */

const WHOLE = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const DECIMAL = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });

export function number(value: number): string {
  return Number.isInteger(value) ? WHOLE.format(value) : DECIMAL.format(value);
}

/** "1 row", "3 rows": the noun agrees with the count. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${number(value)} ${value === 1 ? noun : plural}`;
}

export function bytes(size: number): string {
  if (size < 1024) return `${number(size)} B`;
  const units = ["kB", "MB", "GB"];
  let value = size / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : WHOLE.format(value)} ${units[unit] ?? "GB"}`;
}

/** "3 fewer", "2 more", "no change": a sign alone is easily missed. */
export function change(by: number): string {
  if (by === 0) return "no change";
  return by > 0 ? `+${number(by)}, ${number(by)} more` : `\u2212${number(-by)}, ${number(-by)} fewer`;
}

const SHORT = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });

/** A measured amount: whole numbers as they are, others with three digits that matter, so that a small one is not shown as 0. */
export function short(value: number): string {
  return Number.isInteger(value) ? WHOLE.format(value) : SHORT.format(value);
}

/** A share as people read it, with one decimal. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** "66.5 to 69.8": two ends with one decimal. */
export function range(ends: readonly [number, number]): string {
  return `${ends[0].toFixed(1)} to ${ends[1].toFixed(1)}`;
}
