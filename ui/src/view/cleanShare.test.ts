import { describe, expect, it } from "vitest";
import { intervalNote, shareText } from "./cleanShare";

describe("the share of clean members", () => {
  it("is one figure where every member is known", () => {
    expect(shareText(0.286, [0.286, 0.286])).toBe("28.6 %");
    expect(intervalNote([0.206, 0.382], [0.286, 0.286])).toBe("95 % interval (Wilson): 20.6 to 38.2 %");
  });

  it("is a range where members are unknown, and so is its interval", () => {
    expect(shareText(0, [0, 0.766])).toBe("0 to 76.6 %");
    expect(intervalNote([0, 0.788], [0, 0.766])).toBe("95 % interval (Wilson, from none of the unknown clean to all of them clean): 0 to 78.8 %");
  });

  it("is without an interval when nobody is a member", () => {
    expect(intervalNote(null, null)).toBeUndefined();
  });
});
