import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { violations } from "@/test/axe";
import { MEASURED, noChanges, noForecast, notComputable, signals, silentDetail } from "@/test/measuredPages";
import { type Answers, Fails, open as opened, PENDING } from "@/test/open";

const open = (address: string, table: Answers = {}) => opened(address, { ...MEASURED, ...table });
const panel = (name: string) => within(screen.getByRole("region", { name }));
const evidence = () => within(screen.getByRole("complementary", { name: /^Evidence/ }));

beforeEach(() => vi.spyOn(console, "error").mockImplementation(() => undefined));
afterEach(() => vi.restoreAllMocks());

describe("Overview of a study", () => {
  it("says readiness, clean subjects by status, criteria, owners, quality, changes and forecast", async () => {
    const { container } = open("/studies/Demo%201");
    expect(await screen.findByText("3 of 7 are clean: 3 more are needed")).toBeInTheDocument();
    expect(panel("Is it ready?").getByText("cannot be said")).toBeInTheDocument();
    expect(panel("Clean subjects, by status").getByText("status unknown")).toBeInTheDocument();
    expect(panel("Who must act").getByText("Site/CRA")).toBeInTheDocument();
    expect(await panel("How good are the data?").findByText(/at most 74.9, 88.2 without it/)).toBeInTheDocument();
    expect(await panel("What changed?").findByText(/2 opened, 5 closed/)).toBeInTheDocument();
    expect(await panel("When will it be clean?").findByText(/3 of 9 subjects are clean on 14 Nov 2025/)).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });
  it("shows a share of which nothing is known as unknown, never as 0 %", async () => {
    open("/studies/Demo%201");
    expect(await screen.findByRole("button", { name: /^Strictly clean, status unknown, .*: unknown: Of every member something is unknown/ })).toHaveTextContent("unknown");
  });
  it("opens a criterion to its subjects and to the rows in their way", async () => {
    open("/studies/Demo%201");
    await userEvent.click(await screen.findByRole("button", { name: /^No missing visit: fail, Demo 1: 4/ }));
    expect(await evidence().findByText("1 subject")).toBeInTheDocument();
    expect(evidence().getByRole("link", { name: "Subject 7" })).toBeInTheDocument();
    await userEvent.click(evidence().getByRole("button", { name: "What stands in the way" }));
    expect(await evidence().findByText("2 rows, 40 queries")).toBeInTheDocument();
  });
  it("says why an index is not computable, with its bounds", async () => {
    open("/studies/Demo%201", { "GET /studies/Demo 1/quality/waterfall": notComputable });
    expect(await screen.findByText("not computable; between 12.4 and 81.5")).toBeInTheDocument();
    expect(panel("How good are the data?").getByText("no report EDRR")).toBeInTheDocument();
  });
  it("says that one snapshot cannot tell changes or a forecast", async () => {
    const { container } = open("/studies/Demo%201", { "GET /studies/Demo 1/changes": noChanges, "GET /studies/Demo 1/forecast": noForecast });
    expect(await screen.findByText("No earlier snapshot")).toBeInTheDocument();
    expect(await screen.findByText("Nobody can say yet")).toBeInTheDocument();
    expect(screen.getByText("0 sites flagged.")).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });
  it("keeps the other panels when one fails or is still coming", async () => {
    const { container } = open("/studies/Demo%201", { "GET /studies/Demo 1/quality/waterfall": new Fails(500, "The disk is gone."), "GET /studies/Demo 1/forecast": PENDING });
    expect(await screen.findByText("The disk is gone.")).toBeInTheDocument();
    expect(await screen.findByText("3 of 7 are clean: 3 more are needed")).toBeInTheDocument();
    expect(screen.getByText("Loading the forecast")).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });
  it("keeps the milestone in the address", async () => {
    const { history, asked } = open("/studies/Demo%201");
    await userEvent.selectOptions(await screen.findByRole("combobox", { name: /Milestone/ }), "interim_analysis");
    await waitFor(() => expect(history.location.search).toContain("milestone=interim_analysis"));
    await waitFor(() => expect(asked.some((one) => one.path.endsWith("/clean") && one.search.get("milestone") === "interim_analysis")).toBe(true));
  });
});

