/** What the flags of one group add up to, each flag open to its own evidence. */

import type { Kri, SignalGroup } from "@/api/types";
import type { Evidence } from "@/view/evidence";
import { oneDecimal } from "@/words/signals";
import { ofSignal, type Where } from "./evidence";

/** Red flags, amber flags or both of one group, each open to its own evidence. */
export function ofTotal(where: Where, kris: readonly Kri[], group: SignalGroup, level: "red" | "amber" | "both"): Evidence {
  const size = level === "red" ? 2 : 1;
  const both = level === "both";
  return {
    title: `${both ? "Red and amber" : level === "red" ? "Red" : "Amber"} flags`,
    scope: `${where.study}, ${group.place.label}`,
    value: both ? group.red + group.amber : group[level],
    definition: `Indicators that flag ${group.place.label} ${both ? "red or amber" : level}. A backlog of the study's own team is shown in its column and not counted here.`,
    partsTitle: "Indicators",
    parts: flagged(where, kris, group, (flag) => (both ? flag !== 0 : Math.abs(flag) === size)),
  };
}

export function ofRisk(where: Where, kris: readonly Kri[], group: SignalGroup): Evidence {
  return {
    title: "Site risk score",
    scope: `${where.study}, ${group.place.label}`,
    value: group.risk,
    ...(group.risk === null ? { unknown: "No indicator has a score here, so nothing adds up." } : { text: oneDecimal(group.risk) }),
    definition: "The weights of the flags that stand, as a share of the weights that could stand. 0 is no flag, 100 is every indicator red.",
    formula: "100 x sum of the weights of flags / sum of the greatest weights",
    note: "The greatest weights are those of the indicators that can be judged anywhere in the study. A backlog of the study's own team is no risk of the site and does not count.",
    partsTitle: "Flags that count",
    parts: flagged(where, kris, group, (flag) => flag !== 0),
  };
}

function flagged(where: Where, kris: readonly Kri[], group: SignalGroup, wanted: (flag: number) => boolean) {
  return kris.flatMap((kri, place) => {
    const signal = group.signals[place];
    return signal && signal.flag !== null && wanted(signal.flag) ? [{ label: kri.title, value: signal.metric, evidence: ofSignal(where, kri, group.place, signal) }] : [];
  });
}
