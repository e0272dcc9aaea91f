import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { violations } from "@/test/axe";
import { healthy, signals, SITES } from "@/test/measuredSites";
import { type Answers, Fails, open, PENDING } from "@/test/open";

const at = (more: Answers = {}, search = "") => open(`/studies/Demo 1?view=risk${search}`, { ...SITES, ...more });
const names = () => screen.getAllByRole("rowheader").map((cell) => cell.textContent);

describe("Sites by indicators", () => {
  it("shows red before amber before none, with what chance alone would raise", async () => {
    const { container } = at();
    expect(await screen.findByRole("grid", { name: /key risk indicators of demo 1/i })).toBeInTheDocument();
    await waitFor(() => expect(names()).toEqual(["Site 2", "Site 9", "Site 1"]));
    expect(screen.getByText(/of 3 sites flagged/)).toBeInTheDocument();
    expect(screen.getByText(/chance alone would raise/i)).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });

  it("says on each cell what it is made of, and why it is silent", async () => {
    at();
    expect(await screen.findByRole("button", { name: "Query rate, Site 2: red, high; 24 in 80 pages; 0.3 queries a page; study 0.05 queries a page; z 3.40; p < 0.001; q 0.010; shrunken ratio 4.10 (90 % 2.90 to 5.60)" })).toBeInTheDocument();
    expect(screen.getByRole("button", { name: /^Query rate, Site 9: too little data to say; 1 in 9 pages;.*9 of at least 30$/ })).toBeInTheDocument();
  });

  it("opens the evidence of a cell with the rows of that site", async () => {
    const { asked } = at({ "GET /studies/Demo 1/evidence/op01": [] });
    await userEvent.click(await screen.findByRole("button", { name: /^Query rate, Site 2: red/ }));
    expect(screen.getByRole("complementary", { name: "Evidence: Query rate" })).toBeInTheDocument();
    await waitFor(() => expect(asked.some(({ path, search }) => path.endsWith("/evidence/op01") && search.get("group") === "Site 2" && search.get("level") === "site")).toBe(true));
  });

  it("says that no site is flagged", async () => {
    at({ "GET /studies/Demo 1/signals": healthy });
    expect(await screen.findByText(/of 2 sites flagged/)).toHaveTextContent(/^0 of 2 sites flagged/);
  });

  it("keeps silent indicators in the background and tells why", async () => {
    at();
    expect(await screen.findByText("1 indicator of 3 silent: why")).toBeInTheDocument();
    expect(screen.getByText("no report MedDRA coding")).toBeInTheDocument();
    expect(screen.queryByRole("columnheader", { name: /uncoded terms/i })).not.toBeInTheDocument();
  });

  it("shows the flagged alone, and filters a column by the word of its flag", async () => {
    at({}, "&filter=op01:red");
    await waitFor(() => expect(names()).toEqual(["Site 2"]));
    await userEvent.click(screen.getByRole("button", { name: "Clear 1 filter" }));
    await userEvent.click(screen.getByRole("button", { name: "Flagged only" }));
    await waitFor(() => expect(names()).toEqual(["Site 2", "Site 9"]));
  });

  it("asks for countries and the other method by the address", async () => {
    const { asked, history } = at();
    await screen.findByRole("grid");
    await userEvent.click(screen.getByRole("button", { name: "GSM normal" }));
    await waitFor(() => expect(asked.some(({ path, search }) => path.endsWith("/signals") && search.get("method") === "gsm-normal")).toBe(true));
    await userEvent.click(screen.getByRole("button", { name: "Countries" }));
    await waitFor(() => expect(asked.some(({ path, search }) => path.endsWith("/signals") && search.get("level") === "country")).toBe(true));
    expect(history.location.search).toContain("level=country");
  });

  it("heads each indicator with its totals and the way to its page", async () => {
    at();
    const head = await screen.findByRole("columnheader", { name: /query rate/i });
    expect(within(head).getByRole("link")).toHaveAttribute("href", expect.stringContaining("/studies/Demo%201/kris/op01"));
    expect(within(head).getByRole("link")).toHaveTextContent(/1 red.*0 amber/);
  });

  it("is there while it loads, says what failed, and what would fill it", async () => {
    const loading = at({ "GET /studies/Demo 1/signals": PENDING });
    expect(await screen.findByText("Loading the key risk indicators")).toBeInTheDocument();
    loading.unmount();
    const failed = at({ "GET /studies/Demo 1/signals": new Fails(503, "The store is busy.") });
    expect(await screen.findByText("The store is busy.")).toBeInTheDocument();
    expect(await violations(failed.container)).toEqual([]);
    failed.unmount();
    at({ "GET /studies/Demo 1/signals": { ...signals, groups: [] } });
    expect(await screen.findByText("No site is known in this study")).toBeInTheDocument();
  });

  it("shows the indicators when the index failed", async () => {
    at({ "GET /studies/Demo 1/quality": new Fails(500, "No index.") });
    expect(await screen.findByText("No index.")).toBeInTheDocument();
    expect(await screen.findByRole("grid")).toBeInTheDocument();
  });
});
