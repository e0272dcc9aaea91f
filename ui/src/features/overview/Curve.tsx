import { useCallback, useMemo } from "react";
import type { Forecast } from "@/api/types";
import { Chart, type ChartTable } from "@/components/chart/Chart";
import type { Palette } from "@/components/chart/palette";
import { day, shortDay } from "@/words/dates";
import { tenth } from "@/words/shares";

/** Expected clean subjects by day, as things go and if nothing new came. */
export function Curve({ forecast }: { forecast: Forecast }) {
  const { as_things_go, nothing_new, subjects, clean_now } = forecast;
  const lines = useMemo(
    () => [
      ...(as_things_go ? [{ name: "As things go", points: as_things_go.curve, dashed: false }] : []),
      ...(nothing_new ? [{ name: "If nothing new came", points: nothing_new.curve, dashed: true }] : []),
    ],
    [as_things_go, nothing_new],
  );
  const table = useMemo((): ChartTable => {
    const days = lines[0]?.points.map((one) => one.day) ?? [];
    return { columns: ["Day", ...lines.map((line) => line.name)], rows: days.map((one, at) => [one, ...lines.map((line) => line.points[at]?.expected ?? null)]) };
  }, [lines]);
  const option = useCallback(
    (palette: Palette) => ({
      legend: { show: false },
      grid: { left: 8, right: 120, top: 30, bottom: 8, containLabel: true },
      tooltip: { trigger: "axis" as const, backgroundColor: palette.surface, borderColor: palette.lineStrong, textStyle: { color: palette.text }, valueFormatter: (value: unknown) => `${tenth(Number(value))} subjects` },
      xAxis: { type: "time" as const, axisLabel: { color: palette.muted, formatter: (value: number) => shortDay(new Date(value).toISOString()), hideOverlap: true }, axisLine: { lineStyle: { color: palette.lineStrong } } },
      yAxis: { type: "value" as const, name: "clean subjects", min: 0, max: subjects, nameTextStyle: { color: palette.muted, align: "left" as const }, axisLabel: { color: palette.muted }, splitLine: { lineStyle: { color: palette.line } } },
      series: lines.map(({ name, points, dashed }) => ({
        type: "line" as const,
        name,
        showSymbol: false,
        data: points.map((one) => [one.day, one.expected] as [string, number]),
        lineStyle: { color: dashed ? palette.muted : palette.accent, type: dashed ? ("dashed" as const) : ("solid" as const), width: 2 },
        itemStyle: { color: dashed ? palette.muted : palette.accent },
        endLabel: { show: true, formatter: name, color: palette.text, fontSize: 11 },
      })),
    }),
    [lines, subjects],
  );
  const last = lines[0]?.points.at(-1);
  return (
    <Chart
      title="How many subjects are expected to be clean?"
      summary={last ? `${clean_now} of ${subjects} now; ${lines.map((line) => `${line.name.toLowerCase()} ${tenth(line.points.at(-1)?.expected ?? 0)}`).join(", ")} by ${day(last.day)}.` : ""}
      table={table}
      option={option}
      height={220}
      points={lines.map((line) => line.points.length)}
    />
  );
}
