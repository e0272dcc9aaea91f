import type { CustomSeriesRenderItem, EChartsOption } from "echarts";
import { useCallback, useMemo } from "react";
import { Chart, type ChartTable } from "@/components/chart/Chart";
import type { Palette } from "@/components/chart/palette";
import { flagWord } from "@/components/Flag";
import { pointOf } from "@/components/signal/marks";
import { counted } from "@/words/numbers";
import { intervalText, LEVELS, ratioText } from "@/words/signals";
import { along, rankAxis } from "./axes";
import { type ChartPart, usePoints } from "./parts";

/** Where to look first: the ratio to the study, pulled toward 1 as far as own data are few, with its 90 % interval. */
export function Caterpillar(props: ChartPart) {
  const { detail, code } = props;
  const words = LEVELS[detail.level] ?? { one: "group" };
  const drawn = useMemo(() => detail.groups.filter(({ signal }) => signal.ratio !== null && signal.state === "ok").sort((a, b) => (b.signal.ratio ?? 0) - (a.signal.ratio ?? 0)), [detail.groups]);
  const acts = usePoints(props, drawn);
  const option = useCallback(
    (palette: Palette): EChartsOption => ({
      grid: { left: 12, right: 16, top: 26, bottom: along(drawn.length) ? 34 : 12, containLabel: true },
      ...rankAxis(drawn, palette, code),
      yAxis: { type: "value", name: "Ratio to the study", nameTextStyle: { color: palette.muted, align: "left" }, min: 0, max: Math.ceil(Math.max(1, ...drawn.map(({ signal }) => signal.interval?.[1] ?? signal.ratio ?? 1))), axisLabel: { color: palette.muted }, splitLine: { lineStyle: { color: palette.line } } },
      series: [
        {
          type: "scatter",
          z: 3,
          data: drawn.map(({ place, signal }, index) => pointOf([index, signal.ratio ?? 1], signal, palette, place.label === code ? place.label : null)),
          markLine: { silent: true, symbol: "none", lineStyle: { color: palette.accent, type: "solid" }, label: { position: "insideEndTop", color: palette.text, formatter: () => "study" }, data: [{ yAxis: 1 }] },
        },
        {
          type: "custom",
          z: 2,
          silent: true,
          renderItem: interval(palette.muted),
          encode: { x: 0, y: [1, 2] },
          data: drawn.flatMap(({ signal }, index) => (signal.interval === null ? [] : [[index, ...signal.interval]])),
        },
      ],
    }),
    [drawn, code],
  );
  const table = useMemo(
    (): ChartTable => ({
      columns: ["Group", "Shrunken ratio", "90 % interval", "Flag"],
      rows: drawn.map(({ place, signal }) => [place.label, ratioText(signal.ratio ?? 1), signal.interval === null ? null : intervalText(signal.interval), flagWord(signal.flag, signal.state)]),
    }),
    [drawn],
  );
  return (
    <Chart
      title={`Which ${words.one} to look at first?`}
      summary={`Shrunken ratios of ${counted(drawn.length, "scored group")} with 90 % intervals, highest first. For ranking only: flags come from the score.`}
      table={table}
      option={option}
      height={300}
      aside={<span className="quiet">for ranking only</span>}
      {...acts}
    />
  );
}

/** A line from the low to the high end. */
function interval(stroke: string): CustomSeriesRenderItem {
  return (_, api) => {
    const [x = 0, low = 0] = api.coord([api.value(0), api.value(1)]);
    const [, high = 0] = api.coord([api.value(0), api.value(2)]);
    return { type: "line", shape: { x1: x, y1: low, x2: x, y2: high }, style: { stroke, lineWidth: 1.2, opacity: 0.7 } };
  };
}
