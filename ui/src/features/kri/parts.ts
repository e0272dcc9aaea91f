/** What all charts of an indicator share: which groups are drawn, what is said of one, and what a click on it opens. */

import { useCallback, useMemo } from "react";
import type { KriDetail, KriGroup } from "@/api/types";
import { flagWord } from "@/components/Flag";
import { ofSignal, signalFacts, type Where } from "@/components/signal/evidence";
import { useView } from "@/view/store";

export interface ChartPart {
  where: Where;
  detail: KriDetail;
  /** The group that the address asks for. */
  code: string | undefined;
}

/** The sentence of the tooltip, line by line. */
export function pointWords(detail: KriDetail, group: KriGroup): string {
  return [`${group.place.label}${group.place.country && group.place.country !== group.place.label ? `, ${group.place.country}` : ""}: ${flagWord(group.signal.flag, group.signal.state)}`, ...signalFacts(detail.kri, group.signal)].join("\n");
}

/** What the chart does with its points: all of them stand in one series. */
export function usePoints({ where, detail }: ChartPart, drawn: readonly KriGroup[], series = 0) {
  const open = useView((state) => state.openEvidence);
  const points = useMemo(() => [...Array.from({ length: series }, () => 0), drawn.length], [series, drawn.length]);
  const words = useCallback(
    (of: number, point: number) => {
      const group = of === series ? drawn[point] : undefined;
      return group === undefined ? null : pointWords(detail, group);
    },
    [detail, drawn, series],
  );
  const onPoint = useCallback(
    (of: number, point: number) => {
      const group = of === series ? drawn[point] : undefined;
      if (group !== undefined) open(ofSignal(where, detail.kri, group.place, group.signal));
    },
    [open, where, detail.kri, drawn, series],
  );
  return { points, words, onPoint };
}

/** Above this many groups a chart of one mark per group starts with the first of them and is moved along. */
export const AT_ONCE = 80;
