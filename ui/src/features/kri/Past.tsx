import type { EChartsOption } from "echarts";
import { useCallback, useMemo } from "react";
import { Chart, type ChartTable } from "@/components/chart/Chart";
import type { Palette } from "@/components/chart/palette";
import { Empty } from "@/components/Conditions";
import { colourOf, symbolOf } from "@/components/signal/marks";
import { day, shortDay } from "@/words/dates";
import { bareMetric, LEVELS } from "@/words/signals";
import { type ChartPart, usePoints } from "./parts";

const IN_A_ROW = 4;
const MOST = 12;
const HIGH = 110;

/** How it came about: the metric of the flagged groups, and of the one that was asked for, over the snapshots. */
export function Past(props: ChartPart) {
  const { detail, code } = props;
  const { kri, days } = detail;
  const percent = kri.unit === "%" ? 100 : 1;
  const words = LEVELS[detail.level] ?? { many: "groups" };
  const drawn = useMemo(() => {
    const ever = detail.groups.filter((group) => group.place.label === code || group.history.some((flag) => flag !== null && flag !== 0));
    return ever.sort((a, b) => Number(b.place.label === code) - Number(a.place.label === code) || Math.abs(b.signal.score ?? 0) - Math.abs(a.signal.score ?? 0)).slice(0, MOST);
  }, [detail.groups, code]);
  const { words: said, onPoint } = usePoints(props, drawn);
  const rows = Math.ceil(drawn.length / IN_A_ROW);
  const option = useCallback(
    (palette: Palette): EChartsOption => {
      const top = percent * Math.max(kri.overall ?? 0, ...drawn.flatMap((group) => group.metrics.map((one) => one ?? 0)));
      const width = 100 / IN_A_ROW;
      const at = (index: number) => ({ column: index % IN_A_ROW, row: Math.floor(index / IN_A_ROW) });
      return {
        grid: drawn.map((_, index) => ({ left: `${at(index).column * width + 3}%`, width: `${width - 5}%`, top: at(index).row * (HIGH + 34) + 24, height: HIGH - 30 })),
        xAxis: drawn.map((_, index) => ({ type: "category", gridIndex: index, data: days.map(shortDay), axisLabel: { color: palette.muted, fontSize: 10 }, axisLine: { lineStyle: { color: palette.lineStrong } }, axisTick: { show: false } })),
        yAxis: drawn.map((group, index) => ({
          type: "value",
          gridIndex: index,
          name: group.place.label,
          nameTextStyle: { color: palette.text, fontWeight: group.place.label === code ? "bold" : "normal", align: "left" },
          min: 0,
          ...(top > 0 ? { max: top } : {}),
          splitNumber: 2,
          axisLabel: { color: palette.muted, fontSize: 10, formatter: (value: number) => Number(value.toPrecision(2)).toString(), showMaxLabel: false },
          splitLine: { lineStyle: { color: palette.line } },
        })),
        series: drawn.map((group, index) => ({
          type: "line",
          xAxisIndex: index,
          yAxisIndex: index,
          lineStyle: { color: palette.muted, width: 1.5 },
          data: group.metrics.map((metric, place) => {
            const then = { ...group.signal, flag: group.history[place] ?? null };
            return metric === null ? { value: "-" } : { value: percent * metric, symbol: symbolOf(then), symbolSize: then.flag === null || then.flag === 0 ? 5 : 9, itemStyle: { color: colourOf(then, palette) } };
          }),
          ...(kri.overall === null ? {} : { markLine: { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: palette.accent, type: "solid", width: 1 }, data: [{ yAxis: percent * kri.overall }] } }),
        })),
      };
    },
    [drawn, days, kri.overall, code, percent],
  );
  const table = useMemo(
    (): ChartTable => ({ columns: ["Group", ...days.map(day)], rows: drawn.map((group) => [group.place.label, ...group.metrics.map((metric) => (metric === null ? null : bareMetric(metric, kri.unit)))]) }),
    [drawn, days, kri.unit],
  );
  const points = useMemo(() => drawn.map(() => days.length), [drawn, days.length]);
  const wordsOf = useCallback(
    (series: number, point: number) => {
      const group = drawn[series];
      const metric = group?.metrics[point];
      const when = days[point];
      return group === undefined || when === undefined ? null : `${group.place.label}, ${day(when)}: ${metric === null || metric === undefined ? "unknown" : bareMetric(metric, kri.unit)} ${kri.unit}`;
    },
    [drawn, days, kri.unit],
  );
  const open = useCallback((series: number) => onPoint(0, series), [onPoint]);
  if (days.length < 2) return <Empty title="No earlier snapshot">One snapshot tells no past. When the next delivery of another day is loaded, the metric of each flagged group is drawn here.</Empty>;
  if (drawn.length === 0) return <Empty title="Nothing was flagged at any snapshot">Choose a line of the table to see its past.</Empty>;
  return (
    <Chart
      title={`How did flagged ${words.many} come to be so?`}
      summary={`Metric over ${days.length} snapshots, one small chart for each of ${drawn.length} groups; the line is the study. ${said(0, 0) ?? ""}`}
      table={table}
      option={option}
      height={rows * (HIGH + 34) + 8}
      points={points}
      words={wordsOf}
      onPoint={open}
      aside={<span className="quiet">the blue line is the study today</span>}
    />
  );
}
