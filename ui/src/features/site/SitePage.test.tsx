import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { FILE } from "@/test/answers";
import { violations } from "@/test/axe";
import { empty, noChange, red, scored, signals, SITES } from "@/test/measuredSites";
import { type Answers, Fails, open, PENDING } from "@/test/open";

const at = (more: Answers = {}, site = "Site 2") => open(`/studies/Demo 1/sites/${site}`, { ...SITES, ...more });

describe("The page of a site", () => {
  it("has its flags with past, its quality, who blocks what, its subjects and what changed", async () => {
    const { container } = at();
    const flags = await screen.findByRole("region", { name: "Flags" });
    expect(within(flags).getByRole("link", { name: "Query rate" })).toHaveAttribute("href", expect.stringContaining("code=Site"));
    expect(await within(flags).findByText("worse")).toBeInTheDocument();
    expect(within(flags).getByText("no report MedDRA coding", { selector: "td > .quiet" })).toBeInTheDocument();
    const quality = await screen.findByRole("region", { name: "Data Quality Index" });
    expect(within(quality).getByRole("button", { name: /^Lab issues, Demo 1, Site 2: 18/ })).toHaveTextContent("18.8");
    expect(within(quality).getByRole("button", { name: /^Indicator: Deviations.*: unknown: no report Deviations/ })).toHaveClass("hatched");
    const way = await screen.findByRole("region", { name: "In the way of database lock" });
    expect(within(way).getByRole("link", { name: "Investigator" })).toBeInTheDocument();
    expect(within(way).getByRole("button", { name: "Oldest item where Investigator owns the most, Demo 1, Site 2: 40 days, as of 14 Nov 2025" })).toHaveTextContent("40days");
    const changed = await screen.findByRole("region", { name: "What changed" });
    expect(within(changed).getByText("Subject 8")).toBeInTheDocument();
    expect(within(changed).queryByText(/Subject 500/)).not.toBeInTheDocument();
    expect((await screen.findAllByRole("rowheader")).map((cell) => cell.textContent)).toEqual(["Subject 7", "Subject 8"]);
    expect(await violations(container)).toEqual([]);
  });

  it("says of a rate how many in how many, of a share how many of how many, and that what does not apply is not unknown", async () => {
    const [group] = signals.groups.filter(({ place }) => place.label === "Site 2");
    at({ "GET /studies/Demo 1/signals": { ...signals, kris: signals.kris.map((kri, at) => (at === 1 ? { ...kri, kind: "binary", unit: "%", denominator_unit: "visits" } : kri)), groups: [{ ...group!, signals: [red, scored, empty] }] } });
    const flags = within(await screen.findByRole("region", { name: "Flags" }));
    const cells = flags.getAllByRole("cell").map((cell) => cell.textContent);
    expect(cells).toContain("24 in 80 pages");
    expect(cells).toContain("4 of 80 visits");
    const figure = flags.getByRole("button", { name: "Uncoded terms, Demo 1, Site 2: not applicable: no visits entered" });
    expect(figure).not.toHaveClass("hatched");
    expect(figure).toHaveTextContent("\u2013");
    expect(flags.getAllByText("not applicable").length).toBeGreaterThan(0);
    await userEvent.click(figure);
    expect(within(screen.getByRole("complementary", { name: /^Evidence/ })).getByText("no visits entered", { selector: "dd" })).toBeInTheDocument();
  });

  it("opens a count to its subjects, a numerator to its rows alone, and a q to what it was computed from", async () => {
    const part = (of: "numerator" | "denominator", line: number) => ({ part: of, code: "m", title: of, unit: "rows", total: 1, adds: line, untold: 0, offset: 0, rows: [{ ref: `${FILE}:1:${line}`, adds: line }] });
    at({ "GET /studies/Demo 1/evidence/op01": [part("numerator", 24), part("denominator", 80)] });
    const evidence = () => within(screen.getByRole("complementary", { name: /^Evidence/ }));
    await userEvent.click(await screen.findByRole("button", { name: "No outstanding query: subjects not clean, Demo 1, Site 2: 1, as of 14 Nov 2025" }));
    expect((await evidence().findAllByRole("link", { name: /^Subject/ })).map((link) => link.textContent)).toEqual(["Subject 7"]);
    await userEvent.click(screen.getByRole("button", { name: "Numerator of Query rate, Demo 1, Site 2: 24" }));
    expect(await evidence().findByRole("link", { name: "line 24" })).toBeInTheDocument();
    expect(evidence().queryByRole("group", { name: "Parts of the number" })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "q of Query rate, Demo 1, Site 2: 0.010" }));
    expect(evidence().getByRole("button", { name: "Denominator of Query rate, Demo 1, Site 2: 80 pages" })).toBeInTheDocument();
    expect(await evidence().findByRole("group", { name: "Parts of the number" })).toBeInTheDocument();
  });

  it("says that nothing can be compared", async () => {
    at({ "GET /studies/Demo 1/changes": noChange });
    expect(await screen.findByText("No earlier snapshot")).toBeInTheDocument();
  });

  it("says that the study has no such site", async () => {
    at({}, "Site 404");
    expect(await screen.findByText("Demo 1 has no Site 404")).toBeInTheDocument();
  });

  it("is there while it loads, and one part's failure leaves the others", async () => {
    const loading = at({ "GET /studies/Demo 1/signals": PENDING });
    expect(await screen.findByText("Loading the indicators of the site")).toBeInTheDocument();
    loading.unmount();
    const { container } = at({ "GET /studies/Demo 1/clean/subjects": new Fails(500, "No subjects now.") });
    expect((await screen.findAllByText("No subjects now.")).length).toBe(2);
    expect(screen.getByRole("region", { name: "Flags" })).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });
});
