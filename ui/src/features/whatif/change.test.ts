import { describe, expect, it } from "vitest";
import { isNothing, NOTHING, readChange, withEntry, writeChange } from "./change";

const FULL = {
  limits: { op01: { amber: 2.5, red: 3.5, accrual: null }, op09: { amber: 1, red: 2, accrual: 20 } },
  weights: { visits: 0.3 },
  caps: { deviations: 3 },
  gates: { own: ["V", "Q"], database_lock: ["S"] },
  targets: { ITT: 0.9 },
};

describe("a change in the address", () => {
  it("reads back as it was written", () => {
    expect(readChange(writeChange(FULL))).toEqual({ change: FULL, unread: [] });
    expect(readChange(writeChange(NOTHING))).toEqual({ change: NOTHING, unread: [] });
    expect(readChange(undefined).change).toEqual(NOTHING);
  });
  it("is written the same whatever was changed first", () => {
    const one = withEntry(withEntry(NOTHING, "caps", "b", 1), "caps", "a", 2);
    const other = withEntry(withEntry(NOTHING, "caps", "a", 2), "caps", "b", 1);
    expect(writeChange(one)).toBe(writeChange(other));
  });
  it("keeps a milestone without gates, for the server to refuse", () => {
    expect(readChange("g.own=").change.gates).toEqual({ own: [] });
  });
  it.each(["x.op01=1", "l.op01=1", "l.op01=1,2,3,4", "l.op01=a,b", "w.visits=", "w.visits=1,2", "c.=3", "nonsense", "t.ITT=Infinity"])("tells %s as unread and guesses nothing", (text) => {
    expect(readChange(`${text};t.PP=0.5`)).toEqual({ change: { ...NOTHING, targets: { PP: 0.5 } }, unread: [text] });
  });
  it("is nothing once its last entry is taken out", () => {
    const one = withEntry(NOTHING, "targets", "ITT", 0.5);
    expect(isNothing(one)).toBe(false);
    expect(isNothing(withEntry(one, "targets", "ITT", undefined))).toBe(true);
  });
});
