/** How the figures of an indicator are written: shares in per cent, rates with three figures, tiny chances as "< 0.001". */

const RATE = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });
const ONE = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const TWO = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** "Share, %" or "Rate, queries a page": what the figure of an indicator is. */
export function metricTitle({ unit, kind }: { unit: string; kind: string }): string {
  return `${kind === "rate" ? "Rate" : "Share"}, ${unit}`;
}

/** "5.1 %" or "0.0212 queries a page". */
export function metricText(metric: number, unit: string): string {
  return unit === "%" ? `${shareText(metric)} %` : `${RATE.format(metric)} ${unit}`;
}

/** The same without its unit, for a column whose head has it. */
export function bareMetric(metric: number, unit: string): string {
  return unit === "%" ? shareText(metric) : RATE.format(metric);
}

function shareText(share: number): string {
  const percent = 100 * share;
  return percent !== 0 && Math.abs(percent) < 0.1 ? RATE.format(percent) : ONE.format(percent);
}

export function ratioText(ratio: number): string {
  return TWO.format(ratio);
}

export function scoreText(score: number): string {
  return score < 0 ? `\u2212${TWO.format(-score)}` : TWO.format(score);
}

export function oneDecimal(value: number): string {
  return ONE.format(value);
}

/** A probability; never "0". */
export function chanceText(p: number): string {
  return p < 0.001 ? "< 0.001" : p < 0.1 ? p.toFixed(3) : TWO.format(p);
}

export function intervalText(interval: readonly [number, number]): string {
  return `${TWO.format(interval[0])} to ${TWO.format(interval[1])}`;
}

/** "Denominator>=30" as a sentence of the trade. */
export function accrualText(accrual: string): string {
  const found = /^(.+?)\s*>=\s*([\d.]+)$/.exec(accrual);
  return found ? `judged from a ${(found[1] ?? "").toLowerCase()} of ${found[2] ?? ""}` : accrual;
}

export const METHODS: Readonly<Record<string, { word: string; meaning: string }>> = {
  calibrated: { word: "Calibrated", meaning: "Negative binomial or beta-binomial, fitted robustly to the study; amber from |z| 2, red from |z| 3 with q at most 0.05." },
  "gsm-normal": { word: "GSM normal", meaning: "The adjusted normal score of gsm.core, with its limits; for comparison with other tools." },
};

export const LEVELS: Readonly<Record<string, { one: string; many: string; title: string }>> = {
  site: { one: "site", many: "sites", title: "Site" },
  country: { one: "country", many: "countries", title: "Country" },
};

/** "high side", "both sides". */
export function sideText(direction: string): string {
  return direction === "both" ? "both sides" : `${direction} side only`;
}
