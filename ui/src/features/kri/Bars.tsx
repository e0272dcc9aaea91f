import type { EChartsOption } from "echarts";
import { useCallback, useMemo } from "react";
import { Chart, type ChartTable } from "@/components/chart/Chart";
import type { Palette } from "@/components/chart/palette";
import { flagWord } from "@/components/Flag";
import { colourOf, sizeOf, symbolOf } from "@/components/signal/marks";
import { counted } from "@/words/numbers";
import { bareMetric, LEVELS, metricText, metricTitle } from "@/words/signals";
import { along, rankAxis } from "./axes";
import { type ChartPart, usePoints } from "./parts";

/** How high each group is: the metrics, highest first, with the study as a line. */
export function Bars(props: ChartPart) {
  const { detail, code } = props;
  const { kri } = detail;
  const percent = kri.unit === "%" ? 100 : 1;
  const words = LEVELS[detail.level] ?? { one: "group" };
  const drawn = useMemo(() => detail.groups.filter(({ signal }) => signal.metric !== null).sort((a, b) => (b.signal.metric ?? 0) - (a.signal.metric ?? 0)), [detail.groups]);
  const acts = usePoints(props, drawn);
  const option = useCallback(
    (palette: Palette): EChartsOption => ({
      grid: { left: 12, right: 16, top: 26, bottom: along(drawn.length) ? 34 : 12, containLabel: true },
      ...rankAxis(drawn, palette, code),
      yAxis: { type: "value", name: kri.unit === "%" ? "Per cent" : kri.unit, nameTextStyle: { color: palette.muted, align: "left" }, axisLabel: { color: palette.muted }, splitLine: { lineStyle: { color: palette.line } } },
      series: [
        {
          type: "bar",
          barMaxWidth: 18,
          data: drawn.map(({ place, signal }) => ({
            value: percent * (signal.metric ?? 0),
            itemStyle: { color: signal.flag === null || signal.flag === 0 ? palette.none : colourOf(signal, palette), ...(place.label === code ? { borderColor: palette.accent, borderWidth: 1.5 } : {}) },
          })),
          ...(kri.overall === null
            ? {}
            : {
                markLine: {
                  silent: true,
                  symbol: "none",
                  lineStyle: { color: palette.accent, type: "solid" as const },
                  label: { position: "insideEndTop" as const, color: palette.text, formatter: () => `study ${metricText(kri.overall ?? 0, kri.unit)}` },
                  data: [{ yAxis: percent * kri.overall }],
                },
              }),
        },
        {
          type: "scatter",
          silent: true,
          data: drawn.flatMap(({ place, signal }, index) =>
            (signal.flag === null || signal.flag === 0) && place.label !== code
              ? []
              : [
                  {
                    value: [index, percent * (signal.metric ?? 0)],
                    symbol: symbolOf(signal),
                    symbolSize: sizeOf(signal),
                    symbolOffset: [0, -9],
                    itemStyle: { color: colourOf(signal, palette), opacity: 1 },
                    ...(place.label === code ? { label: { show: true, position: "right" as const, formatter: () => place.label, color: palette.text, fontWeight: "bold" as const, textBorderColor: palette.surface, textBorderWidth: 3 } } : {}),
                  },
                ],
          ),
        },
      ],
    }),
    [drawn, kri, code, percent],
  );
  const table = useMemo(
    (): ChartTable => ({
      columns: ["Group", metricTitle(kri), "Numerator", "Denominator", "Flag"],
      rows: drawn.map(({ place, signal }) => [place.label, bareMetric(signal.metric ?? 0, kri.unit), signal.numerator, signal.denominator, flagWord(signal.flag, signal.state)]),
    }),
    [drawn, kri],
  );
  return <Chart title={`How high is each ${words.one}?`} summary={`Metrics of ${counted(drawn.length, "group")}, highest first.`} table={table} option={option} height={300} {...acts} />;
}
