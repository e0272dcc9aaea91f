import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { type Client, createClient, Failure } from "@/api/client";
import { ClientProvider } from "@/api/context";
import { Frame } from "@/app/App";
import { violations } from "@/test/axe";
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

function Held({ items = SITES, server, onOpen, client }: { items?: Site[]; server?: ServerSide<Site>; onOpen?: (site: Site) => void; client?: Client }) {
  const [state, setState] = useState<GridState>(PLAIN);
  return (
    <ClientProvider client={client ?? createClient()}>
      <Frame>
        <Grid name="Sites" noun="site" columns={COLUMNS} items={items} itemKey={(one) => one.site} state={state} onState={setState} asOf="14 Nov 2025" {...(server ? { server } : {})} {...(onOpen ? { onOpen } : {})} />
        <output>{JSON.stringify(state)}</output>
      </Frame>
    </ClientProvider>
  );
}

/** A client whose files come from the test, and the names of what was saved. */
function exporting(answer: () => Promise<Blob>) {
  const asked: [string, object][] = [];
  const saved: string[] = [];
  const client: Client = {
    ...createClient(),
    file: (path, body) => {
      asked.push([path, body]);
      return answer();
    },
  };
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function click(this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  return { asked, saved, client };
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

  it.each(["XLSX", "Parquet"])("asks for a %s file of exactly what is shown, and saves it under the name of the CSV", async (kind) => {
    const { asked, saved, client } = exporting(() => Promise.resolve(new Blob(["file"])));
    render(<Held client={client} />);
    await userEvent.click(screen.getByRole("button", { name: /open queries/i }));
    await userEvent.click(screen.getByRole("button", { name: "Filter" }));
    await userEvent.type(screen.getByLabelText("Filter Site"), "1");
    await waitFor(() => expect(firstColumn()).toEqual(["Site 10", "Site 1"]));
    await userEvent.click(screen.getByRole("button", { name: kind }));
    await waitFor(() => expect(saved).toEqual([`sites_as-of-14-nov-2025.${kind.toLowerCase()}`]));
    expect(asked).toEqual([
      [
        "/exports",
        {
          format: kind.toLowerCase(),
          name: "Sites",
          as_of: "14 Nov 2025",
          filters: ["Site: 1"],
          demo: false,
          columns: [{ title: "Site", type: "text" }, { title: "Open queries", type: "number" }],
          rows: [["Site 10", 3], ["Site 1", 0]],
        },
      ],
    ]);
    vi.restoreAllMocks();
  });

  it("says in the server's words why there is no file, until that is dismissed", async () => {
    const { saved, client } = exporting(() => Promise.reject(new Failure(413, { code: "NCDM230", what: "A file holds at most 3 lines; these are 4.", where: "export", todo: "Filter the lines.", request_id: "r" })));
    const { container } = render(<Held client={client} />);
    await userEvent.click(screen.getByRole("button", { name: "XLSX" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("No XLSX file. A file holds at most 3 lines; these are 4. Filter the lines.");
    expect(saved).toEqual([]);
    expect(await violations(container)).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Dismiss" }));
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
    vi.restoreAllMocks();
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
