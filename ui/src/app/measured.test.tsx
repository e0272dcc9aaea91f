/** The pages of what is measured, on fictional answers: full, empty, loading, failed, unknown; with keys, and axe on each. */
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { FILE, study } from "@/test/answers";
import { violations } from "@/test/axe";
import { changes, clean, forecast, incomputable, nobody, silent, studyMeasures, unchanged } from "@/test/measured";
import { Fails, open, PENDING } from "@/test/open";

const STUDY = "/studies/Demo%201";
const panel = async (name: string | RegExp) => within(await screen.findByRole("region", { name }));
const evidence = () => within(screen.getByRole("complementary", { name: /^Evidence/ }));

describe("Overview", () => {
  it("is what a study opens on, and axe accepts it", async () => {
    const { container } = open(STUDY);
    expect(await screen.findByRole("tab", { name: "Overview" })).toHaveAttribute("aria-selected", "true");
    expect(await screen.findByRole("region", { name: "Ready for database lock?" })).toBeInTheDocument();
    await screen.findByRole("region", { name: "When will it be clean?" });
    expect(await violations(container)).toEqual([]);
  });
  it("says of each population whether it is ready, and why, and unknown where nobody can", async () => {
    open(STUDY);
    const ready = await panel("Ready for database lock?");
    const itt = within((await ready.findByText("Intention to treat")).closest("tr")!);
    expect(itt.getByText("not ready")).toBeInTheDocument();
    expect(itt.getByText("target 80 %")).toBeInTheDocument();
    expect(itt.getByText("33.3 % (6.2 to 79.2 %)")).toBeInTheDocument();
    const safety = within(ready.getByText("Safety").closest("tr")!);
    expect(safety.getByText("unknown")).toBeInTheDocument();
    expect(safety.getByText(/may be members whom nobody names/)).toBeInTheDocument();
  });
  it("opens the members of a population, those who are clean and those who perhaps are members, to these subjects and each to its rows", async () => {
    const { asked } = open(STUDY);
    const ready = await panel("Ready for database lock?");
    const opened = async (name: RegExp) => {
      await userEvent.click(await ready.findByRole("button", { name }));
      await evidence().findByRole("status");
      return evidence().getAllByRole("link", { name: /^Subject/ }).map((link) => link.textContent);
    };
    expect(await opened(/^Clean members: Intention to treat, .*: 1/)).toEqual(["Subject 11"]);
    expect(await opened(/^Members: Intention to treat, .*: 3/)).toEqual(["Subject 7", "Subject 10", "Subject 11"]);
    expect(await opened(/^Subjects who are perhaps members: Safety, .*: 4/)).toHaveLength(4);
    expect(await opened(/^Subjects who are perhaps members: Intention to treat, .*: 1/)).toEqual(["Subject 12"]);
    expect(evidence().getByRole("button", { name: /^No outstanding query, Demo 1, Subject 12: unknown: no report CPID EDC metrics/ })).toHaveClass("hatched");
    await opened(/^Members: Intention to treat/);
    await userEvent.click(evidence().getByRole("button", { name: "No outstanding query, Demo 1, Site 9, Subject 7: 6 items" }));
    expect(await evidence().findByRole("link", { name: "line 3" })).toBeInTheDocument();
    const { path, search } = asked.at(-1)!;
    expect([path, search.get("level"), search.get("group")]).toEqual(["/studies/Demo 1/evidence/Q", "subject", "Subject 7"]);
  });
  it("tells each status apart, and a status in which all is unknown has no share", async () => {
    open(STUDY);
    const standing = await panel("Clean subjects by status");
    expect(await standing.findByRole("button", { name: /^Clean, strict, Demo 1, Database lock, On Trial: 33\.3 %/ })).toBeInTheDocument();
    expect(standing.getByRole("button", { name: /^Clean on what was submitted, Demo 1, Database lock, On Trial: 66\.7 %/ })).toBeInTheDocument();
    expect(standing.getByRole("button", { name: /^Clean, strict, Demo 1, Database lock, status unknown: unknown: Each of them is unknown/ })).toHaveClass("hatched");
  });
  it("opens a count of subjects to those subjects, with what stands in their way", async () => {
    open(STUDY);
    const standing = await panel("Clean subjects by status");
    await userEvent.click(await standing.findByRole("button", { name: /^Clean, strict, Demo 1, Database lock, On Trial/ }));
    await userEvent.click(evidence().getByRole("button", { name: "Not clean" }));
    expect(await evidence().findByRole("status")).toHaveTextContent("2 subjects");
    expect(evidence().getByRole("link", { name: "Subject 7" })).toHaveAttribute("href", expect.stringContaining("subject=Subject+7"));
    expect(evidence().queryByText("Subject 11")).not.toBeInTheDocument();
    expect(evidence().getAllByText(/No outstanding query/)).toHaveLength(2);
  });
  it("opens a failing criterion to its subjects and to its rows, and an unknown one to its reason", async () => {
    open(STUDY);
    const criteria = await panel("Subjects by criterion");
    await userEvent.click(await criteria.findByRole("button", { name: /^No outstanding query: fail, .*: 2 subjects/ }));
    expect(await evidence().findByRole("status")).toHaveTextContent("2 subjects");
    await userEvent.click(evidence().getByRole("button", { name: "Rows" }));
    expect(await evidence().findByRole("link", { name: "line 3" })).toHaveAttribute("href", expect.stringContaining(FILE));
    await userEvent.click(criteria.getByRole("button", { name: /^No outstanding query: unknown, .*: 1 subject/ }));
    expect(evidence().getByText("no report CPID EDC metrics")).toBeInTheDocument();
    expect(criteria.getByText("Only shown at this milestone")).toBeInTheDocument();
  });
  it("says who must act, how old it is, and opens by key to what waits", async () => {
    open(STUDY);
    const act = await panel("Who must act");
    const owner = await act.findByRole("button", { name: /Site\/CRA/, expanded: false });
    owner.focus();
    await userEvent.keyboard("{Enter}");
    const query = within(act.getByText("No outstanding query").closest("tr")!);
    expect(query.getByRole("button", { name: /over 90 days: 2 items/ })).toBeInTheDocument();
    await userEvent.click(act.getByRole("button", { name: /^Freed by Site\/CRA/ }));
    expect(await evidence().findByRole("status")).toHaveTextContent("1 subject");
    expect(evidence().getByRole("link", { name: "Subject 7" })).toBeInTheDocument();
  });
  it("opens what waits, of an owner and an age, to exactly these rows", async () => {
    const { asked } = open(STUDY);
    const act = await panel("Who must act");
    await userEvent.click(await act.findByRole("button", { name: /: waits for Site\/CRA, .*over 90 days: 2 items/ }));
    expect(await evidence().findByText("2 rows, 6 items")).toBeInTheDocument();
    const row = evidence().getByRole("link", { name: "line 4" }).parentElement!;
    expect(row).toHaveTextContent("Subject 10, site unknown, age unknown, stands for 5 items");
    const told = asked.filter(({ path }) => path.endsWith("clean/work/rows")).at(-1)!.search;
    expect([...told].filter(([name]) => name !== "as_of")).toEqual([["milestone", "database_lock"], ["owner", "Site/CRA"], ["criterion", "Q"], ["age", "over 90 days"], ["owner_source", "workbook"], ["limit", "1000"]]);
    await userEvent.click(act.getByRole("button", { name: /^Waits for DM/ }));
    await evidence().findByText("2 rows, 6 items");
    expect(asked.at(-1)!.search.get("owner")).toBe("DM");
  });
  it("takes the index down from 100 step by step, each to its rows", async () => {
    const { asked } = open(STUDY);
    const quality = await panel("Data Quality Index");
    expect(await quality.findByText("red")).toBeInTheDocument();
    expect(quality.getByText("the interval reaches another band")).toBeInTheDocument();
    expect(quality.getByText(/Never above 74\.9/).closest("p")).toHaveTextContent("open for more than 30 days");
    expect(quality.getByRole("button", { name: /^Ceiling, Demo 1: 13\.6/ })).toBeInTheDocument();
    await userEvent.click(quality.getByRole("button", { name: /^Open among outstanding queries, Demo 1: 7\.5/ }));
    expect(await evidence().findByText("2 rows, 8 queries")).toBeInTheDocument();
    expect(asked.some((one) => one.path === "/studies/Demo 1/evidence/dqi_default.open_queries")).toBe(true);
  });
  it("says what is missing when the index is not computable, and where it lies", async () => {
    open(STUDY, { "GET /studies/Demo 1/quality/waterfall": incomputable });
    const quality = await panel("Data Quality Index");
    expect(await quality.findByText("lies between 62.5 and 74.9")).toBeInTheDocument();
    expect(quality.getByText("no report CPID EDC metrics").closest("li")).toHaveTextContent("Deviations, confirmed and proposed");
    expect(quality.getAllByRole("button", { name: /^Data Quality Index, Demo 1: .*unknown: Not computable/ })[0]).toHaveTextContent("not computable");
    expect(quality.getByRole("button", { name: /^Deviations, confirmed and proposed, Demo 1: unknown/ })).toHaveClass("hatched");
  });
  it("says what changed since the snapshot before", async () => {
    open(STUDY);
    const since = await panel("Changed since the last snapshot");
    expect(await since.findByText(/^Since/)).toHaveTextContent("Since 7 Nov 2025 (snapshot 1): 1 newly clean");
    const worse = within(since.getByText("worse").closest("tr")!);
    expect(worse.getByText("red, high")).toBeInTheDocument();
    expect(worse.getByTitle("Flags of the snapshots, oldest first: 0, 0, 1, 2")).toBeInTheDocument();
    expect(since.getByText(/^cleared/)).toHaveTextContent("better");
    expect(since.getByText("3 fewer (better)")).toBeInTheDocument();
    expect(since.getByText(/not known: no report CPID EDC metrics/)).toBeInTheDocument();
    await userEvent.click(since.getByRole("button", { name: /^Newly clean/ }));
    expect(await evidence().findByRole("link", { name: "Subject 11" })).toBeInTheDocument();
  });
  it("says that nothing can be compared with one snapshot, and that no forecast can be made", async () => {
    open(STUDY, { "GET /studies/Demo 1/changes": unchanged, "GET /studies/Demo 1/forecast": silent });
    expect(await screen.findByText("Not known: no earlier snapshot")).toBeInTheDocument();
    const outlook = await panel("When will it be clean?");
    expect(await outlook.findByText("Nobody can say yet")).toBeInTheDocument();
    expect(outlook.getByText("no report CPID EDC metrics").closest("li")).toHaveTextContent("outstanding queries");
  });
  it("says when it will be clean in both ways, and whose work gains days", async () => {
    open(STUDY);
    const outlook = await panel("When will it be clean?");
    const target = within((await outlook.findByText("80 %")).closest("tr")!);
    expect(target.getByText("not within two years")).toBeInTheDocument();
    expect(target.getByText(/2 Mar 2026/).closest("td")).toHaveTextContent("2 Mar 2026 (20 Jan 2026 to beyond two years)");
    const gains = within(outlook.getByRole("link", { name: "Site 9" }).closest("tr")!);
    expect(gains.getByText("10 days")).toBeInTheDocument();
    await userEvent.click(outlook.getByRole("button", { name: "Table" }));
    expect(within(outlook.getByRole("region", { name: /Table$/ })).getByText("2.6")).toBeInTheDocument();
  });
  it("opens a day that is reached, and days gained, to what they were computed from and to the rows that are open now", async () => {
    const { asked } = open(STUDY);
    const outlook = await panel("When will it be clean?");
    await userEvent.click(await outlook.findByRole("button", { name: /^80 % clean: if nothing new came, .*: 2 Mar 2026/ }));
    expect(evidence().getByText("10 % likely: 20 Jan 2026. 90 % likely: not within two years. Computed from 2 snapshots, 7 Nov 2025 to 14 Nov 2025.")).toBeInTheDocument();
    expect(evidence().getByText("Missing visits: 2 came, 5 were solved, 40 % a week")).toBeInTheDocument();
    for (const name of [/^All clean, Site 9 solved, .*: 20 Feb 2026/, /^Subjects cleaned by Site 9, .*: 0\.9/, /^Days gained by Site 9, .*: 10 days/]) {
      await userEvent.click(outlook.getByRole("button", { name }));
      expect(evidence().getByText("Missing visits: 0.5 come and 30 % are solved a week")).toBeInTheDocument();
    }
    await userEvent.click(evidence().getByRole("button", { name: /^Missing visits at Site 9/ }));
    expect(await evidence().findByRole("link", { name: "line 3" })).toBeInTheDocument();
    const { path, search } = asked.at(-1)!;
    expect([path, search.get("level"), search.get("group")]).toEqual(["/studies/Demo 1/evidence/V", "site", "Site 9"]);
  });
  it("keeps the milestone in the address and asks for it", async () => {
    const { asked, history } = open(STUDY);
    await screen.findByRole("option", { name: "Interim analysis" });
    await userEvent.selectOptions(screen.getByLabelText("Milestone"), "Interim analysis");
    await waitFor(() => expect(history.location.search).toBe("?milestone=interim_analysis"));
    await waitFor(() => expect(asked.filter((one) => one.path.endsWith("/clean")).map((one) => one.search.get("milestone"))).toEqual(["database_lock", "interim_analysis"]));
    await userEvent.click(screen.getByRole("tab", { name: "Subjects" }));
    await waitFor(() => expect(history.location.search).toContain("milestone=interim_analysis"));
  });
  it("leads to the receipts that need attention", async () => {
    open(STUDY, { "GET /studies/Demo 1": { ...study, refused: 1 } });
    const receipts = within(await screen.findByRole("group", { name: "Receipts" }));
    expect(receipts.getByRole("link")).toHaveTextContent("1 file refused, 1 file or sheet quarantined, 2 lines rejected");
    expect(receipts.getByRole("link")).toHaveAttribute("href", expect.stringContaining("view=reports"));
  });
  it("loads each part on its own", async () => {
    const { container } = open(STUDY, { "GET /studies/Demo 1/clean": PENDING, "GET /studies/Demo 1/forecast": PENDING });
    expect(await screen.findByText("Loading readiness")).toBeInTheDocument();
    expect(screen.getByText("Loading the forecast")).toBeInTheDocument();
    expect(await screen.findByText("the interval reaches another band")).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });
  it("fails in one part, says so once, and recovers", async () => {
    let broken = true;
    const { container } = open(STUDY, { "GET /studies/Demo 1/clean": () => (broken ? new Fails(503, "The table is locked.") : clean) });
    expect(await screen.findByRole("alert")).toHaveTextContent("The table is locked.");
    expect(await screen.findByText("the interval reaches another band")).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
    broken = false;
    await userEvent.click(screen.getByRole("button", { name: "Retry" }));
    expect(await screen.findByText("Intention to treat")).toBeInTheDocument();
  });
  it("says that no subject is known", async () => {
    const { container } = open(STUDY, { "GET /studies/Demo 1/clean": nobody, "GET /studies/Demo 1/forecast": { ...forecast, sites: [] }, "GET /studies/Demo 1/changes": { ...changes, flags: [] } });
    expect(await screen.findByText("No subject is known")).toBeInTheDocument();
    expect(await screen.findByText("none is new and none was cleared")).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });
});

