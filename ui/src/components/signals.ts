/** What one site by one indicator means and opens to; the pages of sites, of an indicator and of a site say it alike. */

import type { Kri, Place, Signal } from "@/api/types";
import type { Evidence } from "@/view/evidence";
import { short } from "@/words/numbers";
import { flagWord } from "./Flag";

/** A metric in the unit of its indicator. */
export function metricText(kri: Kri, metric: number): string {
  return kri.kind === "binary" ? `${short(100 * metric)} %` : short(metric);
}

/** "amber, high: 12 of 40, 30 %, 2.1 times the study (1.2 to 3.3), q .04". */
export function signalWords(kri: Kri, signal: Signal): string {
  const flag = flagWord(signal.flag, signal.state);
  if (signal.metric === null) return `${flag}${signal.reason ? `: ${signal.reason}` : ""}`;
  const parts = [`${short(signal.numerator ?? 0)} of ${short(signal.denominator ?? 0)}`, metricText(kri, signal.metric)];
  if (signal.ratio !== null && signal.interval !== null) parts.push(`${short(signal.ratio)} times the study (${short(signal.interval[0])} to ${short(signal.interval[1])})`);
  if (signal.score !== null) parts.push(`z ${short(signal.score)}`);
  if (signal.q !== null) parts.push(`q ${short(signal.q)}`);
  if (signal.reason !== null) parts.push(signal.reason);
  return `${flag}: ${parts.join(", ")}`;
}

export function ofSignal(study: string, level: "site" | "country", kri: Kri, place: Place, signal: Signal): Evidence {
  const evidence: Evidence = {
    title: kri.title,
    scope: `${study}, ${place.label}`,
    value: signal.metric,
    unit: kri.unit,
    definition: flagWord(signal.flag, signal.state),
    code: kri.code,
    parts: [
      { label: "Numerator", value: signal.numerator },
      { label: "Denominator", value: signal.denominator },
      { label: "Expected of a healthy group", value: signal.expected },
      { label: "z", value: signal.score },
      { label: "p", value: signal.p },
      { label: "q, over all groups and indicators", value: signal.q },
      { label: "Shrunken ratio to the study", value: signal.ratio },
      ...(signal.interval === null ? [] : [{ label: "from", value: signal.interval[0] }, { label: "to (90 %)", value: signal.interval[1] }]),
    ],
    partsTitle: "Made of",
    sources: [{ of: "measure", study, code: kri.code, level, group: place.label, label: "Rows" }],
  };
  if (signal.metric !== null) evidence.text = metricText(kri, signal.metric);
  else evidence.unknown = signal.reason ?? flagWord(signal.flag, signal.state);
  if (signal.metric !== null && signal.reason !== null) evidence.note = signal.reason;
  return evidence;
}
