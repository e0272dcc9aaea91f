import type { Signals } from "@/api/types";
import { Figure } from "@/components/Figure";
import type { Where } from "@/components/signal/evidence";
import { number } from "@/words/numbers";
import { LEVELS } from "@/words/signals";
import { ofExpected, ofFlagged } from "./evidence";

/** How many are flagged, and how many flags chance alone would raise: one number is not to be read without the other. */
export function Said({ where, signals }: { where: Where; signals: Signals }) {
  const words = LEVELS[signals.level] ?? { one: "group", many: "groups" };
  const judged = signals.kris.some((kri) => kri.scored > 0);
  const flags = signals.groups.reduce((sum, group) => sum + group.red + group.amber, 0);
  const red = signals.groups.reduce((sum, group) => sum + group.red, 0);
  if (!judged) return <span>No indicator can be judged in this study, so nobody knows which {words.many} differ. The reasons stand under the silent indicators.</span>;
  return (
    <>
      <span>
        <Figure evidence={ofFlagged(where, signals)} /> of {number(signals.groups.length)} {words.many} flagged
        {flags > 0 ? ` (${number(red)} red and ${number(flags - red)} amber flags)` : ""}.
      </span>
      <span>
        Chance alone would raise <Figure evidence={ofExpected(where, signals)} /> flags if every {words.one} were healthy.
      </span>
    </>
  );
}
