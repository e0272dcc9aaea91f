import { render, screen } from "@testing-library/react";
import { readdirSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { violations } from "@/test/axe";
import { Stand } from "./frame";
import { SHELVES } from "./shelves";

describe("every example of a shared part", () => {
  beforeEach(() => vi.spyOn(console, "error").mockImplementation(() => undefined));
  afterEach(() => vi.restoreAllMocks());
  for (const shelf of SHELVES) {
    for (const example of shelf.examples) {
      it(`${shelf.component}, ${example.name}: axe finds nothing`, async () => {
        const { container } = render(
          <Stand>
            <main data-testid="example">{example.show()}</main>
          </Stand>,
        );
        await screen.findByTestId("example");
        expect(container.textContent.trim() + (container.querySelector("[aria-label]")?.getAttribute("aria-label") ?? "")).not.toBe("");
        expect(await violations(container)).toEqual([]);
      });
    }
  }

  it("covers every part that draws something of its own", () => {
    const parts = [...readdirSync("src/components"), "Grid.tsx"].filter((name) => name.endsWith(".tsx") && !name.endsWith(".test.tsx")).map((name) => name.replace(".tsx", ""));
    const shown = new Set(SHELVES.map((shelf) => shelf.component).concat("Conditions"));
    // Icons stand inside every example; links and file columns are shown by the pages' own tests.
    const elsewhere = new Set(["Icon", "Link", "fileColumns"]);
    expect(parts.filter((part) => !shown.has(part) && !elsewhere.has(part))).toEqual([]);
  });
});
