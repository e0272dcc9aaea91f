import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { Frame } from "@/app/App";
import { type GridState, PLAIN } from "@/view/grid";
import type { GridColumn } from "./columns";
import { Grid, type ServerSide } from "./Grid";

interface Site {
  site: string;
  open: number | null;
}
const SITES: Site[] = [
  { site: "Site 10", open: 3 },
  { site: "Site 9", open: null },
  { site: "Site 1", open: 0 },
];
const COLUMNS: GridColumn<Site>[] = [
  { id: "site", title: "Site", value: (one) => one.site },
  { id: "open", title: "Open queries", type: "number", value: (one) => one.open, render: (one) => (one.open === null ? <span>unknown</span> : <button data-evidence="" onClick={() => evidence(one.site)}>{one.open}</button>) },
];
const evidence = vi.fn<(site: string) => void>();

function Held({ items = SITES, server, onOpen }: { items?: Site[]; server?: ServerSide<Site>; onOpen?: (site: Site) => void }) {
  const [state, setState] = useState<GridState>(PLAIN);
  return (
    <Frame>
      <Grid name="Sites" noun="site" columns={COLUMNS} items={items} itemKey={(one) => one.site} state={state} onState={setState} asOf="14 Nov 2025" {...(server ? { server } : {})} {...(onOpen ? { onOpen } : {})} />
      <output>{JSON.stringify(state)}</output>
    </Frame>
  );
}

function textOf(blob: Blob): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.readAsText(blob);
  });
}

const firstColumn = () => screen.getAllByRole("rowheader").map((cell) => cell.textContent);

describe("Grid", () => {
  it("draws only the lines that are seen", () => {
    render(<Held items={Array.from({ length: 20_000 }, (_, index) => ({ site: `Site ${index}`, open: index }))} />);
    expect(screen.getByRole("grid")).toHaveAttribute("aria-rowcount", "20001");
    expect(screen.getAllByRole("rowheader").length).toBeLessThan(60);
  });

  it("sorts by a click, unknown last either way", async () => {
    render(<Held />);
    const header = screen.getByRole("button", { name: /open queries/i });
    await userEvent.click(header);
    expect(firstColumn()).toEqual(["Site 10", "Site 1", "Site 9"]);
    expect(screen.getByRole("columnheader", { name: /open queries/i })).toHaveAttribute("aria-sort", "descending");
    await userEvent.click(header);
    expect(firstColumn()).toEqual(["Site 1", "Site 10", "Site 9"]);
  });

  it("adds a second sort column with Shift", async () => {
    const user = userEvent.setup();
    render(<Held />);
    await user.click(screen.getByRole("button", { name: /^site/i }));
    await user.keyboard("{Shift>}");
    await user.click(screen.getByRole("button", { name: /open queries/i }));
    await user.keyboard("{/Shift}");
    expect(screen.getByText(/"sort":\[{"id":"site","desc":false},{"id":"open","desc":true}\]/)).toBeInTheDocument();
  });

  it("filters each column and says how many of how many are left", async () => {
    render(<Held />);
    await userEvent.click(screen.getByRole("button", { name: "Filter" }));
    await userEvent.type(screen.getByLabelText("Filter Open queries"), ">0");
    await waitFor(() => expect(firstColumn()).toEqual(["Site 10"]));
    expect(screen.getByText("1 of 3 sites")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Clear 1 filter" }));
    expect(firstColumn()).toHaveLength(3);
  });

  it("hides columns", async () => {
    render(<Held />);
    await userEvent.click(screen.getByRole("button", { name: "Columns" }));
    await userEvent.click(await screen.findByLabelText("Open queries"));
    expect(screen.queryByRole("columnheader", { name: /open queries/i })).not.toBeInTheDocument();
  });

  it("walks with j and k, opens with Enter, shows evidence with e", async () => {
    const opened = vi.fn();
    render(<Held onOpen={opened} />);
    const grid = screen.getByRole("grid");
    grid.focus();
    await userEvent.keyboard("jj");
    expect(document.getElementById(grid.getAttribute("aria-activedescendant") ?? "")).toHaveTextContent("Site 1");
    await userEvent.keyboard("k{Enter}");
    expect(opened).toHaveBeenCalledWith(SITES[1]);
    await userEvent.keyboard("je");
    expect(evidence).toHaveBeenCalledWith("Site 1");
    await userEvent.keyboard("{Home}l{Enter}");
    expect(evidence).toHaveBeenLastCalledWith("Site 10");
  });

  it("says that nothing matches, instead of showing nothing", async () => {
    render(<Held />);
    await userEvent.click(screen.getByRole("button", { name: "Filter" }));
    await userEvent.type(screen.getByLabelText("Filter Site"), "nowhere");
    expect(await screen.findByText("No site matches the filters.")).toBeInTheDocument();
  });

  it("exports what is shown", async () => {
    const texts: Promise<string>[] = [];
    URL.createObjectURL = (blob) => {
      texts.push(textOf(blob as Blob));
      return "blob:x";
    };
    const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
    render(<Held />);
    await userEvent.click(screen.getByRole("button", { name: "Filter" }));
    await userEvent.type(screen.getByLabelText("Filter Site"), "=Site 9");
    await waitFor(() => expect(firstColumn()).toEqual(["Site 9"]));
    await userEvent.click(screen.getByRole("button", { name: "CSV" }));
    await waitFor(() => expect(click).toHaveBeenCalled());
    expect(await texts[0]).toContain("Site,Open queries,data as of,filter\r\nSite 9,,14 Nov 2025,site:=Site 9\r\n");
    click.mockRestore();
  });

  it("asks the server for more as the end comes near, and for everything to export", async () => {
    const more = vi.fn();
    const everything = vi.fn().mockResolvedValue(SITES);
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
    URL.createObjectURL = () => "blob:x";
    render(<Held items={SITES.slice(0, 1)} server={{ total: 900, more: true, loading: false, onMore: more, everything }} />);
    expect(more).toHaveBeenCalled();
    expect(screen.getByText("900 sites")).toBeInTheDocument();
    fireEvent.click(screen.getByRole("button", { name: "CSV" }));
    await waitFor(() => expect(everything).toHaveBeenCalled());
    vi.restoreAllMocks();
  });

  it("keeps text of the data text", () => {
    render(<Held items={[{ site: "<img src=x onerror=alert(1)>", open: 1 }]} />);
    expect(within(screen.getByRole("grid")).queryByRole("img")).not.toBeInTheDocument();
    expect(screen.getByText("<img src=x onerror=alert(1)>")).toBeInTheDocument();
  });
});
