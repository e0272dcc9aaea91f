import { describe, expect, it, vi } from "vitest";
import { takeToken } from "./token";

const at = (hash: string) => ({ hash, pathname: "/files", search: "?view=loads" }) as Location;

describe("the token in the address", () => {
  it("is taken and removed at once", () => {
    const replaceState = vi.fn();
    expect(takeToken(at("#token=a%2Bb"), { state: null, replaceState } as unknown as History)).toBe("a+b");
    expect(replaceState).toHaveBeenCalledWith(null, "", "/files?view=loads");
  });
  it("is none when there is none", () => {
    const replaceState = vi.fn();
    expect(takeToken(at("#other"), { state: null, replaceState } as unknown as History)).toBeNull();
    expect(replaceState).not.toHaveBeenCalled();
  });
});
