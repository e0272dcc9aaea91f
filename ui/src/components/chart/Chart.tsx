/** A chart: its title is the question it answers, a table with the same numbers stands behind it, and its points can be walked with the keyboard. */

import type { EChartsOption } from "echarts";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Empty, Loading } from "../Conditions";
import { csvField, download } from "../grid/csv";
import { Icon } from "../Icon";
import type { CellValue } from "@/api/types";
import { number } from "@/words/numbers";
import styles from "./Chart.module.css";
import type { EChartsType } from "./echarts";
import { usePalette, type Palette } from "./palette";

/** The numbers that are drawn, as a table. */
export interface ChartTable {
  columns: readonly string[];
  rows: readonly (readonly CellValue[])[];
}

export interface ChartProps {
  /** The question it answers. */
  title: string;
  /** One sentence that says what is to be seen, for those who do not see it. */
  summary: string;
  table: ChartTable;
  /** What is drawn, in the colours of the scheme. Text, lines and fonts are set here. */
  option: (palette: Palette) => EChartsOption;
  height?: number;
  /** A point was chosen, by pointer or Enter. */
  onPoint?: (series: number, point: number) => void;
  /** How many points the keyboard walks, series by series. */
  points?: readonly number[];
  /** What is said of a point: the tooltip shows it, and a screen reader hears it as the keyboard comes to it. Null: nothing. */
  words?: (series: number, point: number) => string | null;
  aside?: ReactNode;
}

export function Chart({ title, summary, table, option, height = 300, onPoint, points = [], words, aside }: ChartProps) {
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const drawn = useRef<EChartsType | null>(null);
  const [state, setState] = useState<"loading" | "ready" | "failed">("loading");
  const [tries, setTries] = useState(0);
  const palette = usePalette();
  const chosen = useRef(onPoint);
  const at = useRef<[number, number]>([0, -1]);
  const [heard, setHeard] = useState("");

  useEffect(() => {
    chosen.current = onPoint;
  }, [onPoint]);

  useEffect(() => {
    if (asTable) return undefined;
    let gone = false;
    const watch = new ResizeObserver(() => drawn.current?.resize());
    import("./echarts")
      .then(({ init }) => {
        if (gone || place.current === null) return;
        const chart = init(place.current, null, { renderer: "svg" });
        chart.on("click", (event) => {
          if (typeof event.seriesIndex === "number" && typeof event.dataIndex === "number") chosen.current?.(event.seriesIndex, event.dataIndex);
        });
        drawn.current = chart;
        watch.observe(place.current);
        setState("ready");
      })
      .catch(() => {
        if (!gone) setState("failed");
      });
    return () => {
      gone = true;
      watch.disconnect();
      drawn.current?.dispose();
      drawn.current = null;
      setState("loading");
    };
  }, [asTable, tries]);

  useEffect(() => {
    if (state === "ready") drawn.current?.setOption({ ...base(palette, words), ...option(palette) }, { notMerge: true });
  }, [state, option, palette, words]);

  function walk(event: KeyboardEvent) {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const [series, point] = at.current;
    if (step !== 0 && points.length > 0) {
      event.preventDefault();
      const every = points.flatMap((count, one) => Array.from({ length: count }, (_, each): [number, number] => [one, each]));
      const now = every.findIndex(([one, each]) => one === series && each === point);
      const next = every[(now + step + every.length) % Math.max(1, every.length)];
      if (!next) return;
      at.current = next;
      drawn.current?.dispatchAction({ type: "showTip", seriesIndex: next[0], dataIndex: next[1] });
      setHeard(words?.(next[0], next[1]) ?? "");
    }
    if (event.key === "Enter" && point >= 0) chosen.current?.(series, point);
    if (event.key === "Escape") drawn.current?.dispatchAction({ type: "hideTip" });
  }

  return (
    <figure className={styles["chart"]} aria-labelledby={id}>
      <figcaption className={styles["head"]}>
        <h3 id={id}>{title}</h3>
        {aside}
        <span className={styles["tools"]}>
          <button type="button" className={styles["tool"]} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            <Icon name="rows" size={12} /> Table
          </button>
          <button type="button" className={styles["tool"]} onClick={() => download(`${title}.csv`, tableCsv(table))}>
            <Icon name="download" size={12} /> CSV
          </button>
          {asTable ? null : (
            <>
              <button type="button" className={styles["tool"]} disabled={state !== "ready"} onClick={() => save(drawn.current, title, "svg")}>
                SVG
              </button>
              <button type="button" className={styles["tool"]} disabled={state !== "ready"} onClick={() => save(drawn.current, title, "png")}>
                PNG
              </button>
            </>
          )}
        </span>
      </figcaption>
      {asTable ? (
        <TableBehind title={title} table={table} height={height} />
      ) : state === "failed" ? (
        <Empty
          title="The chart could not be loaded"
          action={
            <button type="button" className={styles["tool"]} onClick={() => setTries(tries + 1)}>
              Try again
            </button>
          }
        >
          Its table has the same numbers.
        </Empty>
      ) : (
        <div className={styles["canvas"]} style={{ height }}>
          {state === "loading" ? (
            <div className={styles["waiting"]}>
              <Loading what="the chart" rows={4} />
            </div>
          ) : null}
          {points.length > 0 ? (
            <div ref={place} role="application" aria-roledescription="chart" aria-label={`${title} ${summary} Arrow keys walk the points, Enter opens one.`} tabIndex={0} className={styles["drawing"]} onKeyDown={walk} />
          ) : (
            <div ref={place} role="img" aria-label={`${title} ${summary}`} className={styles["drawing"]} />
          )}
          <span className="unseen" role="status">
            {heard}
          </span>
        </div>
      )}
    </figure>
  );
}

