/** The axis of the charts that have one mark for each group, in order. */

import type { DataZoomComponentOption, XAXisComponentOption } from "echarts";
import type { KriGroup } from "@/api/types";
import type { Palette } from "@/components/chart/palette";
import { AT_ONCE } from "./parts";

/** Whether there are more groups than fit at once. */
export function along(count: number): boolean {
  return count > AT_ONCE;
}

export function rankAxis(drawn: readonly KriGroup[], palette: Palette, code: string | undefined): { xAxis: XAXisComponentOption; dataZoom?: DataZoomComponentOption[] } {
  const place = drawn.findIndex((group) => group.place.label === code);
  const first = Math.max(0, Math.min(place < AT_ONCE ? 0 : place - AT_ONCE / 2, drawn.length - AT_ONCE));
  return {
    xAxis: {
      type: "category",
      data: drawn.map((group) => group.place.label),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.lineStrong } },
      axisLabel: { show: true, color: palette.muted, fontSize: 10, rotate: 60, hideOverlap: true },
    },
    ...(along(drawn.length)
      ? {
          dataZoom: [
            {
              type: "slider",
              startValue: first,
              endValue: first + AT_ONCE - 1,
              height: 14,
              bottom: 6,
              showDetail: false,
              brushSelect: false,
              borderColor: palette.line,
              fillerColor: palette.line,
              handleStyle: { color: palette.surface, borderColor: palette.lineStrong },
              moveHandleSize: 0,
              dataBackground: { lineStyle: { color: palette.lineStrong }, areaStyle: { color: palette.line } },
              selectedDataBackground: { lineStyle: { color: palette.muted }, areaStyle: { color: palette.lineStrong } },
            },
          ],
        }
      : {}),
  };
}
