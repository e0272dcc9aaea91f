/** The law of every page: a cell that shows a number opens its evidence. A page or a tab that is added is asked as well, or says why not. */
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { moved, plan, saved } from "@/test/measuredWhatIf";
import { SITES } from "@/test/measuredSites";
import { deadNumbers, livingNumbers } from "@/test/numbers";
import { type Answers, open } from "@/test/open";
import type { makeRouter } from "./router";

vi.mock("@/components/chart/echarts", async () => (await import("@/test/drawing")).drawing);

const WHAT_IF: Answers = { "GET /studies/Demo 1/what-if": plan, "GET /studies/Demo 1/versions": saved, "POST /studies/Demo 1/what-if": moved };

interface Page {
  at: string;
  answers?: Answers;
}
/** Why a page has no number of its own. */
type Why = string;

const PAGES: Record<Exclude<keyof ReturnType<typeof makeRouter>["routesByPath"], "/studies/$studyId">, Page | Why> = {
  "/": { at: "/" },
  "/studies/$studyId/kris/$kri": { at: "/studies/Demo 1/kris/op01", answers: SITES },
  "/studies/$studyId/sites/$siteId": { at: "/studies/Demo 1/sites/Site 2", answers: SITES },
  "/definitions": "words, and the numbers of an example",
  "/files": { at: "/files" },
  "/files/$fileId": "the lines of a file are the source itself",
  "/cells/$cellRef": "the source itself, a sheet around its cells",
};

const TABS: Record<string, Answers | Why> = {
  Overview: {},
  Sites: SITES,
  Subjects: {},
  "What-if": WHAT_IF,
  Reports: {},
  Files: {},
  Findings: {},
  "Site list": {},
  "Subject list": {},
  Tables: "each cell is a cell of a source and opens to it",
};

/** Waits until cells with evidence are there and nothing more comes. */
async function settled(container: Element): Promise<void> {
  await waitFor(() => expect(livingNumbers(container)).toBeGreaterThan(0));
  await waitFor(() => expect(screen.queryByText(/^Loading /)).not.toBeInTheDocument());
}

describe("Every number of a cell opens its evidence", () => {
  it.each(Object.entries(PAGES).filter((one): one is [string, Page] => typeof one[1] !== "string"))("on %s", async (_, { at, answers }) => {
    const { container } = open(at, answers);
    await settled(container);
    expect(deadNumbers(container)).toEqual([]);
  });

  it.each(Object.entries(TABS).filter((one): one is [string, Answers] => typeof one[1] !== "string"))("on the tab %s of a study", async (tab, answers) => {
    const { container } = open("/studies/Demo 1", answers);
    await userEvent.click(await screen.findByRole("tab", { name: new RegExp(`^${tab}`) }));
    await settled(container);
    expect(deadNumbers(container)).toEqual([]);
  });

  it("on every tab that a study has", async () => {
    open("/studies/Demo 1");
    const tabs = await screen.findAllByRole("tab");
    expect(tabs.map((one) => one.textContent.replace(/[\d,]+$/, "").trim())).toEqual(Object.keys(TABS));
  });

  it("finds a number that opens nothing", () => {
    const { container } = render(
      <table aria-label="T">
        <tbody>
          <tr>
            <td>3</td>
            <td>
              <button type="button" data-evidence="">
                4
              </button>
            </td>
            <td data-plain="rank">5</td>
            <td>by 14 Nov 2025</td>
            <td>none</td>
          </tr>
        </tbody>
      </table>,
    );
    expect(deadNumbers(container)).toEqual(["T: 3"]);
    expect(livingNumbers(container)).toBe(1);
  });
});