function TableBehind({ title, table, height }: { title: string; table: ChartTable; height: number }) {
  return (
    <div className={styles["table"]} style={{ maxHeight: height }} tabIndex={0} role="region" aria-label={`${title} Table`}>
      <table>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((value, place) => (
                <td key={place} className={typeof value === "number" ? styles["number"] : ""}>
                  {value === null ? <span className="quiet">unknown</span> : typeof value === "number" ? number(value) : String(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function tableCsv(table: ChartTable): string {
  return `\uFEFF${[table.columns, ...table.rows].map((row) => row.map(csvField).join(",")).join("\r\n")}\r\n`;
}

function base(palette: Palette, words: ChartProps["words"]): EChartsOption {
  return {
    ...(words
      ? {
          tooltip: {
            trigger: "item",
            // Text, not markup: labels come from the data.
            renderMode: "richText",
            confine: true,
            backgroundColor: palette.surface,
            borderColor: palette.lineStrong,
            borderWidth: 1,
            padding: [6, 8],
            textStyle: { color: palette.text, fontSize: 12, lineHeight: 17 },
            formatter: (event) => {
              const one = Array.isArray(event) ? event[0] : event;
              return one === undefined || one.seriesIndex === undefined ? "" : (words(one.seriesIndex, one.dataIndex) ?? "");
            },
          },
        }
      : {}),
    animation: false,
    backgroundColor: "transparent",
    textStyle: { color: palette.text, fontFamily: "inherit", fontSize: 12 },
    grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
    aria: { enabled: false },
  };
}

/** A drawing as a file; the raster is made from the drawing at twice its size. */
function save(chart: EChartsType | null, title: string, type: "svg" | "png"): void {
  if (chart === null) return;
  const text = chart.renderToSVGString();
  if (type === "svg") {
    give(`${title}.svg`, URL.createObjectURL(new Blob([text], { type: "image/svg+xml" })));
    return;
  }
  const picture = new Image();
  picture.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = 2 * chart.getWidth();
    canvas.height = 2 * chart.getHeight();
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    give(`${title}.png`, canvas.toDataURL("image/png"));
  };
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
}

function give(name: string, address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  if (address.startsWith("blob:")) setTimeout(() => URL.revokeObjectURL(address), 1_000);
}
