import { describe, expect, it } from "vitest";
import { compare, matches } from "./columns";

describe("one filter field", () => {
  it.each([
    [12, "12", ">5", true],
    [12, "12", ">12", false],
    [12, "12", ">=12", true],
    [1200, "1,200", "<1,300", true],
    [12, "12", "=12", true],
    [112, "112", "=12", false],
    [112, "112", "12", true],
    ["Site 4", "Site 4", "site", true],
    ["Site 40", "Site 40", "=site 4", false],
    ["2025-11-14", "14 Nov 2025", "nov", true],
    ["2025-11-14", "14 Nov 2025", ">2025-11-01", true],
    [null, "", "?", true],
    [0, "0", "?", false],
    [null, "", "0", false],
    [null, "", ">0", false],
    ["not applicable", "not applicable", ">0", false],
    ["Site 4", "Site 4", ">Site 3", true],
    ["anything", "anything", "  ", true],
  ])("%j shown as %j, asked %j: %j", (value, shown, asked, expected) => expect(matches(value, shown, asked)).toBe(expected));
});

describe("the order of values", () => {
  it("counts as people do", () => expect(["Site 10", "Site 9", "site 1"].sort(compare)).toEqual(["site 1", "Site 9", "Site 10"]));
  it("sorts numbers by size", () => expect([10, 9, 100].sort(compare)).toEqual([9, 10, 100]));
});
