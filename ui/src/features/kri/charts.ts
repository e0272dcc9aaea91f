/** What the charts of an indicator draw, from its answer; the colours come from the scheme. */

import type { EChartsOption } from "echarts";
import type { KriDetail, KriGroup } from "@/api/types";
import type { Palette } from "@/components/chart/palette";
import { metricText } from "@/components/signals";
import { flagWord } from "@/components/Flag";
import { short } from "@/words/numbers";

/** A group with a metric. */
export interface Drawn {
  group: KriGroup;
  metric: number;
  denominator: number;
}

export function drawn(found: KriDetail): Drawn[] {
  return found.groups.flatMap((group) => (group.signal.metric === null || group.signal.denominator === null ? [] : [{ group, metric: group.signal.metric, denominator: group.signal.denominator }]));
}

const SYMBOLS = { red: "rect", amber: "triangle", none: "circle", silent: "emptyCircle" } as const;

function level(group: KriGroup): keyof typeof SYMBOLS {
  const { flag } = group.signal;
  return flag === null ? "silent" : Math.abs(flag) >= 2 ? "red" : Math.abs(flag) === 1 ? "amber" : "none";
}

function colour(palette: Palette, group: KriGroup): string {
  return { red: palette.fail, amber: palette.warn, none: palette.accent, silent: palette.none }[level(group)];
}

function point(palette: Palette, one: Drawn, chosen: string | undefined, value: (number | string)[]) {
  const here = one.group.place.label === chosen;
  return {
    value,
    name: one.group.place.label,
    symbol: SYMBOLS[level(one.group)],
    symbolSize: here ? 16 : level(one.group) === "none" || level(one.group) === "silent" ? 7 : 10,
    itemStyle: { color: colour(palette, one.group), borderColor: here ? palette.text : colour(palette, one.group), borderWidth: here ? 2 : 1 },
  };
}

function axis(palette: Palette, name: string) {
  return { name, nameLocation: "middle" as const, nameGap: 28, nameTextStyle: { color: palette.muted }, axisLabel: { color: palette.muted }, axisLine: { lineStyle: { color: palette.lineStrong } }, splitLine: { lineStyle: { color: palette.line } } };
}

function tip(found: KriDetail, palette: Palette, points: readonly Drawn[], extra: (one: Drawn) => string): NonNullable<EChartsOption["tooltip"]> {
  return {
    trigger: "item",
    backgroundColor: palette.surface,
    borderColor: palette.lineStrong,
    textStyle: { color: palette.text, fontSize: 12 },
    formatter: (event: unknown) => {
      const { dataIndex, seriesIndex } = event as { dataIndex: number; seriesIndex: number };
      const one = seriesIndex === 0 ? points[dataIndex] : undefined;
      return one ? `${one.group.place.label}: ${metricText(found.kri, one.metric)}, ${flagWord(one.group.signal.flag, one.group.signal.state)}<br>${extra(one)}` : "";
    },
  };
}

/** The metric against the denominator, with the lines at which a group would just reach a score. */
export function funnel(found: KriDetail, points: readonly Drawn[], chosen: string | undefined) {
  const scale = found.kri.kind === "binary" ? 100 : 1;
  return (palette: Palette): EChartsOption => ({
    grid: { left: 50, right: 20, top: 16, bottom: 42 },
    tooltip: tip(found, palette, points, (one) => `${short(one.group.signal.numerator ?? 0)} of ${short(one.denominator)}`),
    xAxis: { type: "log", ...axis(palette, "Denominator"), min: "dataMin" },
    yAxis: { type: "value", min: 0, ...axis(palette, found.kri.unit), nameGap: 36 },
    series: [
      { type: "scatter", z: 3, data: points.map((one) => point(palette, one, chosen, [one.denominator, scale * one.metric])) },
      ...found.bounds.map((bound) => ({
        type: "line" as const,
        silent: true,
        showSymbol: false,
        lineStyle: { color: bound.score === 0 ? palette.muted : Math.abs(bound.score) >= 3 ? palette.fail : palette.warn, type: bound.score === 0 ? ("dashed" as const) : ("solid" as const), width: 1 },
        data: bound.denominators.map((size, index) => [size, scale * (bound.metrics[index] ?? 0)]),
        endLabel: { show: true, formatter: bound.score === 0 ? "study" : `z ${bound.score > 0 ? "+" : "\u2212"}${Math.abs(bound.score)}`, color: palette.muted, fontSize: 11 },
      })),
    ],
  });
}

