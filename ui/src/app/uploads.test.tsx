/** Files handed over on the pages: how far the load is, and what became of each. */
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fileLine, refused } from "@/test/answers";
import { violations } from "@/test/axe";
import { open } from "@/test/open";
import { useView } from "@/view/store";

describe("an upload", () => {
  it("sends a folder with its paths, follows the load and shows its outcomes", async () => {
    let state = "reading";
    const load = (): unknown => ({ load_id: "aa", state, files_done: state === "done" ? 1 : 0, files_total: 1, current: null, error: null, files: state === "done" ? [{ ...refused, reason: "It is empty.", held: [] }] : [], ignored: [], snapshot: state === "done" ? 3 : null });
    const { asked } = open("/files", { "POST /loads": { load_id: "aa" }, "GET /loads/aa": load });
    const input = await screen.findByLabelText("Folder to load");
    const file = new File(["x"], "a.xlsx");
    Object.defineProperty(file, "webkitRelativePath", { value: "Study 1/a.xlsx" });
    await userEvent.upload(input, file);
    expect(await screen.findByRole("progressbar", { name: "Progress" })).toBeInTheDocument();
    const body = asked.find((one) => one.path === "/loads")!.body as FormData;
    expect((body.get("files") as File).name).toBe("Study 1/a.xlsx");
    state = "done";
    expect(await screen.findByText("Loaded", {}, { timeout: 4000 })).toBeInTheDocument();
    expect(screen.getByText(/It is empty\./)).toBeInTheDocument();
    await waitFor(() => expect(useView.getState().shown).toBe(3));
  });
  it("counts every outcome of a load, names what was set apart, whole or in part, with what to do, and what was not read", async () => {
    const held = [{ sheet: 2, name: "Budget", reason: "no contract fits", todo: "Compare its header." }];
    const copy = { ...fileLine, name: "Demo 1/copy.xlsx", outcome: "duplicate", reason: "the same bytes as Demo 1/first.xlsx, taken once", read: 0, accepted: 0, rejected: 0, set_aside: 0, held: [] };
    const files = [{ ...fileLine, rejected: 0, held }, { ...fileLine, name: "same.xlsx", outcome: "unchanged", rejected: 0, held: [] }, copy, { ...refused, held: [] }];
    const ignored = Array.from({ length: 12 }, (_, index) => `${index + 10}.pdf`);
    useView.setState({ loadId: "aa" });
    const { container } = open("/", { "GET /loads/aa": { load_id: "aa", state: "done", files_done: 4, files_total: 16, current: null, error: null, files, ignored, snapshot: 2 } });
    const panel = within(await screen.findByRole("region", { name: "Upload" }));
    expect(await panel.findByRole("group", { name: "Files by outcome" })).toHaveTextContent("loaded 1unchanged 1duplicate 1quarantined 0refused 1");
    const told = panel.getAllByRole("listitem").map((item) => item.textContent);
    expect(told).toEqual([
      "quarantined Demo 1 missing pages.xlsx, sheet 2 Budget: no contract fitsWhat to do: Compare its header.",
      "duplicate copy.xlsx: the same bytes as Demo 1/first.xlsx, taken once",
      "refused locked.xlsx: The workbook is encrypted.What to do: Save it without a password.",
    ]);
    expect(panel.getByText(/^Not read, no spreadsheets: 10\.pdf, .*19\.pdf and 2 more$/)).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });
  it("says that a load without a spreadsheet has nothing to load", async () => {
    useView.setState({ loadId: "aa" });
    open("/", { "GET /loads/aa": { load_id: "aa", state: "done", files_done: 1, files_total: 1, current: null, error: null, files: [], ignored: ["notes.pdf"], snapshot: null } });
    const panel = within(await screen.findByRole("region", { name: "Upload" }));
    expect(await panel.findByText("Nothing to load")).toBeInTheDocument();
    expect(panel.getByText("There is no spreadsheet in it.")).toBeInTheDocument();
    expect(panel.getByText("Not read, no spreadsheets: notes.pdf")).toBeInTheDocument();
  });
});
