import { describe, expect, it } from "vitest";
import { readGrid, writeFilter, writeHide, writeSort } from "./grid";
import { parseSearch, readSearch, writeSearch } from "./search";

describe("the address", () => {
  it("carries time, view, filters and sort and brings them back", () => {
    const search = { as_of: "3", view: "subjects", sort: "-rows,study_id", filter: ["site_id:=Site 4", "note:a:b"], hide: "country" };
    expect(readSearch(parseSearch(writeSearch(search).slice(1)))).toEqual(search);
  });
  it("keeps a date text", () => expect(readSearch(parseSearch("as_of=2025-11-14"))).toEqual({ as_of: "2025-11-14" }));
  it("drops what it does not know", () => expect(readSearch(parseSearch("evil=1&filter=nocolon&view="))).toEqual({}));
});

describe("the state of a grid", () => {
  it("tells every column apart from the usual ones", () => expect([readGrid({ hide: writeHide([]) }).hide, readGrid({ hide: writeHide(null) }).hide, readGrid({ hide: writeHide(["a", "b"]) }).hide]).toEqual([[], null, ["a", "b"]]));
  it("is written and read back", () => {
    const state = { sort: [{ id: "rows", desc: true }, { id: "site_id", desc: false }], filter: [{ id: "note", value: "a:b" }], hide: ["country"] };
    expect(readGrid({ sort: writeSort(state.sort), filter: writeFilter(state.filter), hide: "country" })).toEqual(state);
  });
  it("is nothing when plain", () => expect([writeSort([]), writeFilter([]), readGrid({})]).toEqual([undefined, undefined, { sort: [], filter: [], hide: null }]));
});
