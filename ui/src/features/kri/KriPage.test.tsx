import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { violations } from "@/test/axe";
import { detail, silentDetail, SITES } from "@/test/measuredSites";
import { type Answers, Fails, open, PENDING } from "@/test/open";

vi.mock("@/components/chart/echarts", async () => (await import("@/test/drawing")).drawing);

const at = (more: Answers = {}, search = "") => open(`/studies/Demo 1/kris/op01${search}`, { ...SITES, ...more });

describe("The page of an indicator", () => {
  it("has the definition beside the charts and every group below", async () => {
    const { container } = at();
    expect(await screen.findByRole("heading", { name: "Query rate" })).toBeInTheDocument();
    expect(screen.getByText("Outstanding queries for each page entered.")).toBeInTheDocument();
    for (const question of ["Which sites stand outside of what their size allows?", "How high is each site?", "Which site to look at first?", "How did flagged sites come to be so?"]) expect(screen.getByRole("heading", { name: question })).toBeInTheDocument();
    expect(screen.getAllByRole("rowheader").map((cell) => cell.textContent)).toEqual(["Site 2", "Site 1", "Site 9"]);
    expect(screen.getAllByText("9 of at least 30")[0]).toBeInTheDocument();
    expect(screen.getByText("; silence not detectable")).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });

  it("walks the funnel by size and opens a point's evidence with Enter", async () => {
    at({ "GET /studies/Demo 1/evidence/op01": [] });
    const funnel = await screen.findByRole("application", { name: /funnel of 3 groups: 1 red, 0 amber/i });
    fireEvent.keyDown(funnel, { key: "ArrowRight" });
    fireEvent.keyDown(funnel, { key: "ArrowLeft" });
    fireEvent.keyDown(funnel, { key: "ArrowRight" });
    expect(within(funnel.parentElement as HTMLElement).getByRole("status")).toHaveTextContent(/Site 9, FRA: too little data to say/);
    fireEvent.keyDown(funnel, { key: "Enter" });
    expect(await screen.findByRole("complementary", { name: "Evidence: Query rate" })).toHaveTextContent("Site 9");
  });

  it("opens what is silent for one reason to these groups, and what could be noticed to the size and the level of the study", async () => {
    at({ "GET /studies/Demo 1/evidence/op01": [] });
    const evidence = () => within(screen.getByRole("complementary", { name: /^Evidence/ }));
    await userEvent.click(await screen.findByRole("button", { name: "Scored sites, Demo 1, Query rate: 2" }));
    await userEvent.click(evidence().getByRole("button", { name: "Silent: too little data to say, Demo 1, Query rate: 1" }));
    expect(evidence().getByRole("button", { name: /^Query rate, Demo 1, Site 9: 0.111/ })).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Detectable ratio of Query rate, high, Demo 1, Site 1: 2.50" }));
    expect(evidence().getByRole("button", { name: "Denominator of Query rate, Demo 1, Site 1: 80 pages" })).toBeInTheDocument();
    expect(evidence().getByText("Silence cannot be detected here.")).toBeInTheDocument();
  });

  it("gives the reason in place of charts when no group is scored", async () => {
    const { container } = at({ "GET /studies/Demo 1/signals/op01": silentDetail });
    expect(await screen.findByText("No site is scored")).toBeInTheDocument();
    expect(screen.queryByRole("application")).not.toBeInTheDocument();
    expect(screen.getAllByText(/no report CPID EDC metrics/).length).toBeGreaterThan(1);
    expect(await violations(container)).toEqual([]);
  });

  it("says when there is no earlier snapshot", async () => {
    at({ "GET /studies/Demo 1/signals/op01": { ...detail, days: ["2025-11-14"] } });
    expect(await screen.findByText("No earlier snapshot")).toBeInTheDocument();
  });

  it("is there while it loads and says what failed", async () => {
    const loading = at({ "GET /studies/Demo 1/signals/op01": PENDING });
    expect(await screen.findByText("Loading the indicator")).toBeInTheDocument();
    loading.unmount();
    at({ "GET /studies/Demo 1/signals/op01": new Fails(404, "There is no indicator op01.") });
    await waitFor(() => expect(screen.getByText("There is no indicator op01.")).toBeInTheDocument());
  });
});
