/** Each page on the fictional answers: full, empty, loading, failed, unknown; and axe on each. */
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cellView, FILE, nothing, page, portfolio, quarantinedSheet, snapshots, study } from "@/test/answers";
import { violations } from "@/test/axe";
import { type Answers, type Asked, Fails, open, PENDING } from "@/test/open";

const main = async () => within(await screen.findByRole("main"));
const evidence = () => within(screen.getByRole("complementary", { name: /^Evidence/ }));

describe("the way in", () => {
  it("asks for the token when nobody is signed in", async () => {
    const { container } = open("/", { "GET /session": new Fails(401, "Nobody is signed in.") });
    expect(await screen.findByLabelText(/One-time token/)).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
    expect(screen.getByText(/not for treatment decisions/)).toBeInTheDocument();
  });
  it("signs in with the token of the link, then opens the page", async () => {
    const { asked } = open("/", { "POST /session": { signed_in: true } }, "secret");
    expect(await screen.findByRole("heading", { name: "Portfolio" })).toBeInTheDocument();
    expect(asked.find((one) => one.method === "POST")).toMatchObject({ path: "/session", body: { token: "secret" } });
  });
  it("says in the server's words why a token is not taken, and keeps asking", async () => {
    open("/", { "POST /session": new Fails(401, "The token was used before."), "GET /session": new Fails(401, "Nobody is signed in.") }, "old");
    expect(await screen.findByText(/The token was used before\. Run ncdm doctor\./)).toBeInTheDocument();
    await userEvent.type(screen.getByLabelText(/One-time token/), " again ");
    expect(screen.getByRole("button", { name: "Sign in" })).toBeEnabled();
  });
  it("comes back to the sign-in when the session ends while working", async () => {
    open("/studies/Demo%201", { "GET /studies/Demo 1": new Fails(401, "The session is over.") });
    expect(await screen.findByLabelText(/One-time token/)).toBeInTheDocument();
  });
  it("says that the server is silent, and retries", async () => {
    let silent = true;
    open("/", { "GET /session": () => (silent ? new TypeError("failed to fetch") : { signed_in: true, version: "1", intended_use: "u" }) });
    expect(await screen.findByText("The server does not answer.")).toBeInTheDocument();
    silent = false;
    await userEvent.click(screen.getByRole("button", { name: "Retry" }));
    expect(await screen.findByRole("heading", { name: "Portfolio" })).toBeInTheDocument();
  });
});

describe("Portfolio", () => {
  it("shows studies by report, and what is missing, empty, quarantined and rejected", async () => {
    const { container } = open("/");
    expect(await screen.findByRole("link", { name: "Demo 1" })).toBeInTheDocument();
    const grid = within(screen.getByRole("grid", { name: "Studies by report" }));
    expect(grid.getByRole("button", { name: /CPID EDC metrics, Demo 1: missing, unknown/ })).toHaveTextContent("missing");
    expect(grid.getByRole("button", { name: /Missing lab names and ranges, Demo 1: 0, as of 14 Nov 2025/ })).toHaveTextContent("0");
    expect(grid.getByRole("button", { name: /EDRR open issues, Demo 1: unknown/ })).toHaveTextContent("unknown");
    expect(grid.getByText("quarantined")).toBeInTheDocument();
    expect(grid.getByRole("button", { name: /^Rejected lines of Missing pages, Demo 1: 2/ })).toBeInTheDocument();
    expect(grid.getByRole("button", { name: /^Subjects, Demo 1: at least 9/ })).toBeInTheDocument();
    expect(screen.getByText(/Do not act on it/)).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });
  it("adds up at least what is known when one study knows nothing, and marks what is not the newest", async () => {
    const [line] = portfolio.studies;
    const dark = { ...line!, study_id: "Demo 2", subjects: null, sites: null, countries: null, lower_bound: false };
    const stale = { ...line!, lower_bound: false, reports: line!.reports.map((report) => (report.kind === "missing_pages" ? { ...report, note: "not in the latest delivery" } : report)) };
    const { container } = open("/", { "GET /portfolio": { ...portfolio, studies: [stale, dark] } });
    const grid = within(await screen.findByRole("grid", { name: "Studies by report" }));
    expect(screen.getByRole("button", { name: /^Subjects, all studies: at least 9/ })).toHaveTextContent("\u2265 9");
    expect(grid.getByRole("button", { name: /^Subjects, Demo 2: unknown/ })).toHaveClass("hatched");
    expect(grid.getByText("older").closest("[title]")).toHaveAttribute("title", "not in the latest delivery");
    expect(await violations(container)).toEqual([]);
  });
  it("asks at the snapshot that is shown, never at a moving latest", async () => {
    const { asked } = open("/");
    await screen.findByRole("link", { name: "Demo 1" });
    expect(asked.filter((one) => one.path === "/portfolio").map((one) => one.search.get("as_of"))).toEqual(["2"]);
  });
  it("says what would fill it when nothing is loaded", async () => {
    const { container } = open("/", { "GET /snapshots": page([]), "GET /portfolio": nothing });
    expect(await screen.findByText("Nothing is loaded yet")).toBeInTheDocument();
    expect(screen.queryByText(/Do not act on it/)).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Go to Data and upload" }));
    expect(await screen.findByRole("heading", { name: "Data" })).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });
  it("keeps its layout while loading", async () => {
    open("/", { "GET /portfolio": PENDING });
    expect(await screen.findByText("Loading the portfolio")).toBeInTheDocument();
  });
  it("says what failed and recovers", async () => {
    let broken = true;
    open("/", { "GET /portfolio": () => (broken ? new Fails(503, "The disk disagrees.") : portfolio) });
    expect(await screen.findByRole("alert")).toHaveTextContent("The disk disagrees.");
    expect(screen.getByRole("alert")).toHaveTextContent("What still works");
    broken = false;
    await userEvent.click(screen.getByRole("button", { name: "Retry" }));
    expect(await screen.findByRole("link", { name: "Demo 1" })).toBeInTheDocument();
  });
});

