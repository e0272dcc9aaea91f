import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Stand } from "@/examples/frame";
import { violations } from "@/test/axe";
import { Chart } from "./Chart";

const drawing = { on: vi.fn(), setOption: vi.fn(), resize: vi.fn(), dispose: vi.fn(), dispatchAction: vi.fn(), renderToSVGString: () => "<svg/>", getWidth: () => 10, getHeight: () => 10 };
vi.mock("./echarts", () => ({ init: vi.fn(() => drawing) }));

const TABLE = { columns: ["Site", "Rate"], rows: [["Site 9", 0.4], ["=Site 3", null]] } as const;
const option = () => ({ series: [] });

async function shown(onPoint?: (series: number, point: number) => void) {
  const view = render(
    <Stand>
      <Chart title="Which sites differ?" summary="Two points." table={TABLE} option={option} points={[2]} {...(onPoint ? { onPoint } : {})} />
    </Stand>,
  );
  await screen.findByRole("figure");
  return view;
}

describe("Chart", () => {
  beforeEach(() => vi.clearAllMocks());
  afterEach(() => vi.restoreAllMocks());

  it("is a figure with the question as its title, and axe finds nothing", async () => {
    const { container } = await shown();
    expect(screen.getByRole("figure", { name: "Which sites differ?" })).toBeInTheDocument();
    await waitFor(() => expect(drawing.setOption).toHaveBeenCalled());
    expect(await violations(container)).toEqual([]);
  });
  it("has a table with the same numbers, in which unknown is a word", async () => {
    const { container } = await shown();
    await userEvent.click(screen.getByRole("button", { name: "Table" }));
    expect(screen.getAllByRole("row")).toHaveLength(3);
    expect(screen.getByRole("cell", { name: "unknown" })).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });
  it("is walked with the arrows, and Enter opens the point", async () => {
    const onPoint = vi.fn();
    await shown(onPoint);
    await waitFor(() => expect(drawing.setOption).toHaveBeenCalled());
    screen.getByRole("img", { name: /Which sites differ/ }).focus();
    await userEvent.keyboard("{ArrowRight}{ArrowRight}{Enter}");
    expect(drawing.dispatchAction).toHaveBeenLastCalledWith({ type: "showTip", seriesIndex: 0, dataIndex: 1 });
    expect(onPoint).toHaveBeenCalledExactlyOnceWith(0, 1);
    await userEvent.keyboard("{ArrowRight}{Enter}{Escape}");
    expect(onPoint).toHaveBeenLastCalledWith(0, 0);
    expect(drawing.dispatchAction).toHaveBeenLastCalledWith({ type: "hideTip" });
  });
  it("gives the numbers as CSV in which no cell is a formula", async () => {
    const given: Blob[] = [];
    vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
      given.push(blob as Blob);
      return "blob:none";
    });
    await shown();
    await userEvent.click(screen.getByRole("button", { name: "CSV" }));
    const text = await new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result);
      reader.readAsText(given[0] ?? new Blob());
    });
    expect(text).toContain("'=Site 3,\r\n");
  });
  it("leaves nothing behind", async () => {
    const { unmount } = await shown();
    await waitFor(() => expect(drawing.setOption).toHaveBeenCalled());
    unmount();
    expect(drawing.dispose).toHaveBeenCalledOnce();
  });
});
