import { describe, expect, it } from "vitest";
import type { CellValue } from "@/api/types";
import { PLAIN } from "@/view/grid";
import type { GridColumn } from "./columns";
import { shownOf } from "./export";

type Item = Record<string, CellValue>;
const column = (id: string, rest: Partial<GridColumn<Item>> = {}): GridColumn<Item> => ({ id, title: id, value: (item) => item[id] ?? null, ...rest });

function made(columns: GridColumn<Item>[], items: Item[], filter = PLAIN.filter) {
  return shownOf("xlsx", { name: "Made up", asOf: "14 Nov 2031", demo: false, columns, all: [...columns, column("gone", { title: "Hid\u00adden" })], items, state: { ...PLAIN, filter } });
}

describe("what a file is made of", () => {
  it("keeps types, and leaves unknown empty", () => {
    const columns = [column("who"), column("days", { type: "number" }), column("due", { type: "date" })];
    const shown = made(columns, [{ who: "a", days: 0, due: "2031-11-14" }, { who: "=1+1", days: null, due: "2031-11-14T08:30" }]);
    expect(shown.columns).toEqual([{ title: "who", type: "text" }, { title: "days", type: "number" }, { title: "due", type: "date" }]);
    expect(shown.rows).toEqual([["a", 0, "2031-11-14"], ["=1+1", null, "2031-11-14T08:30"]]);
  });
  it("writes a column as text when one value is of another type, and drops nothing", () => {
    const shown = made([column("days", { type: "number" }), column("due", { type: "date" })], [{ days: 3, due: "2031-11-14" }, { days: "many", due: "soon" }]);
    expect(shown.columns.map(({ type }) => type)).toEqual(["text", "text"]);
    expect(shown.rows).toEqual([["3", "2031-11-14"], ["many", "soon"]]);
  });
  it("takes several facts of one cell, each with the type that its values have", () => {
    const exports = [{ title: "n", value: (item: Item) => item["n"] ?? null }, { title: "state", value: () => "open" }, { title: "none", type: "number" as const, value: () => null }, { title: "empty", value: () => "" }];
    const shown = made([column("x", { exports })], [{ n: 4 }]);
    expect(shown.columns).toEqual([{ title: "n", type: "number" }, { title: "state", type: "text" }, { title: "none", type: "number" }, { title: "empty", type: "text" }]);
    expect(shown.rows).toEqual([[4, "open", null, null]]);
  });
  it("names filters as people see them, also of a column that is not shown", () => {
    expect(made([column("who", { title: "Who" })], [], [{ id: "who", value: "=a" }, { id: "gone", value: ">0" }, { id: "other", value: "?" }]).filters).toEqual(["Who: =a", "Hidden: >0", "other: ?"]);
  });
  it("writes yes and no as words and keeps no number that is none", () => {
    const shown = made([column("yes"), column("n", { type: "number" })], [{ yes: true, n: Number.NaN }]);
    expect(shown.rows).toEqual([["true", "NaN"]]);
  });
});