describe("Study", () => {
  it("shows its reports, with unknown sums as unknown", async () => {
    const { container } = open("/studies/Demo%201?view=reports");
    expect(await screen.findByRole("heading", { name: /Demo 1/ })).toBeInTheDocument();
    const table = within(await screen.findByRole("table"));
    expect(await table.findByRole("button", { name: /Rows of Missing pages, Demo 1: 4, as of 14 Nov 2025 \(assumed\)/ })).toBeInTheDocument();
    expect(table.getByRole("button", { name: /^Days missing, .*: unknown: The column is empty/ })).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });
  it("opens a headline count to exactly the rows of its sheet, and a sum to the rows of its table", async () => {
    const { asked } = open("/studies/Demo%201?view=reports");
    await userEvent.click(await screen.findByRole("button", { name: /^Rows, Demo 1, Missing pages: 4/ }));
    expect(await evidence().findByText("4 rows")).toBeInTheDocument();
    const filters = () => asked.filter((one) => one.path.endsWith("/rows/missing_page")).map((one) => one.search.getAll("filter"));
    expect(filters()).toEqual([["contract:missing_pages"]]);
    await userEvent.click(screen.getByRole("button", { name: /^Days missing, Demo 1, Missing pages: unknown/ }));
    expect(evidence().getByText(/The column Days missing added up over the rows of Missing pages/)).toBeInTheDocument();
  });
  it("marks a report whose rows are not the newest, and says why", async () => {
    const reports = study.reports.map((report) => (report.kind === "missing_pages" ? { ...report, note: "older: the newest file was refused" } : report));
    open("/studies/Demo%201?view=reports", { "GET /studies/Demo 1": { ...study, reports } });
    const table = within(await screen.findByRole("table"));
    expect((await table.findByText("older")).closest("[title]")).toHaveAttribute("title", "older: the newest file was refused");
    await userEvent.click(table.getByRole("button", { name: /^Rows of Missing pages, Demo 1: 4, .*assumed/ }));
    expect(evidence().getByText("older: the newest file was refused")).toBeInTheDocument();
  });
  it("does not know the subjects of a study of which nothing could be read", async () => {
    open("/studies/Demo%201?view=sites", { "GET /studies/Demo 1": { ...study, subjects: null, sites: null, countries: null } });
    expect(await screen.findByText("The sites are unknown")).toBeInTheDocument();
    for (const what of ["Subjects", "Sites", "Countries"]) {
      const figure = screen.getByRole("button", { name: new RegExp(`^${what}, Demo 1: unknown: Nothing readable`) });
      expect(figure).toHaveTextContent("unknown");
      expect(figure).toHaveClass("hatched");
    }
  });
  it.each([
    ["files", "Files of Demo 1"],
    ["findings", "Findings of Demo 1"],
    ["sites", "Sites of Demo 1"],
    ["subjects", "Subjects of Demo 1"],
    ["rows", "Demo 1 Missing pages"],
  ])("its part %s is a grid that axe accepts", async (view, name) => {
    const { container } = open(`/studies/Demo%201?view=${view}`);
    expect(await screen.findByRole("grid", { name })).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });
  it("shows unknown cells of a row as unknown and text as text", async () => {
    open("/studies/Demo%201?view=rows");
    expect(await screen.findByText("<b>Subject 7</b>")).toBeInTheDocument();
    const line = within(screen.getByText("Subject 9").closest<HTMLElement>("[role=row]")!);
    expect(line.getAllByText("unknown")).toHaveLength(2);
    expect(line.queryByText("0")).not.toBeInTheDocument();
  });
  it("reopens a link with its filter", async () => {
    open("/studies/Demo%201?view=subjects&filter=subject_id%3A%3DSubject+10");
    expect(await screen.findByText("1 of 2 subjects")).toBeInTheDocument();
    expect(screen.queryByText("Subject 7")).not.toBeInTheDocument();
  });
  it("lets the server sort and filter a table that is too long to hold", async () => {
    const rows = { ...study, rows: 90_000 };
    const table = { table: "missing_page", kind: "missing_pages", title: "Missing pages", rows: 90_000, columns: [{ name: "subject_id", title: "Subject", type: "text", unit: null, cdisc: null }] };
    const { asked } = open("/studies/Demo%201?view=rows&sort=-subject_id&filter=subject_id%3A%3DSubject+9", { "GET /studies/Demo 1": rows, "GET /studies/Demo 1/tables": [table] });
    await screen.findByRole("grid", { name: "Demo 1 Missing pages" });
    const search = asked.find((one) => one.path.endsWith("/rows/missing_page"))!.search;
    expect([search.get("sort"), search.getAll("filter"), search.get("as_of")]).toEqual(["-subject_id", ["subject_id:Subject 9"], "2"]);
  });
  it("says that there is no such study", async () => {
    open("/studies/Nowhere");
    expect(await screen.findByRole("alert")).toHaveTextContent("Nothing at GET /studies/Nowhere.");
  });
  it("lists findings with the way to their rows", async () => {
    const { history } = open("/studies/Demo%201?view=findings");
    await userEvent.click(await screen.findByRole("link", { name: "line 5" }));
    await waitFor(() => expect(decodeURIComponent(history.location.pathname)).toBe(`/cells/${FILE}:1:5`));
  });
});

