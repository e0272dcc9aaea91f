/** What a workbook or a Parquet file is made of: exactly the columns and lines that the grid shows, each column with the type that all of its values have. */

import type { CellValue } from "@/api/types";
import type { GridState } from "@/view/grid";
import type { GridColumn } from "./columns";

export type FileFormat = "xlsx" | "parquet";
type Type = "text" | "number" | "date";

export interface Shown {
  format: FileFormat;
  name: string;
  as_of: string;
  filters: string[];
  demo: boolean;
  columns: { title: string; type: Type }[];
  rows: (string | number | null)[][];
}

export interface Field<Item> {
  title: string;
  type?: Type | undefined;
  value: (item: Item) => CellValue;
}

/** What is written of each shown column: itself, or the several facts that one of its cells holds. */
export function fieldsOf<Item>(columns: readonly GridColumn<Item>[]): Field<Item>[] {
  return columns.flatMap((column): readonly Field<Item>[] => column.exports ?? [{ title: column.title, type: column.type ?? "text", value: column.value }]);
}

/** Filters as a reader of the file understands them: "Owner: =CRA". */
export function filtersSaid<Item>(columns: readonly GridColumn<Item>[], state: GridState): string[] {
  return state.filter.map(({ id, value }) => `${columns.find((column) => column.id === id)?.title ?? id}: ${value}`);
}

const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?$/;

/** A column is a number or a date only where every value of it is one; what one cell spoils is written as text, never left out. */
function typeOf(declared: Type | undefined, values: readonly CellValue[]): Type {
  const known = values.filter((value) => value !== null && value !== "");
  if (declared === "text") return "text";
  if (declared === "date") return known.every((value) => typeof value === "string" && DATE.test(value)) ? "date" : "text";
  if (known.length === 0) return declared ?? "text";
  return known.every((value) => typeof value === "number" && Number.isFinite(value)) ? "number" : "text";
}

function written(value: CellValue, type: Type): string | number | null {
  if (value === null || value === "") return null;
  return type === "text" ? String(value) : (value as string | number);
}

/** Soft hyphens help a narrow header and are no part of a name. */
export function plainTitle(title: string): string {
  return title.replaceAll("\u00ad", "");
}

export function shownOf<Item>(
  format: FileFormat,
  { name, asOf, demo, columns, all, items, state }: { name: string; asOf: string; demo: boolean; columns: readonly GridColumn<Item>[]; all: readonly GridColumn<Item>[]; items: readonly Item[]; state: GridState },
): Shown {
  const fields = fieldsOf(columns).map((field) => {
    const values = items.map((item) => field.value(item));
    const type = typeOf(field.type, values);
    return { title: plainTitle(field.title), type, values: values.map((value) => written(value, type)) };
  });
  return {
    format,
    name,
    as_of: asOf,
    filters: filtersSaid(all, state).map(plainTitle),
    demo,
    columns: fields.map(({ title, type }) => ({ title, type })),
    rows: items.map((_, line) => fields.map(({ values }) => values[line] ?? null)),
  };
}
