/** The list of subjects on fictional answers: full, empty, loading, failed; by mouse and by keyboard; and axe on each. */
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { violations } from "@/test/axe";
import { cleanAtInterim, cleanSubject, cleanSubjects, PATHS } from "@/test/measuredSubjects";
import { type Answers, type Asked, Fails, open, PENDING } from "@/test/open";

const AT = "/studies/Demo%201?view=clean";
const FULL: Answers = {
  [PATHS.subjects]: ({ search }: Asked) => (search.get("milestone") === "interim_analysis" ? cleanAtInterim : cleanSubjects),
  [PATHS.subject]: cleanSubject,
};

async function shown(address = AT, table: Answers = FULL) {
  const page = open(address, table);
  const grid = within(await screen.findByRole("grid", { name: /^Subjects of Demo 1/ }, { timeout: 5_000 }));
  return { ...page, grid, names: () => grid.getAllByRole("rowheader").map((cell) => cell.textContent) };
}

const quick = () => within(screen.getByRole("group", { name: "Quick filters" }));
const panel = () => within(screen.getByRole("region", { name: /what stands in its way/ }));
const evidence = () => within(screen.getByRole("complementary", { name: /^Evidence/ }));

describe("Subjects", () => {
  it("shows each criterion as a state with its word and its number, and unknown with its reason", async () => {
    const { container, grid } = await shown();
    expect(grid.getByRole("button", { name: "No outstanding query, Subject 2: fail, 3 items" })).toHaveTextContent("3");
    expect(grid.getByRole("button", { name: "No outstanding query, Subject 1: pass" })).toHaveTextContent("");
    expect(grid.getByRole("button", { name: "Every page signed, Subject 4: unknown: no report CPID EDC metrics" })).toBeInTheDocument();
    expect(grid.getByRole("button", { name: "Every page signed, Subject 3: not applicable: there is nothing it could be about" })).toBeInTheDocument();
    expect(within(screen.getByRole("group", { name: "What the cells say" })).getByText("not applicable")).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });

  it("says a range where something is unknown, at least where more may come, and an unknown age as unknown", async () => {
    const { grid } = await shown();
    expect(grid.getByRole("button", { name: "Progress, Subject 4: 20 to 60 %" })).toBeInTheDocument();
    expect(grid.getByRole("button", { name: "Progress, Subject 2: 80 %" })).toBeInTheDocument();
    expect(grid.getByRole("button", { name: "Steps from clean, Subject 4: at least 2" })).toHaveTextContent("≥ 2");
    expect(grid.getByRole("button", { name: /^Oldest item in the way, Subject 3: age unknown/ })).toHaveTextContent("?");
    expect(grid.queryByRole("button", { name: /^Oldest item in the way, Subject 1:/ })).not.toBeInTheDocument();
  });

  it("keeps the queue of those one step from clean in the address: urgent first, then old, then few items", async () => {
    const { history, names } = await shown();
    await userEvent.click(quick().getByRole("button", { name: "One step from clean 2" }));
    await waitFor(() => expect(names()).toEqual(["Subject 3", "Subject 2"]));
    expect(screen.getByText("2 of 6 subjects")).toBeInTheDocument();
    expect(history.location.search).toContain("sort=-urgency%2C-oldest%2Citems");
    await userEvent.click(quick().getByRole("button", { name: "All 6" }));
    await waitFor(() => expect(names()).toHaveLength(6));
  });

  it("filters by outcome, failing criterion, owner and status, and says of how many", async () => {
    const { names } = await shown();
    await userEvent.click(quick().getByRole("button", { name: "Unknown only 1" }));
    await waitFor(() => expect(names()).toEqual(["Subject 10"]));
    expect(screen.getByText("1 of 6 subjects")).toBeInTheDocument();
    await userEvent.click(quick().getByRole("button", { name: "Unknown only 1" }));
    await userEvent.selectOptions(quick().getByLabelText("Failing"), "No missing visit (2)");
    await waitFor(() => expect(names()).toEqual(["Subject 3", "Subject 4"]));
    await userEvent.selectOptions(quick().getByLabelText("Owner"), "CRA (2)");
    await waitFor(() => expect(names()).toEqual(["Subject 4"]));
    await userEvent.selectOptions(quick().getByLabelText("Failing"), "any criterion");
    await userEvent.selectOptions(quick().getByLabelText("Owner"), "anyone");
    await userEvent.selectOptions(quick().getByLabelText("Status"), "unknown (1)");
    await waitFor(() => expect(names()).toEqual(["Subject 4"]));
    await userEvent.selectOptions(quick().getByLabelText("Status"), "Screen Failure (1)");
    await waitFor(() => expect(names()).toEqual(["Subject 11"]));
  });

  it("asks again for another milestone and keeps it in the address", async () => {
    const { asked, history } = await shown();
    await userEvent.selectOptions(screen.getByLabelText("clean at"), "Interim analysis");
    expect(await screen.findByRole("grid", { name: "Subjects of Demo 1 at interim analysis" })).toBeInTheDocument();
    expect(history.location.search).toContain("milestone=interim_analysis");
    expect(asked.filter(({ path }) => path.endsWith("/clean/subjects")).map(({ search }) => search.get("milestone"))).toEqual(["database_lock", "interim_analysis"]);
    expect(screen.getByRole("button", { name: "Every page signed, Subject 4: unknown: no report CPID EDC metrics" })).toBeInTheDocument();
  });

  it("opens a cell to the rows behind it, and an unknown one to its reason", async () => {
    const { grid, asked } = await shown(AT, { ...FULL, "GET /studies/Demo 1/evidence/Q": [{ part: "rows", code: "open_queries", title: "Open queries", unit: "queries", total: 0, adds: 0, untold: 0, rows: [] }] });
    await userEvent.click(grid.getByRole("button", { name: /^No outstanding query, Subject 2/ }));
    expect(evidence().getByText("fail, 3 items")).toBeInTheDocument();
    await waitFor(() => expect(asked.find(({ path }) => path.endsWith("/evidence/Q"))?.search.toString()).toContain("level=subject&group=Subject+2"));
    await userEvent.click(grid.getByRole("button", { name: /^Every page signed, Subject 4/ }));
    expect(evidence().getByText("no report CPID EDC metrics")).toBeInTheDocument();
    await userEvent.click(grid.getByRole("button", { name: /^Progress, Subject 4/ }));
    expect(evidence().getByText("20 to 60 %")).toBeInTheDocument();
    expect(evidence().getByRole("button", { name: /^Every page signed.*unknown/ })).toBeInTheDocument();
  });

  it("says which file of exactly these lines is asked for", async () => {
    const { asked } = await shown(`${AT}&filter=owner%3A%3DCRA`, { ...FULL, "POST /exports": {} });
    await userEvent.click(screen.getByRole("button", { name: "XLSX" }));
    await waitFor(() => expect(asked.some(({ method }) => method === "POST")).toBe(true));
    const body = asked.find(({ method }) => method === "POST")?.body as { filters: string[]; demo: boolean; columns: { title: string; type: string }[]; rows: unknown[][] };
    expect(body.filters).toEqual(["Owner: =CRA"]);
    expect(body.demo).toBe(true);
    const column = (title: string) => body.columns.findIndex((one) => one.title === title);
    expect(body.columns[column("No outstanding query: items")]?.type).toBe("number");
    expect(body.rows.map((row) => [row[0], row[column("No outstanding query")], row[column("No outstanding query: items")], row[column("Every page signed: items")]])).toEqual([
      ["Subject 2", "fail", 3, 0],
      ["Subject 4", "fail", 1036, null],
    ]);
  });
});

