import type { ReactNode } from "react";
import type { CellValue } from "@/api/types";

export interface GridColumn<Item> {
  id: string;
  title: string;
  /** Longer words for hover: definition, unit, code of the standard. */
  hint?: string;
  type?: "text" | "number" | "date";
  /** Hidden until someone chooses it. */
  background?: boolean;
  width?: number;
  /** The first click sorts the highest first, as it does for numbers. */
  descFirst?: boolean;
  /** Stands under the title: totals of the column, a way on. */
  beneath?: ReactNode;
  /** What sorting, filtering and export see; null is unknown. */
  value: (item: Item) => CellValue;
  /** What a person sees, where that is more than the value. */
  render?: (item: Item) => ReactNode;
  /** What the export writes, where one shown cell holds several facts. */
  exports?: readonly { title: string; type?: "text" | "number" | "date"; value: (item: Item) => CellValue }[];
  /** What a filter reads, where a person sees words that the value alone does not have. */
  said?: (item: Item) => string;
  /** Digits in it are no number of its own: a rank, a code, the size of a file, words that tell a reason. Every other number opens its evidence. */
  plain?: "rank" | "code" | "size" | "words";
  /** How the value reads as text; dates and codes become words. */
  text?: (value: CellValue) => string;
}

const COLLATOR = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Numbers by size, text as people count: "Site 9" before "Site 10". */
export function compare(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return COLLATOR.compare(String(a), String(b));
}

const COMPARISON = /^(>=|<=|>|<|=)\s*(.*)$/;

/** One filter field: part of the text, `=` for the whole, `>` `<` `>=` `<=` for numbers and dates, `?` for what is unknown. */
export function matches(value: CellValue | undefined, shown: string, asked: string): boolean {
  const wanted = asked.trim();
  if (wanted === "") return true;
  const unknown = value === null || value === undefined || value === "";
  if (wanted === "?") return unknown;
  if (unknown) return false;
  const found = COMPARISON.exec(wanted);
  if (!found) return shown.toLowerCase().includes(wanted.toLowerCase());
  const [, sign, rest = ""] = found;
  const operand = rest.replaceAll(",", "");
  if (sign === "=") return String(value).toLowerCase() === rest.toLowerCase() || shown.toLowerCase() === rest.toLowerCase();
  if (operand === "") return true;
  // a word has no size: "not applicable" is not more than 0
  if (typeof value === "string" && !/\d/.test(value) && !Number.isNaN(Number(operand))) return false;
  const order = typeof value === "number" ? value - Number(operand) : compare(String(value), operand);
  if (Number.isNaN(order)) return false;
  if (sign === ">") return order > 0;
  if (sign === "<") return order < 0;
  return sign === ">=" ? order >= 0 : order <= 0;
}
