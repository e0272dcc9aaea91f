/** What was delivered and not loaded: refused, quarantined or a duplicate, each under its own word and open to its files. */
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fileLine, page, portfolio, refused, study } from "@/test/answers";
import { open } from "@/test/open";

const evidence = () => within(screen.getByRole("complementary", { name: /^Evidence/ }));

describe("what was not loaded", () => {
  it("counts the refused and the quarantined apart, each opening to its own", async () => {
    open("/");
    await userEvent.click(await screen.findByRole("button", { name: /^Refused, all studies: 1/ }));
    expect(await evidence().findByText("locked.xlsx")).toBeInTheDocument();
    expect(evidence().queryByText("Demo 1 missing pages.xlsx")).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: /^Quarantined, all studies: 1/ }));
    expect(await evidence().findByText("Demo 1 missing pages.xlsx")).toBeInTheDocument();
    expect(evidence().getByText(/1 sheet quarantined/)).toBeInTheDocument();
    expect(evidence().queryByText("locked.xlsx")).not.toBeInTheDocument();
  });
  it("opens a report that was set apart to the file it came in", async () => {
    const reports = study.reports.map((report) => (report.kind === "edrr" ? { ...report, state: "refused", file_ids: [refused.file_id] } : report));
    open("/", { "GET /portfolio": { ...portfolio, studies: [{ ...portfolio.studies[0]!, reports }] } });
    const grid = within(await screen.findByRole("grid", { name: "Studies by report" }));
    expect(grid.getByText("refused")).toBeInTheDocument();
    await userEvent.click(grid.getByRole("button", { name: /EDRR open issues, Demo 1: unknown: A report was delivered in a file that cannot be read/ }));
    expect(await evidence().findByText("locked.xlsx")).toBeInTheDocument();
  });
  it("opens what is quarantined to the files that are, and to no other", async () => {
    const good = { ...fileLine, file_id: "99".repeat(8), name: "all went well.xlsx", quarantined: 0 };
    open("/studies/Demo%201", { "GET /files": page([fileLine, good]) });
    await userEvent.click(await screen.findByRole("button", { name: /^Quarantined, Demo 1: 1/ }));
    expect(await evidence().findByText("1 file")).toBeInTheDocument();
    expect(evidence().getByText("Demo 1 missing pages.xlsx")).toBeInTheDocument();
    expect(evidence().queryByText("all went well.xlsx")).not.toBeInTheDocument();
  });
  it("says what to do about a refused file", async () => {
    open(`/files/${refused.file_id}`, { [`GET /files/${refused.file_id}`]: { ...refused, sheets: [], findings: [] } });
    expect(await screen.findByText("What to do: Save it without a password.")).toBeInTheDocument();
  });
  it("lists a duplicate with the file it is a copy of, and counts none of its lines twice", async () => {
    const copy = { ...fileLine, name: "copy.xlsx", outcome: "duplicate", reason: "the same bytes as first.xlsx, taken once", read: 0, accepted: 0, rejected: 0, set_aside: 0, quarantined: 0, sheets: 0, current: false };
    open("/files?outcome=duplicate", { "GET /files": page([fileLine, copy]) });
    const grid = within(await screen.findByRole("grid", { name: "Files" }));
    expect(grid.getByText("the same bytes as first.xlsx, taken once")).toBeInTheDocument();
    await userEvent.click(grid.getByRole("button", { name: /^Read, copy.xlsx: 0/ }));
    expect(evidence().getByText(/Nothing of a duplicate is counted twice/)).toBeInTheDocument();
  });
  it("says of a report whose sheet is quarantined that it is there in part, not that it is older", async () => {
    const reports = study.reports.map((report) => (report.kind === "missing_pages" ? { ...report, note: "not whole: All pages is quarantined" } : report));
    open("/", { "GET /portfolio": { ...portfolio, studies: [{ ...portfolio.studies[0]!, reports }] } });
    const grid = within(await screen.findByRole("grid", { name: "Studies by report" }));
    expect(grid.getByText("in part").closest("[title]")).toHaveAttribute("title", "not whole: All pages is quarantined");
    expect(grid.queryByText("older")).not.toBeInTheDocument();
  });
});