describe("One subject", () => {
  it("opens by click beside the list, stands in the address, and closes with Escape", async () => {
    const { grid, history, container } = await shown();
    await userEvent.click(grid.getByRole("button", { name: "Subject 4" }));
    expect(await screen.findByText("3 rows in the way")).toBeInTheDocument();
    expect(history.location.search).toContain("subject=Subject+4");
    expect(grid.getByRole("button", { name: "Subject 4" })).toHaveAttribute("aria-current", "true");
    expect(panel().getByText(/at database lock: 2 criteria fail, 1 unknown/)).toBeInTheDocument();
    expect(panel().getByText("Unknown: no report CPID EDC metrics.")).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
    screen.getByRole("grid").focus();
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("region", { name: /what stands in its way/ })).not.toBeInTheDocument());
    expect(history.location.search).not.toContain("subject=");
    expect(screen.getByRole("grid")).toHaveFocus();
  });

  it("tells of every row what to do, who says whose it is, its age or that it is unknown, and the way to its cell", async () => {
    await shown(`${AT}&subject=Subject%204`);
    const rows = await waitFor(() => {
      const found = within(panel().getByRole("list", { name: "Rows in the way" })).getAllByRole("listitem");
      expect(found).toHaveLength(3);
      return found;
    });
    expect(rows[0]).toHaveTextContent("Answer the query.148 daysCRA says the workbook · No outstanding queryhighline 4");
    expect(rows[1]).toHaveTextContent(/age unknownSite\/CRA by default · No missing visitmediumline 5/);
    expect(rows[2]).toHaveTextContent(/1 dayData manager says the row/);
    expect(within(rows[1]!).getByRole("link")).toHaveAttribute("href", expect.stringContaining("/cells/"));
    await userEvent.selectOptions(panel().getByLabelText("for"), "Data manager (1)");
    await waitFor(() => expect(within(panel().getByRole("list", { name: "Rows in the way" })).getAllByRole("listitem")).toHaveLength(1));
  });

  it("opens with the keyboard alone, and walks on while it stays open", async () => {
    const { asked } = await shown();
    screen.getByRole("grid").focus();
    await userEvent.keyboard("jjj{Enter}");
    expect(await screen.findByRole("region", { name: "Subject 4: what stands in its way" })).toBeInTheDocument();
    await userEvent.keyboard("k{Enter}");
    expect(await screen.findByRole("region", { name: "Subject 3: what stands in its way" })).toBeInTheDocument();
    expect(asked.filter(({ path }) => path.endsWith("/clean/subject")).map(({ search }) => search.get("subject"))).toEqual(["Subject 4", "Subject 3"]);
  });

  it("says what failed and leaves the list standing", async () => {
    const { container } = await shown(`${AT}&subject=Subject%2099`, { ...FULL, [PATHS.subject]: new Fails(404, "Demo 1 has no subject Subject 99") });
    expect(await panel().findByText("Demo 1 has no subject Subject 99")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "No outstanding query, Subject 2: fail, 3 items" })).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });

  it("says that nothing stands in the way", async () => {
    const line = cleanSubjects.subjects[0]!;
    await shown(`${AT}&subject=Subject%201`, { ...FULL, [PATHS.subject]: { ...cleanSubject, line, criteria: cleanSubject.criteria.map((one) => ({ ...one, outcome: "pass", reason: null, items: 0, urgency: null })), blockers: [] } });
    expect(await panel().findByText("No row stands in the way")).toBeInTheDocument();
    expect(panel().getByText("clean")).toBeInTheDocument();
  });
});

describe("Subjects in the other states", () => {
  it("keeps the place while loading", async () => {
    const { container } = open(AT, { [PATHS.subjects]: PENDING });
    expect(await screen.findByText("Loading the subjects", {}, { timeout: 5_000 })).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });
  it("says what would fill an empty list", async () => {
    const { container } = open(AT, { [PATHS.subjects]: { ...cleanSubjects, subjects: [] } });
    expect(await screen.findByText("No subject is known", {}, { timeout: 5_000 })).toBeInTheDocument();
    expect(screen.getByText(/Loading its CPID report would list all of them/)).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });
  it("says what failed, and tries again", async () => {
    let broken = true;
    const { container } = open(AT, { [PATHS.subjects]: () => (broken ? new Fails(503, "The store does not agree.") : cleanSubjects), [PATHS.subject]: cleanSubject });
    expect(await screen.findByText("The store does not agree.", {}, { timeout: 5_000 })).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
    broken = false;
    await userEvent.click(screen.getByRole("button", { name: "Retry" }));
    expect(await screen.findByRole("grid", { name: /^Subjects of Demo 1/ })).toBeInTheDocument();
  });
});
