/** A change in words, and differences in words. */
import type { Standing, WhatIfChange, WhatIfPlan } from "@/api/types";
import { shareText } from "@/view/cleanShare";
import { number } from "@/words/numbers";
import { percent } from "@/words/shares";

/** "3 fewer", "2 more", "no change"; of amounts that need not be whole, to one digit. */
export function difference(before: number | null, after: number | null, unit = ""): string {
  if (before === null || after === null) return "not to be said";
  const by = Math.round((after - before) * 100) / 100;
  if (by === 0) return "no change";
  return by > 0 ? `${number(by)}${unit} more` : `${number(-by)}${unit} fewer`;
}

/** Of an index, where more is not a count: "2.3 higher". */
export function shift(before: number | null, after: number | null): string {
  if (before === null || after === null) return "not to be said";
  const by = Math.round((after - before) * 10) / 10;
  return by === 0 ? "no change" : by > 0 ? `${number(by)} higher` : `${number(-by)} lower`;
}

export function cleanShare(standing: Standing): string {
  return standing.share === null ? "share unknown" : shareText(standing.share, standing.share_if);
}

/** What differs from what is published, a line each. */
export function changeWords(change: WhatIfChange, plan: WhatIfPlan): string[] {
  const kri = (code: string) => plan.kris.find((one) => one.code === code);
  const part = (code: string) => plan.index.find((one) => one.code === code)?.title ?? code;
  return [
    ...Object.entries(change.limits).map(
      ([code, { amber, red, accrual }]) => `${kri(code)?.title ?? code} (${code}): amber from ${number(amber)}, red from ${number(red)}${accrual === null ? "" : `, asked from ${number(accrual)}`}`,
    ),
    ...Object.entries(change.weights).map(([code, weight]) => `weight of ${part(code)} ${percent(weight)}`),
    ...Object.entries(change.caps).map(([code, cap]) => `cap of ${part(code)} ${number(cap)}`),
    ...Object.entries(change.gates).map(([code, gates]) => {
      const milestone = plan.milestones.find((one) => one.code === code);
      const out = milestone?.gates.filter((one) => !gates.includes(one)) ?? [];
      const added = gates.filter((one) => !milestone?.gates.includes(one));
      return `${milestone?.title ?? code}: ${[out.length > 0 ? `without ${out.join(", ")}` : "", added.length > 0 ? `with ${added.join(", ")}` : ""].filter((one) => one !== "").join("; ") || "the same gates"}`;
    }),
    ...Object.entries(change.targets).map(([code, target]) => `target of ${plan.targets.find((one) => one.code === code)?.title ?? code} ${percent(target)}`),
  ];
}