describe("File", () => {
  it("shows that the receipt adds up, rejections with reasons, and how the header was understood", async () => {
    const { container } = open(`/files/${FILE}`);
    expect(await screen.findByRole("heading", { name: "Demo 1 missing pages.xlsx" })).toBeInTheDocument();
    const part = await main();
    expect(part.getByRole("img", { name: "12 read = 4 accepted + 2 rejected + 3 set aside + 3 quarantined" })).toBeInTheDocument();
    expect(await part.findByText("days_missing: 'soon' is no whole number")).toBeInTheDocument();
    expect(part.getByText(/form name: unknown in every row/)).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
    await userEvent.click(part.getByRole("tab", { name: /header/ }));
    const header = within(await part.findByRole("region", { name: "Header" }));
    expect(header.getByText("Subject Name")).toBeInTheDocument();
    expect(header.getByText("not loaded")).toBeInTheDocument();
    expect(header.getByText(/close to a spelling the contract lists/)).toBeInTheDocument();
  });
  it("asks for the rejected lines first", async () => {
    const { asked } = open(`/files/${FILE}`);
    await screen.findByText("subject_id is empty");
    expect(asked.find((one) => one.path.endsWith("/lines"))!.search.get("outcome")).toBe("rejected");
  });
  it("gives the reason of a quarantined sheet and the nearest contract", async () => {
    open(`/files/${FILE}?sheet=2`);
    expect(await screen.findByText(quarantinedSheet.reason!)).toBeInTheDocument();
    expect(screen.getByText("Nearest contract")).toBeInTheDocument();
    expect(screen.getByText("Compare its header with the columns of Missing pages.")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("tab", { name: /^The columns of Missing pages 2/ }));
    const columns = within(await screen.findByRole("region", { name: "Missing pages" }));
    expect(columns.getByText("Subject \u00b7 Subject Name").closest("tr")).toHaveTextContent("must be there");
  });
});

