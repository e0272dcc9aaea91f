/** The export: exactly what the grid shows, and when and under which filter, in every line. */

import type { CellValue } from "@/api/types";
import type { GridState } from "@/view/grid";
import { writeFilter } from "@/view/grid";
import type { GridColumn } from "./columns";
import { fieldsOf, plainTitle } from "./export";

const FORMULA = /^[=+\-@\t\r]/;

/** Text that a spreadsheet would run as a formula is disarmed; numbers are left numbers. */
export function csvField(value: CellValue): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csv<Item>(columns: readonly GridColumn<Item>[], items: readonly Item[], asOf: string, state: GridState): string {
  const filter = (writeFilter(state.filter) ?? []).join("; ");
  const fields = fieldsOf(columns);
  const head = [...fields.map((field) => plainTitle(field.title)), "data as of", "filter"].map(csvField).join(",");
  const tail = [asOf, filter].map(csvField).join(",");
  const lines = items.map((item) => [...fields.map((field) => csvField(field.value(item))), tail].join(","));
  return `\uFEFF${[head, ...lines].join("\r\n")}\r\n`;
}

/** "subjects-of-study-1_as-of-14-nov-2025.xlsx". */
export function fileName(name: string, asOf: string, ending: string): string {
  const slug = (text: string) =>
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, "");
  return `${slug(name)}_as-of-${slug(asOf)}.${ending}`;
}

export function download(name: string, content: string | Blob): void {
  const address = URL.createObjectURL(typeof content === "string" ? new Blob([content], { type: "text/csv;charset=utf-8" }) : content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1_000);
}
