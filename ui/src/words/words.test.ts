import { describe, expect, it } from "vitest";
import { columnLetters, readRef, writeRef } from "./cells";
import { age, day, shortDay } from "./dates";
import { bytes, change, counted, number } from "./numbers";
import { REPORT_STATES, wordFor } from "./vocabulary";

describe("words on the screen", () => {
  it.each([
    ["2025-11-14", "14 Nov 2025"],
    ["2025-01-01T23:59:00Z", "1 Jan 2025"],
    ["not a date", "not a date"],
    ["2025-13-01", "2025-13-01"],
  ])("the date %j reads %j", (iso, read) => expect(day(iso)).toBe(read));
  it("shortens dates by the year", () => expect(shortDay("2025-11-14")).toBe("14 Nov"));
  it.each([
    [11_188, "11,188"],
    [0, "0"],
    [81.256, "81.26"],
  ])("the number %j reads %j", (value, read) => expect(number(value)).toBe(read));
  it("agrees nouns with counts", () => expect([counted(1, "row"), counted(0, "row"), counted(2, "study", "studies")]).toEqual(["1 row", "0 rows", "2 studies"]));
  it("says changes", () => expect([change(0), change(2), change(-3)]).toEqual(["no change", "+2, 2 more", "\u22123, 3 fewer"]));
  it("says sizes", () => expect([bytes(10), bytes(2048), bytes(20_480_000)]).toEqual(["10 B", "2.0 kB", "20 MB"]));
  it("says ages", () => expect([age(900), age(65_000), age(7_200_000), age(259_200_000)]).toEqual(["1 s", "1 min", "2 h", "3 d"]));
  it("shows a code it does not know as it came", () => expect(wordFor(REPORT_STATES, "half_read")).toEqual({ word: "half read", tone: "unknown", meaning: "" }));
});

describe("references", () => {
  it.each([
    [1, "A"],
    [26, "Z"],
    [27, "AA"],
    [702, "ZZ"],
    [703, "AAA"],
  ])("column %i is %s", (column, letters) => expect(columnLetters(column)).toBe(letters));
  it.each(["abcdefabcdef0123:2:B12", "abcdefabcdef0123:15:40313"])("%s is read and written back", (text) => expect(writeRef(readRef(text)!)).toBe(text));
  it.each(["", "Study 1", "abc:1:2", "abcdefabcdef0123:2:12B"])("%j is none", (text) => expect(readRef(text)).toBeNull());
});