describe("Definitions", () => {
  it("lists everything by kind, and axe accepts it", async () => {
    const { container } = open("/definitions");
    const list = within(await screen.findByRole("navigation", { name: "Definitions" }));
    expect(list.getAllByRole("heading").map((one) => one.textContent)).toEqual(["Criteria of clean 1", "Key risk indicators 1", "Counts 1", "Cannot be computed 1"]);
    expect(screen.getByRole("link", { name: "Definitions" })).toHaveAttribute("aria-current", "page");
    expect(await violations(container)).toEqual([]);
  });
  it("opens one by the address, and from it what it is made of", async () => {
    const { history } = open("/definitions?code=op01");
    const shown = within(await screen.findByRole("region", { name: "Definition" }));
    expect(shown.getByRole("heading", { name: "Query rate" })).toBeInTheDocument();
    expect(shown.getByText("outstanding queries / pages entered")).toBeInTheDocument();
    expect(shown.getByText("Closed queries are in no export.")).toBeInTheDocument();
    await userEvent.click(shown.getByRole("button", { name: "Open queries" }));
    await waitFor(() => expect(history.location.search).toBe("?code=open_queries"));
    expect(shown.getByRole("heading", { name: "Open queries" })).toBeInTheDocument();
  });
  it("finds by words and walks by key", async () => {
    const { history } = open("/definitions");
    const field = await screen.findByRole("searchbox", { name: "Search the definitions" });
    await userEvent.type(field, "query");
    expect(screen.getByText("4 definitions")).toBeInTheDocument();
    await userEvent.type(field, " velocity");
    expect(screen.getByText("1 definition")).toBeInTheDocument();
    expect(screen.getByText("Two snapshots of different days.")).toBeInTheDocument();
    await userEvent.keyboard("{Escape}");
    await userEvent.keyboard("{ArrowDown}");
    await waitFor(() => expect(history.location.search).toBe("?code=op01"));
    await userEvent.type(field, "nothing like it");
    expect(screen.getByText("Nothing of this name")).toBeInTheDocument();
  });
  it("narrows to one kind, in the address", async () => {
    const { history } = open("/definitions");
    await userEvent.click(await screen.findByRole("button", { name: "cannot be computed 1" }));
    await waitFor(() => expect(history.location.search).toBe("?view=gap"));
    expect(screen.queryByRole("button", { name: /^Open queries/ })).not.toBeInTheDocument();
  });
  it("says that nothing has such a code", async () => {
    open("/definitions?code=op99");
    expect(await screen.findByText("Nothing is called op99")).toBeInTheDocument();
  });
  it("loads and fails in words", async () => {
    let broken = true;
    const { container } = open("/definitions", { "GET /definitions": () => (broken ? new Fails(503, "The list is locked.") : { definitions: [], gaps: [] }) });
    expect(await screen.findByRole("alert")).toHaveTextContent("The list is locked.");
    expect(await violations(container)).toEqual([]);
    broken = false;
    await userEvent.click(screen.getByRole("button", { name: "Retry" }));
    expect(await screen.findByText("0 definitions")).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });
  it("keeps its layout while loading", async () => {
    open("/definitions", { "GET /definitions": PENDING });
    expect(await screen.findByText("Loading the definitions")).toBeInTheDocument();
  });
  it("is reached from the palette, page and single meanings", async () => {
    const { history } = open("/");
    await screen.findByRole("link", { name: "Demo 1" });
    await userEvent.keyboard("/");
    await userEvent.type(await screen.findByRole("combobox", { name: /Jump to/ }), "query rate");
    await userEvent.click(await screen.findByRole("option", { name: /Query rate/ }));
    await waitFor(() => expect(history.location.href).toBe("/definitions?code=op01"));
  });
});