describe("Cell", () => {
  it("frames the cell, tints the header and shows the row it became", async () => {
    const { container } = open(`/cells/${FILE}:1:B4`);
    expect(await screen.findByRole("heading", { name: "Cell B4" })).toBeInTheDocument();
    const sheet = await screen.findByRole("region", { name: /Sheet All pages around line 4/ });
    expect(sheet.querySelector("[data-framed]")).toHaveTextContent("#N/A");
    expect(within(sheet).getByText("<script>alert(1)</script>")).toBeInTheDocument();
    const row = within(screen.getByRole("region", { name: "The row it became" }));
    expect(row.getByText("Subject 9")).toBeInTheDocument();
    expect(row.getAllByText("unknown")).toHaveLength(2);
    expect(await violations(container)).toEqual([]);
  });
  it("goes to the next line and column by key", async () => {
    const { history } = open(`/cells/${FILE}:1:B4`, { [`GET /cells/${FILE}:1:B5`]: { ...cellView, row: 5 } });
    await screen.findByRole("heading", { name: "Cell B4" });
    (await screen.findByRole("region", { name: /around line/ })).focus();
    await userEvent.keyboard("j");
    await waitFor(() => expect(decodeURIComponent(history.location.pathname)).toBe(`/cells/${FILE}:1:B5`));
  });
  it("says why a line became no row", async () => {
    open(`/cells/${FILE}:1:5`, { [`GET /cells/${FILE}:1:5`]: { ...cellView, row: 5, column_letter: null, became: null, rejected: { reason: "subject_id is empty", column: "subject_id" } } });
    expect(await screen.findByRole("region", { name: "Rejected" })).toHaveTextContent("subject_id is empty");
  });
});

describe("Data", () => {
  it("lists every file, the refused with the reason, its numbers unknown", async () => {
    const { container } = open("/files");
    const grid = within(await screen.findByRole("grid", { name: "Files" }));
    expect(grid.getByText("The workbook is encrypted.")).toBeInTheDocument();
    expect(grid.getByRole("button", { name: /^Read, locked.xlsx: unknown: The file was refused/ })).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });
  it("filters by outcome, in the address", async () => {
    const { history } = open("/files");
    await userEvent.click(await screen.findByRole("button", { name: /refused 1/ }));
    await waitFor(() => expect(history.location.search).toBe("?outcome=refused"));
    expect(screen.queryByText("Demo 1 missing pages.xlsx")).not.toBeInTheDocument();
  });
  it("lists the loads", async () => {
    open("/files?view=loads");
    expect(await screen.findByText("portfolio at snapshot 1")).toBeInTheDocument();
  });
});

describe("the evidence panel", () => {
  it("stands beside the page, lists the rows, leads to their cells and closes with Esc", async () => {
    open("/");
    await userEvent.click(await screen.findByRole("button", { name: /Rows of Missing pages, Demo 1: 4/ }));
    expect(evidence().getByRole("heading", { name: "Rows of Missing pages" })).toBeInTheDocument();
    expect(await evidence().findByText("4 rows")).toBeInTheDocument();
    expect(evidence().getByRole("link", { name: "line 3" })).toHaveAttribute("href", expect.stringContaining(encodeURIComponent(FILE).slice(0, 8)));
    expect(screen.getByRole("heading", { name: "Portfolio" })).toBeInTheDocument();
    expect(await violations(screen.getByRole("complementary", { name: /^Evidence/ }))).toEqual([]);
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("complementary", { name: /^Evidence/ })).not.toBeInTheDocument();
  });
  it("goes from a total down to a study and back", async () => {
    open("/");
    await userEvent.click(await screen.findByRole("button", { name: /^Subjects, all studies: at least 9/ }));
    await userEvent.click(evidence().getByRole("button", { name: /^Subjects, Demo 1/ }));
    expect(await evidence().findByText("Subject 7")).toBeInTheDocument();
    expect(evidence().getAllByText(/named in Missing pages$/)).toHaveLength(2);
    await userEvent.click(evidence().getByRole("button", { name: "Back" }));
    expect(evidence().getByText("all studies")).toBeInTheDocument();
  });
  it("says that unknown has no rows", async () => {
    open("/");
    await userEvent.click(await screen.findByRole("button", { name: /CPID EDC metrics, Demo 1: missing, unknown/ }));
    expect(evidence().getByText("No rows stand behind this")).toBeInTheDocument();
  });
  it("fails alone", async () => {
    open("/", { [`GET /files/${FILE}/sheets/1/lines`]: new Fails(503, "The table is locked.") });
    await userEvent.click(await screen.findByRole("button", { name: /Rows of Missing pages, Demo 1: 4/ }));
    expect(await evidence().findByRole("alert")).toHaveTextContent("The table is locked.");
    expect((await main()).getByRole("grid")).toBeInTheDocument();
  });
});

