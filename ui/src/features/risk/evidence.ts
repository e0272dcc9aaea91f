/** What the totals of the grid mean and open to. */

import type { Kri, SignalGroup, Signals } from "@/api/types";
import type { Where } from "@/components/signal/evidence";
import { ofSignal } from "@/components/signal/evidence";
import type { Evidence } from "@/view/evidence";
import { number } from "@/words/numbers";
import { LEVELS, oneDecimal } from "@/words/signals";

export function ofFlagged(where: Where, signals: Signals): Evidence {
  const words = LEVELS[signals.level] ?? { many: "groups", one: "group", title: "Group" };
  return {
    title: `${words.title === "Country" ? "Countries" : "Sites"} flagged`,
    scope: where.study,
    value: signals.flagged,
    definition: `${words.title === "Country" ? "Countries" : "Sites"} with at least one red or amber flag of an indicator that is a risk of the site.`,
    note: `Over ${number(signals.groups.length)} ${words.many} and ${number(signals.kris.filter((kri) => kri.scored > 0).length)} indicators that can be judged.`,
    partsTitle: "Flags by indicator",
    parts: signals.kris.filter((kri) => kri.red + kri.amber > 0).map((kri) => ({ label: `${kri.title}: ${number(kri.red)} red, ${number(kri.amber)} amber`, value: kri.red + kri.amber })),
  };
}

export function ofExpected(where: Where, signals: Signals): Evidence {
  return {
    title: "Flags by chance alone",
    scope: where.study,
    value: signals.expected_false,
    text: `about ${number(Math.round(signals.expected_false))}`,
    definition: "How many flags chance alone would raise if every group were healthy. Fewer flags than this are no sign of health, and no sign of harm.",
    formula: "sum over indicators of scored groups times the chance of a flag on the sides that count",
    partsTitle: "By indicator",
    parts: signals.kris.filter((kri) => kri.scored > 0).map((kri) => ({ label: `${kri.title}: ${number(kri.scored)} scored`, value: kri.expected_false })),
  };
}

/** Red or amber flags of one group, each open to its own evidence. */
export function ofTotal(where: Where, kris: readonly Kri[], group: SignalGroup, level: "red" | "amber"): Evidence {
  const size = level === "red" ? 2 : 1;
  return {
    title: `${level === "red" ? "Red" : "Amber"} flags`,
    scope: `${where.study}, ${group.place.label}`,
    value: group[level],
    definition: `Indicators that flag ${group.place.label} ${level}. A backlog of the study's own team is shown in its column and not counted here.`,
    partsTitle: "Indicators",
    parts: flagged(where, kris, group, (flag) => Math.abs(flag) === size),
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
