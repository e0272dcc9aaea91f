import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Frame } from "@/app/App";
import { violations } from "@/test/axe";
import { clickPoint, dispatched } from "@/test/drawing";
import { Chart } from "./Chart";

const loads = vi.hoisted(() => ({ fail: false }));
vi.mock("./echarts", async () => {
  const { drawing } = await import("@/test/drawing");
  return {
    get init() {
      if (loads.fail) throw new Error("The network is gone.");
      return drawing.init;
    },
  };
});

const OPTION = () => ({ series: [] });
const TABLE = { columns: ["Site", "Queries"], rows: [["Site 1", 3], ["Site 2", null]] } as const;
const WORDS = (series: number, point: number) => (series === 0 ? `Site ${point + 1}` : null);
const onPoint = vi.fn();

function shown() {
  return render(
    <Frame>
      <Chart title="Which site has most?" summary="Site 1 has 3." table={TABLE} option={OPTION} points={[2]} words={WORDS} onPoint={onPoint} />
    </Frame>,
  );
}

beforeEach(() => {
  loads.fail = false;
  onPoint.mockClear();
  dispatched.mockClear();
});

describe("Chart", () => {
  it("has the same numbers as a table behind it, unknown as unknown", async () => {
    const { container } = shown();
    await userEvent.click(screen.getByRole("button", { name: "Table" }));
    expect(screen.getByRole("cell", { name: "Site 1" })).toBeInTheDocument();
    expect(screen.getByText("unknown")).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });

  it("walks its points with the keyboard, says each, opens one with Enter", async () => {
    const { container } = shown();
    const chart = await screen.findByRole("application", { name: /which site has most/i });
    await vi.waitFor(() => expect(screen.getByRole("button", { name: "SVG" })).toBeEnabled());
    fireEvent.keyDown(chart, { key: "ArrowRight" });
    fireEvent.keyDown(chart, { key: "ArrowRight" });
    expect(screen.getByText("Site 2")).toHaveAttribute("role", "status");
    expect(dispatched).toHaveBeenLastCalledWith({ type: "showTip", seriesIndex: 0, dataIndex: 1 });
    fireEvent.keyDown(chart, { key: "Enter" });
    expect(onPoint).toHaveBeenCalledWith(0, 1);
    fireEvent.keyDown(chart, { key: "Escape" });
    expect(dispatched).toHaveBeenLastCalledWith({ type: "hideTip" });
    expect(await violations(container)).toEqual([]);
  });

  it("opens the point that is clicked", async () => {
    shown();
    await vi.waitFor(() => expect(screen.getByRole("button", { name: "PNG" })).toBeEnabled());
    clickPoint(0, 1);
    expect(onPoint).toHaveBeenCalledWith(0, 1);
  });

  it("says when it cannot be loaded, and tries again", async () => {
    loads.fail = true;
    const { container } = shown();
    expect(await screen.findByText("The chart could not be loaded")).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
    loads.fail = false;
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("application")).toBeInTheDocument();
  });
});
