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
