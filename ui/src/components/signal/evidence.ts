/** What the figure of one group by one indicator means and opens to. */

import type { Kri, Place, Signal } from "@/api/types";
import type { Evidence } from "@/view/evidence";
import { number } from "@/words/numbers";
import { chanceText, intervalText, metricText, ratioText, scoreText } from "@/words/signals";
import { flagWord } from "../Flag";

export interface Where {
  study: string;
  level: "site" | "country";
}

/** "80 in 6 visits" of a rate, "12 of 96 pages" of a share. */
export function madeOf({ kind, denominator_unit }: Kri, { numerator, denominator }: Signal): string | null {
  return numerator === null || denominator === null ? null : `${number(numerator)} ${kind === "rate" ? "in" : "of"} ${number(denominator)} ${denominator_unit}`;
}

/** What is known of a signal, sentence by sentence; what is not known says why. */
export function signalFacts(kri: Kri, signal: Signal): string[] {
  const { metric, score, p, q, ratio, interval, reason, fixed } = signal;
  return [
    madeOf(kri, signal) ?? "numerator and denominator unknown",
    metric === null ? "" : metricText(metric, kri.unit),
    kri.overall === null ? "" : `study ${metricText(kri.overall, kri.unit)}`,
    score === null ? "" : `z ${scoreText(score)}`,
    p === null ? "" : `p ${chanceText(p)}`,
    q === null ? "" : `q ${chanceText(q)}`,
    ratio === null ? "" : `shrunken ratio ${ratioText(ratio)}${interval === null ? "" : ` (90 % ${intervalText(interval)})`}`,
    fixed === null ? "" : `by the fixed limits ${fixed === 0 ? "no flag" : fixed === 1 ? "amber" : "red"}`,
    signal.flag === null && reason !== null ? reason : "",
  ].filter((fact) => fact !== "");
}

const SAID = new WeakMap<Signal, string>();

/** What hover and a screen reader say of a cell; kept, because a grid says it of thousands of cells again and again. */
export function signalWords(kri: Kri, place: Place, signal: Signal): string {
  const known = SAID.get(signal);
  if (known !== undefined) return known;
  const said = `${kri.title}, ${place.label}: ${flagWord(signal.flag, signal.state)}; ${signalFacts(kri, signal).join("; ")}`;
  SAID.set(signal, said);
  return said;
}

export function ofSignal(where: Where, kri: Kri, place: Place, signal: Signal): Evidence {
  const { study, level } = where;
  const { metric } = signal;
  const [made, ...rest] = signalFacts(kri, signal);
  return {
    title: kri.title,
    scope: `${study}, ${place.label}`,
    value: metric,
    ...(metric === null && signal.denominator === 0 ? { notApplicable: signal.reason ?? `there are no ${kri.denominator_unit}` } : metric === null ? { unknown: signal.reason ?? "No report tells its numerator or denominator." } : { text: metricText(metric, kri.unit) }),
    code: kri.code,
    definition: `${flagWord(signal.flag, signal.state)}: ${made ?? ""}.`,
    note: `${rest.join("; ")}.`,
    ...(metric === null && signal.denominator === null ? {} : { sources: [{ of: "measure", study, code: kri.code, level, group: place.label, label: kri.title }] }),
  };
}

/** The subjects of a site or country. */
export function ofSubjects(where: Where, place: Place, subjects: number): Evidence {
  const { study, level } = where;
  return {
    title: `Subjects of ${place.label}`,
    scope: study,
    value: subjects,
    definition: `Subjects that any report places at this ${level}.`,
    sources: level === "site" && subjects > 0 ? [{ of: "subjects", study, site: place.label, label: "Subjects" }] : [],
  };
}