describe("time", () => {
  afterEach(() => vi.useRealTimers());
  it("an older snapshot is in the address and on every question", async () => {
    const { asked, history } = open("/?as_of=1");
    await screen.findByRole("link", { name: "Demo 1" });
    expect(asked.find((one) => one.path === "/portfolio")!.search.get("as_of")).toBe("1");
    expect(screen.getByText("as it was")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("link", { name: "Demo 1" }));
    await waitFor(() => expect(history.location.search).toBe("?as_of=1"));
  });
  it("steps to the snapshot before with [", async () => {
    const { history } = open("/");
    await screen.findByRole("link", { name: "Demo 1" });
    await userEvent.keyboard("[[");
    await waitFor(() => expect(history.location.search).toBe("?as_of=1"));
  });
  it("announces newer data and moves only when asked", async () => {
    let newer = false;
    const third = { ...snapshots[0]!, snapshot: 3 };
    const { asked, queries } = open("/", { "GET /snapshots": () => page(newer ? [third, ...snapshots] : snapshots) });
    await screen.findByRole("link", { name: "Demo 1" });
    newer = true;
    await queries.refetchQueries({ queryKey: ["snapshots"] });
    const button = await screen.findByRole("button", { name: "New data: show" });
    expect(asked.filter((one) => one.path === "/portfolio")).toHaveLength(1);
    await userEvent.click(button);
    await waitFor(() => expect(asked.filter((one) => one.path === "/portfolio").map((one) => one.search.get("as_of"))).toEqual(["2", "3"]));
  });
  it("says that it reconnects and keeps what is on the screen", async () => {
    let silent = false;
    const { queries } = open("/", { "GET /snapshots": () => (silent ? new TypeError("gone") : page(snapshots)) });
    await screen.findByRole("link", { name: "Demo 1" });
    silent = true;
    await queries.refetchQueries({ queryKey: ["snapshots"] });
    expect(await screen.findByText(/reconnecting/)).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "Demo 1" })).toBeInTheDocument();
  });
});

describe("keys", () => {
  const search: Answers = {
    "GET /studies/Demo 1/subjects": ({ search: asked }: Asked) => page(asked.get("q") === "ject 7" ? [{ subject_id: "Subject 7", site_id: "Site 9", country: null, subject_status: null, status_source: null, reports: [], pseudo: false }] : []),
    "GET /studies/Demo 1/sites": page([]),
  };
  beforeEach(() => vi.spyOn(console, "error").mockImplementation(() => undefined));
  afterEach(() => vi.restoreAllMocks());

  it("the palette jumps to a subject of any study", async () => {
    const { history } = open("/", search);
    await screen.findByRole("link", { name: "Demo 1" });
    await userEvent.keyboard("/");
    const field = await screen.findByRole("combobox", { name: /Jump to/ });
    await userEvent.type(field, "ject 7");
    expect(await screen.findByRole("option", { name: /Subject 7/ })).toBeInTheDocument();
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(history.location.pathname).toBe("/studies/Demo%201"));
    expect(decodeURIComponent(history.location.search)).toContain("subject_id:=Subject+7");
  });
  it("the palette opens a pasted reference", async () => {
    const { history } = open("/");
    await screen.findByRole("link", { name: "Demo 1" });
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.type(await screen.findByRole("combobox", { name: /Jump to/ }), `${FILE}:1:B4{Enter}`);
    await waitFor(() => expect(decodeURIComponent(history.location.pathname)).toBe(`/cells/${FILE}:1:B4`));
  });
  it("axe accepts the palette and the list of keys", async () => {
    open("/");
    await screen.findByRole("link", { name: "Demo 1" });
    await userEvent.keyboard("?");
    expect(await violations(await screen.findByRole("dialog"))).toEqual([]);
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    await userEvent.keyboard("/");
    expect(await violations(await screen.findByRole("dialog"))).toEqual([]);
  });
  it("changes colours and remembers", async () => {
    open("/");
    await screen.findByRole("link", { name: "Demo 1" });
    await userEvent.click(screen.getByRole("button", { name: "System" }));
    await userEvent.click(screen.getByRole("button", { name: "Light" }));
    expect(document.documentElement).toHaveAttribute("data-mantine-color-scheme", "dark");
    expect(window.localStorage.getItem("ncdm-view")).toContain('"theme":"dark"');
  });
  it("signs out at the server", async () => {
    const { asked } = open("/", { "DELETE /session": null });
    await screen.findByRole("link", { name: "Demo 1" });
    await userEvent.click(screen.getByRole("button", { name: "Sign out" }));
    await waitFor(() => expect(asked.some((one) => one.method === "DELETE" && one.headers.get("x-ncdm") === "1")).toBe(true));
  });
});
