/** What the totals of the grid mean and open to. */

import type { Signals } from "@/api/types";
import type { Where } from "@/components/signal/evidence";
import type { Evidence } from "@/view/evidence";
import { number } from "@/words/numbers";
import { LEVELS } from "@/words/signals";

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
