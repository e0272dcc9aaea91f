/** How groups are drawn in the charts of an indicator: the shapes and colours of their flags. */

import type { Signal } from "@/api/types";
import type { Palette } from "../chart/palette";

const TRIANGLE_DOWN = "path://M0 0L10 0L5 9z";

/** The shape of a flag, as `Flag` draws it. */
export function symbolOf({ flag }: Signal): string {
  if (flag === null) return "emptyCircle";
  if (flag === 0) return "circle";
  if (Math.abs(flag) >= 2) return flag > 0 ? "rect" : "diamond";
  return flag > 0 ? "triangle" : TRIANGLE_DOWN;
}

export function colourOf({ flag }: Signal, palette: Palette): string {
  if (flag === null || flag === 0) return palette.muted;
  return Math.abs(flag) >= 2 ? palette.fail : palette.warn;
}

export function sizeOf({ flag }: Signal): number {
  return flag === null ? 6 : flag === 0 ? 5 : 10;
}

/** One point of a scatter; the group that was asked for is larger, ringed and named. */
export function pointOf(value: readonly number[], signal: Signal, palette: Palette, named: string | null) {
  const size = sizeOf(signal);
  return {
    value: [...value],
    symbol: symbolOf(signal),
    symbolSize: named === null ? size : size + 6,
    itemStyle: { color: colourOf(signal, palette), opacity: signal.flag === 0 ? 0.75 : 1, ...(named === null ? {} : { borderColor: palette.accent, borderWidth: 3 }) },
    ...(named === null ? {} : { z: 10, label: { show: true, position: "top" as const, formatter: () => named, color: palette.text, fontWeight: "bold" as const, textBorderColor: palette.surface, textBorderWidth: 3 } }),
  };
}
