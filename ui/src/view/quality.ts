/** What the parts of the Data Quality Index mean and open to, on whichever page. */

import type { Step } from "@/api/types";
import { tenth } from "@/words/shares";
import type { Evidence } from "./evidence";

/** What one indicator takes off the index. */
export function ofStep(study: string, asOf: string | null, index: string, step: Step): Evidence {
  return {
    title: step.title,
    scope: study,
    value: step.points,
    ...(step.points === null ? {} : { text: points(step.points) }),
    unit: "points",
    definition: `What this indicator takes off the index, ${tenth(step.most)} points at most.`,
    formula: `${step.formula}; ${step.weight} \u00d7 min(1, indicator / ${step.cap}) \u00d7 100`,
    ...(step.value === null ? {} : { note: `The indicator is ${number3(step.value)} ${step.unit}` }),
    ...(step.points === null ? { unknown: step.reason ?? "A part of it is unknown." } : {}),
    asOf,
    sources: [{ of: "measure", study, code: `dqi_${index}.${step.code}`, level: "study", label: "Rows" }],
  };
}

/** "4.0", "<0.1": points with one decimal each, so that they stand under each other. */
export function points(value: number): string {
  return value > 0 && value < 0.05 ? "<0.1" : value.toFixed(1);
}

/** Indicators are small: three digits that tell. */
export function number3(value: number): string {
  return String(Number(value.toPrecision(3)));
}