/** All metrics, highest first, with the line of the study. */
export function bars(found: KriDetail, points: readonly Drawn[], chosen: string | undefined) {
  const scale = found.kri.kind === "binary" ? 100 : 1;
  return (palette: Palette): EChartsOption => ({
    grid: { left: 50, right: 20, top: 16, bottom: 60 },
    tooltip: tip(found, palette, points, (one) => `${short(one.group.signal.numerator ?? 0)} of ${short(one.denominator)}`),
    xAxis: { type: "category", data: points.map((one) => one.group.place.label), axisLabel: { color: palette.muted, rotate: 45, hideOverlap: true } },
    yAxis: { type: "value", min: 0, ...axis(palette, found.kri.unit), nameGap: 36 },
    series: [
      {
        type: "bar",
        data: points.map((one) => ({ value: scale * one.metric, itemStyle: { color: colour(palette, one.group), ...(one.group.place.label === chosen ? { borderColor: palette.text, borderWidth: 2 } : {}) } })),
        ...(found.kri.overall === null ? {} : { markLine: { silent: true, symbol: "none", lineStyle: { color: palette.text, type: "dashed" as const }, label: { formatter: "study", color: palette.muted }, data: [{ yAxis: scale * found.kri.overall }] } }),
      },
    ],
  });
}

/** Shrunken ratios to the study with their 90 % intervals, highest first. */
export function caterpillar(found: KriDetail, points: readonly Drawn[], chosen: string | undefined) {
  return (palette: Palette): EChartsOption => ({
    grid: { left: 50, right: 20, top: 16, bottom: 60 },
    tooltip: tip(found, palette, points, (one) => (one.group.signal.interval === null ? "" : `${short(one.group.signal.ratio ?? 0)} times the study, ${short(one.group.signal.interval[0])} to ${short(one.group.signal.interval[1])}`)),
    xAxis: { type: "category", data: points.map((one) => one.group.place.label), axisLabel: { color: palette.muted, rotate: 45, hideOverlap: true } },
    yAxis: { type: "value", ...axis(palette, "times the study"), nameGap: 36 },
    series: [
      { type: "scatter", z: 3, data: points.map((one) => point(palette, one, chosen, [one.group.place.label, one.group.signal.ratio ?? 0])), markLine: { silent: true, symbol: "none", lineStyle: { color: palette.text, type: "dashed" }, label: { formatter: "study", color: palette.muted }, data: [{ yAxis: 1 }] } },
      {
        type: "custom",
        silent: true,
        data: points.map((one, index) => [index, one.group.signal.interval?.[0] ?? 0, one.group.signal.interval?.[1] ?? 0]),
        renderItem: (_parameters, api) => {
          const low = api.coord([api.value(0), api.value(1)]);
          const high = api.coord([api.value(0), api.value(2)]);
          return { type: "line" as const, shape: { x1: low[0] ?? 0, y1: low[1] ?? 0, x2: high[0] ?? 0, y2: high[1] ?? 0 }, style: { stroke: palette.muted, lineWidth: 1.5 } };
        },
      },
    ],
  });
}

/** The metric of some groups over the snapshots. */
export function lines(found: KriDetail, groups: readonly KriGroup[], chosen: string | undefined) {
  const scale = found.kri.kind === "binary" ? 100 : 1;
  const dashes = ["solid", "dashed", "dotted"] as const;
  return (palette: Palette): EChartsOption => ({
    grid: { left: 50, right: 90, top: 16, bottom: 30 },
    tooltip: { trigger: "axis", backgroundColor: palette.surface, borderColor: palette.lineStrong, textStyle: { color: palette.text, fontSize: 12 } },
    xAxis: { type: "category", data: [...found.days], axisLabel: { color: palette.muted } },
    yAxis: { type: "value", min: 0, ...axis(palette, found.kri.unit), nameGap: 36 },
    series: groups.map((group, index) => ({
      type: "line" as const,
      name: group.place.label,
      data: group.metrics.map((metric) => (metric === null ? null : scale * metric)),
      lineStyle: { type: dashes[index % dashes.length] ?? "solid", width: group.place.label === chosen ? 3 : 1.5, color: colour(palette, group) },
      itemStyle: { color: colour(palette, group) },
      symbol: SYMBOLS[level(group)],
      endLabel: { show: true, formatter: group.place.label, color: palette.muted, fontSize: 11 },
    })),
  });
}