describe("Sites by indicators", () => {
  it("says how many are flagged and what chance would raise, and puts red first", async () => {
    const { container } = open("/studies/Demo%201?view=risk");
    expect(await screen.findByText("1 site of 3 flagged")).toBeInTheDocument();
    expect(screen.getByText(/chance alone would raise about 0.2/)).toBeInTheDocument();
    const rows = within(screen.getByRole("grid", { name: "Key risk indicators of Demo 1" })).getAllByRole("row");
    expect(rows[1]).toHaveTextContent("Site 9");
    expect(await violations(container)).toEqual([]);
  });
  it("says that nothing is flagged", async () => {
    open("/studies/Demo%201?view=risk", { "GET /studies/Demo 1/signals": { ...signals, flagged: 0, groups: signals.groups.map((one) => ({ ...one, red: 0 })) } });
    expect(await screen.findByText("0 sites of 3 flagged")).toBeInTheDocument();
  });
  it("opens a flag to its figures and its rows, with its definition", async () => {
    open("/studies/Demo%201?view=risk");
    await userEvent.click(await screen.findByRole("button", { name: /^Site 9, Query rate: red, high: 40 of 100/ }));
    expect(evidence().getByText("Demo 1, Site 9")).toBeInTheDocument();
    expect(await evidence().findByText("2 rows, 40 queries")).toBeInTheDocument();
    await userEvent.click(evidence().getByRole("button", { name: /^Denominator: Pages entered/ }));
    expect(evidence().getByText(/1 row of which the cell does not tell/)).toBeInTheDocument();
    expect(await evidence().findByText("Outstanding queries for each page entered.")).toBeInTheDocument();
  });
  it("says why a cell is silent instead of showing it as healthy", async () => {
    open("/studies/Demo%201?view=risk");
    expect(await screen.findByRole("button", { name: "Site 10, Query rate: too little data to say: 1 of 4, 0.25, 1.1 times the study (0.4 to 2.4), 4 of at least 30" })).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Site 3, Third-party issues: no denominator: no report EDRR" })).toBeInTheDocument();
  });
  it("asks for countries and another method, and keeps them in the address", async () => {
    const { history, asked } = open("/studies/Demo%201?view=risk");
    await userEvent.selectOptions(await screen.findByRole("combobox", { name: "Groups" }), "country");
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Method" }), "gsm-normal");
    await waitFor(() => expect(history.location.search).toContain("method=gsm-normal"));
    await waitFor(() => expect(asked.some((one) => one.path.endsWith("/signals") && one.search.get("level") === "country" && one.search.get("method") === "gsm-normal")).toBe(true));
  });
  it("fails with a way to try again", async () => {
    open("/studies/Demo%201?view=risk", { "GET /studies/Demo 1/signals": new Fails(500, "The disk is gone.") });
    expect(await screen.findByText("The disk is gone.")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: /Retry/ })).toBeInTheDocument();
  });
});

describe("The page of an indicator", () => {
  it("has its definition, four charts with their tables, and every group", async () => {
    const { container } = open("/studies/Demo%201/kris/op01");
    expect(await screen.findByRole("heading", { name: "Query rate" })).toBeInTheDocument();
    expect(screen.getByText("Outstanding queries for each page entered.")).toBeInTheDocument();
    expect(screen.getAllByRole("figure")).toHaveLength(4);
    expect(screen.getByText(/judged from a denominator of 30 on/)).toBeInTheDocument();
    expect(screen.getByText(/Rows that name no site: 1 in the numerator/)).toBeInTheDocument();
    expect(within(screen.getByRole("grid", { name: "Query rate of Demo 1" })).getAllByRole("row")).toHaveLength(4);
    expect(await violations(container)).toEqual([]);
  });
  it("shows the numbers of a chart as a table", async () => {
    open("/studies/Demo%201/kris/op01");
    const figure = within(await screen.findByRole("figure", { name: "Which sites lie outside what chance explains?" }));
    await userEvent.click(figure.getByRole("button", { name: "Table" }));
    expect(figure.getByRole("cell", { name: "Site 9" })).toBeInTheDocument();
    expect(figure.getByRole("cell", { name: "0.4" })).toBeInTheDocument();
  });
  it("says why nobody can be scored instead of drawing nothing", async () => {
    const { container } = open("/studies/Demo%201/kris/op01", { "GET /studies/Demo 1/signals/op01": silentDetail });
    expect(await screen.findByText("No group can be scored")).toBeInTheDocument();
    expect(screen.queryByRole("figure")).not.toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });
});

describe("The page of a site", () => {
  it("has its flags, its quality and its subjects", async () => {
    const { container } = open("/studies/Demo%201/sites/Site%209");
    expect(await screen.findByRole("heading", { name: "Site 9" })).toBeInTheDocument();
    expect(await screen.findByText("risk score 12.5 of 100")).toBeInTheDocument();
    expect(await screen.findByText("worse; 0,1,2; 14 days")).toBeInTheDocument();
    expect(await screen.findByText("0 of 1 subject clean for database lock")).toBeInTheDocument();
    expect(screen.getByText("no missing visit 2")).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });
  it("says that no report names it", async () => {
    open("/studies/Demo%201/sites/Site%2077", { "GET /studies/Demo 1/quality/waterfall": new Fails(404, "Demo 1 has no site Site 77.") });
    expect(await screen.findByText("No report names this site")).toBeInTheDocument();
    expect(await screen.findByText("Demo 1 has no site Site 77.")).toBeInTheDocument();
  });
});

describe("Definitions", () => {
  it("are listed by kind, searched by words, and say what cannot be computed", async () => {
    const { container } = open("/definitions");
    expect(await screen.findByText("Query rate")).toBeInTheDocument();
    expect(screen.getByRole("region", { name: "Not computable" })).toHaveTextContent("Age of uncoded terms");
    expect(await violations(container)).toEqual([]);
    await userEvent.type(screen.getByRole("searchbox", { name: "Search the definitions" }), "coding");
    expect(screen.queryByText("Query rate")).not.toBeInTheDocument();
    expect(screen.getByText("1 entry")).toBeInTheDocument();
    await userEvent.type(screen.getByRole("searchbox", { name: "Search the definitions" }), "zzz");
    expect(screen.getByText("Nothing is called so")).toBeInTheDocument();
  });
  it("open the one that the address names", async () => {
    open("/definitions?code=op01");
    expect((await screen.findAllByText("outstanding / pages"))[0]).toBeVisible();
  });
});
