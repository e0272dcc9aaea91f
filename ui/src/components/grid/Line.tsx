/** One line of a grid. It is drawn again only when something of it changes, so that scrolling costs no more than the lines that come into view. */

import { memo, type ReactNode } from "react";
import type { CellValue } from "@/api/types";
import { number } from "@/words/numbers";
import type { GridColumn } from "./columns";
import styles from "./Grid.module.css";

export function shown(value: CellValue | undefined, column: { text?: ((value: CellValue) => string) | undefined }): string {
  if (value === null || value === undefined) return "";
  if (column.text) return column.text(value);
  return typeof value === "number" ? number(value) : String(value);
}

interface LineProps<Item> {
  /** Beginning of the ids of its cells. */
  grid: string;
  item: Item;
  row: number;
  start: number;
  height: number;
  columns: readonly GridColumn<Item>[];
  /** The column of the active cell; null when the active cell is in another line. */
  active: number | null;
  onActive: (row: number, column: number) => void;
  onOpen: (item: Item) => void;
}

function PlainLine<Item>({ grid, item, row, start, height, columns, active, onActive, onOpen }: LineProps<Item>) {
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      data-active={active !== null}
      className={`${styles["row"] ?? ""} ${styles["line"] ?? ""}`}
      style={{ height, transform: `translateY(${start}px)` }}
      onDoubleClick={() => onOpen(item)}
    >
      {columns.map((column, index) => (
        <div
          key={column.id}
          id={cellId(grid, row, index)}
          role={index === 0 ? "rowheader" : "gridcell"}
          aria-colindex={index + 1}
          data-active={active === index}
          data-plain={column.plain ?? (column.type === "date" ? "date" : undefined)}
          className={`${styles["cell"] ?? ""} ${column.type === "number" ? (styles["number"] ?? "") : ""} ${index === 0 ? (styles["pinned"] ?? "") : ""}`}
          onClick={() => onActive(row, index)}
        >
          {content(item, column)}
        </div>
      ))}
    </div>
  );
}

export const Line = memo(PlainLine) as typeof PlainLine;

/** Called, not mounted: a component for each of a thousand cells is felt. */
function content<Item>(item: Item, column: GridColumn<Item>): ReactNode {
  if (column.render) return column.render(item);
  const value = column.value(item);
  if (value === null) {
    return (
      <span className={`${styles["unknown"] ?? ""} hatched`} title="The report gives no value here: unknown, not zero.">
        <span>?</span>
        <span className="unseen">unknown</span>
      </span>
    );
  }
  const text = shown(value, column);
  return <span title={text}>{text}</span>;
}

export function cellId(grid: string, row: number, column: number): string {
  return `${grid}-${row}-${column}`;
}
