import { describe, expect, it } from "vitest";
import { PLAIN } from "@/view/grid";
import type { GridColumn } from "./columns";
import { csv, csvField, fileName } from "./csv";

interface Item {
  name: string | null;
  count: number | null;
}
const COLUMNS: GridColumn<Item>[] = [
  { id: "name", title: "Name", value: (item) => item.name },
  { id: "count", title: "Count", type: "number", value: (item) => item.count },
];

describe("a field of the export", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\tx", "'\tx"],
    ["\rx", `"'\rx"`],
    ["plain", "plain"],
    ["a=b", "a=b"],
    ['a "quoted", text', '"a ""quoted"", text"'],
    ["two\nlines", '"two\nlines"'],
    ['=cmd|"/c"', `"'=cmd|""/c"""`],
  ])("text %j is written %j", (text, written) => expect(csvField(text)).toBe(written));

  it("keeps numbers numbers, negative ones too", () => expect([csvField(-5), csvField(0), csvField(1.5)]).toEqual(["-5", "0", "1.5"]));
  it("leaves unknown empty, not zero", () => expect(csvField(null)).toBe(""));
});

describe("the export", () => {
  it("says its as-of and filter in every line", () => {
    const state = { ...PLAIN, filter: [{ id: "name", value: "a" }] };
    expect(csv(COLUMNS, [{ name: "a", count: null }, { name: "=b", count: 0 }], "14 Nov 2025 (snapshot 2)", state)).toBe(
      "\uFEFFName,Count,data as of,filter\r\na,,14 Nov 2025 (snapshot 2),name:a\r\n'=b,0,14 Nov 2025 (snapshot 2),name:a\r\n",
    );
  });
  it("writes every fact of a cell that holds several", () => {
    const columns: GridColumn<Item>[] = [{ id: "x", title: "X", value: (item) => item.count, exports: [{ title: "X: rows", value: (item) => item.count }, { title: "X: state", value: () => "missing" }] }];
    expect(csv(columns, [{ name: null, count: null }], "d", PLAIN)).toBe("\uFEFFX: rows,X: state,data as of,filter\r\n,missing,d,\r\n");
  });
  it("is named after what and when", () => expect(fileName("Files of Study 1", "14 Nov 2025", "csv")).toBe("files-of-study-1_as-of-14-nov-2025.csv"));
});
