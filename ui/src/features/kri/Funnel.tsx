import type { EChartsOption } from "echarts";
import { useCallback, useMemo } from "react";
import { Chart, type ChartTable } from "@/components/chart/Chart";
import type { Palette } from "@/components/chart/palette";
import { flagWord } from "@/components/Flag";
import { pointOf } from "@/components/signal/marks";
import { counted } from "@/words/numbers";
import { LEVELS, bareMetric, metricTitle } from "@/words/signals";
import { type ChartPart, usePoints } from "./parts";

/** Which groups stand outside of what their size allows: the metric against its denominator, with the limits of the score. */
export function Funnel(props: ChartPart) {
  const { detail, code } = props;
  const { kri, bounds } = detail;
  const percent = kri.unit === "%" ? 100 : 1;
  const words = LEVELS[detail.level] ?? { many: "groups" };
  const drawn = useMemo(
    () => detail.groups.filter(({ signal }) => signal.metric !== null && signal.denominator !== null && signal.denominator > 0).sort((a, b) => (a.signal.denominator ?? 0) - (b.signal.denominator ?? 0)),
    [detail.groups],
  );
  const acts = usePoints(props, drawn);
  const option = useCallback(
    (palette: Palette): EChartsOption => {
      const sizes = drawn.map(({ signal }) => signal.denominator ?? 1);
      const top = percent * Math.max(kri.overall ?? 0, ...drawn.map(({ signal }) => signal.metric ?? 0));
      return {
        grid: { left: 12, right: 62, top: 28, bottom: 26, containLabel: true },
        xAxis: {
          type: "log",
          name: "Denominator, log scale",
          nameLocation: "middle",
          nameGap: 26,
          min: 0.85 * Math.min(...sizes),
          max: 1.15 * Math.max(...sizes),
          axisLabel: { color: palette.muted, showMinLabel: false, showMaxLabel: false, formatter: (value: number) => value.toLocaleString("en-GB") },
          axisLine: { lineStyle: { color: palette.lineStrong } },
          minorTick: { show: true },
          splitLine: { show: false },
          nameTextStyle: { color: palette.muted },
        },
        yAxis: {
          type: "value",
          name: kri.unit === "%" ? "Per cent" : kri.unit,
          nameTextStyle: { color: palette.muted, align: "left" },
          min: 0,
          ...(top > 0 ? { max: kri.unit === "%" ? Math.min(100, nice(1.06 * top)) : nice(1.06 * top) } : {}),
          axisLabel: { color: palette.muted },
          splitLine: { lineStyle: { color: palette.line } },
        },
        series: [
          { type: "scatter", z: 3, data: drawn.map(({ place, signal }) => pointOf([signal.denominator ?? 1, percent * (signal.metric ?? 0)], signal, palette, place.label === code ? place.label : null)) },
          ...bounds.filter((bound) => bound.score >= 0 || kri.direction !== "high").map((bound) => ({
            type: "line" as const,
            z: 1,
            silent: true,
            showSymbol: false,
            data: bound.denominators.map((size, index) => [size, percent * (bound.metrics[index] ?? 0)]),
            lineStyle: { color: bound.score === 0 ? palette.accent : palette.muted, width: Math.abs(bound.score) >= 3 ? 1.4 : 1, type: bound.score === 0 ? ("solid" as const) : Math.abs(bound.score) >= 3 ? ("solid" as const) : ("dashed" as const) },
            endLabel: { show: true, color: palette.muted, fontSize: 11, formatter: () => (bound.score === 0 ? "study" : `z = ${bound.score < 0 ? "\u2212" : ""}${Math.abs(bound.score)}`) },
            labelLayout: { moveOverlap: "shiftY" as const },
          })),
        ],
      };
    },
    [drawn, kri, bounds, code, percent],
  );
  const table = useMemo(
    (): ChartTable => ({
      columns: ["Group", "Denominator", metricTitle(kri), "Flag"],
      rows: drawn.map(({ place, signal }) => [place.label, signal.denominator, signal.metric === null ? null : bareMetric(signal.metric, kri.unit), flagWord(signal.flag, signal.state)]),
    }),
    [drawn, kri],
  );
  const red = drawn.filter(({ signal }) => Math.abs(signal.flag ?? 0) >= 2).length;
  const amber = drawn.filter(({ signal }) => Math.abs(signal.flag ?? 0) === 1).length;
  return (
    <Chart
      title={`Which ${words.many} stand outside of what their size allows?`}
      summary={`Funnel of ${counted(drawn.length, "group")}: ${red} red, ${amber} amber.`}
      table={table}
      option={option}
      height={330}
      {...acts}
    />
  );
}

/** The next round number, so that the axis does not end in the middle of a step. */
function nice(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((one) => one * unit >= value) ?? 10;
  return Number((step * unit).toPrecision(6));
}