describe("Portfolio, measured", () => {
  const grid = async () => within(await screen.findByRole("grid", { name: "Studies by report" }));

  it("shows clean with its unknown share, quality with its interval, flags and critical items", async () => {
    open("/");
    const line = await grid();
    expect(await line.findByRole("button", { name: /^Clean, strict, Demo 1, Database lock, all statuses: 25 %/ })).toBeInTheDocument();
    const unknown = line.getByRole("button", { name: /^Subjects of whom it is unknown, Demo 1, Database lock: 25 %/ });
    expect(unknown.parentElement).toHaveTextContent("? 25 %");
    await userEvent.click(unknown);
    expect(evidence().getByText(/^1 subject of 4:/)).toBeInTheDocument();
    expect((await evidence().findAllByRole("link", { name: /^Subject/ })).map((link) => link.textContent)).toEqual(["Subject 12"]);
    expect(line.getByRole("button", { name: /^Data Quality Index, Demo 1: 74\.9/ }).closest("[role=gridcell]")).toHaveTextContent("red74.972.1 to 76.2");
    expect(line.getByRole("button", { name: /^Sites flagged, Demo 1: 1/ })).toBeInTheDocument();
    expect(line.getByRole("button", { name: /^Open critical items, Demo 1, Database lock: 2 items/ })).toBeInTheDocument();
  });
  it("opens quality to its indicators and their rows, flags to their sites, critical items to their rows and subjects", async () => {
    open("/");
    const line = await grid();
    await userEvent.click(await line.findByRole("button", { name: /^Data Quality Index, Demo 1/ }));
    await userEvent.click(await evidence().findByRole("button", { name: /^Open among outstanding queries/ }));
    expect(await evidence().findByRole("link", { name: "line 3" })).toBeInTheDocument();
    await userEvent.click(line.getByRole("button", { name: /^Sites flagged, Demo 1/ }));
    expect(await evidence().findByRole("link", { name: "Site 9" })).toBeInTheDocument();
    expect(evidence().queryByRole("link", { name: "Site 10" })).not.toBeInTheDocument();
    await userEvent.click(line.getByRole("button", { name: /^Open critical items, Demo 1/ }));
    expect(await evidence().findByRole("link", { name: "line 4" })).toBeInTheDocument();
    await userEvent.click(evidence().getByRole("button", { name: "Subjects" }));
    expect(await evidence().findByRole("link", { name: "Subject 10" })).toBeInTheDocument();
    await userEvent.click(line.getByRole("button", { name: /^Clean, strict, Demo 1/ }));
    await userEvent.click(evidence().getByRole("button", { name: /^Clean subjects/ }));
    expect(await evidence().findByRole("link", { name: "Subject 11" })).toBeInTheDocument();
    expect(await violations(screen.getByRole("complementary", { name: /^Evidence/ }))).toEqual([]);
  });
  it("shows the reports while the measures are on their way", async () => {
    const { container } = open("/", { "GET /portfolio/measures": PENDING });
    const line = await grid();
    expect(line.getByRole("button", { name: /^Rows of Missing pages, Demo 1: 4/ })).toBeInTheDocument();
    expect(line.getAllByText("loading")).toHaveLength(4);
    expect(await violations(container)).toEqual([]);
  });
  it("keeps working when the measures fail, says so, and recovers", async () => {
    let broken = true;
    const { container } = open("/", { "GET /portfolio/measures": () => (broken ? new Fails(503, "The index is locked.") : studyMeasures) });
    expect(await screen.findByRole("alert")).toHaveTextContent("The index is locked.");
    const line = await grid();
    expect(line.getAllByText("not loaded")).toHaveLength(4);
    expect(line.getByRole("link", { name: "Demo 1" })).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
    broken = false;
    await userEvent.click(screen.getByRole("button", { name: "Retry" }));
    expect(await line.findByRole("button", { name: /^Open critical items/ })).toBeInTheDocument();
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
  });
  it("does not turn what is not computable into a number", async () => {
    open("/", { "GET /portfolio/measures": [{ ...studyMeasures[0]!, quality: incomputable.value, standing: { ...studyMeasures[0]!.standing, share: null, interval: null } }] });
    const line = await grid();
    expect(await line.findByRole("button", { name: /^Data Quality Index, Demo 1: unknown: Not computable/ })).toHaveClass("hatched");
    expect(line.getByRole("button", { name: /^Clean, strict, Demo 1, Database lock, all statuses: unknown/ })).toHaveTextContent("?");
  });
});
