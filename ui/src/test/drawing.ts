/** Stands in for ECharts: keeps what it was asked to draw, and lets a test click a point. */
import { vi } from "vitest";

type Handler = (event: { seriesIndex: number; dataIndex: number }) => void;
const handlers: Handler[] = [];
export const options: unknown[] = [];
export const dispatched = vi.fn();

export const drawing = {
  init: () => ({
    on: (_: string, handler: Handler) => handlers.push(handler),
    setOption: (option: unknown) => options.push(option),
    resize: () => undefined,
    dispose: () => undefined,
    dispatchAction: dispatched,
    renderToSVGString: () => "<svg/>",
    getWidth: () => 10,
    getHeight: () => 10,
  }),
};

export function clickPoint(seriesIndex: number, dataIndex: number): void {
  handlers.forEach((handler) => handler({ seriesIndex, dataIndex }));
}
