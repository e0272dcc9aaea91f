/** What jsdom lacks and the pages need: sizes, the scheme query, observers. */
import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach } from "vitest";
import { useView } from "@/view/store";

const SIZE = { offsetHeight: 640, offsetWidth: 1200, clientHeight: 640, clientWidth: 1200 } as const;
for (const [name, value] of Object.entries(SIZE)) Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value });

window.matchMedia = (media: string) =>
  ({ matches: false, media, onchange: null, addEventListener: () => undefined, removeEventListener: () => undefined, dispatchEvent: () => false }) as unknown as MediaQueryList;

class NoObserver {
  observe() {
    return undefined;
  }
  unobserve() {
    return undefined;
  }
  disconnect() {
    return undefined;
  }
}
window.ResizeObserver = NoObserver;
Element.prototype.scrollIntoView = () => undefined;
Element.prototype.scrollTo = () => undefined;
window.scrollTo = () => undefined;
URL.createObjectURL = () => "blob:none";
URL.revokeObjectURL = () => undefined;
// axe asks for a canvas to recognise icon fonts; there are none.
HTMLCanvasElement.prototype.getContext = () => null;

// Pages are fetched when they are first opened, and a machine may be busy: nothing is promised here about time.
configure({ asyncUtilTimeout: 5_000 });

const FRESH = useView.getState();
beforeEach(() => useView.setState(FRESH, true));
afterEach(() => {
  cleanup();
  window.localStorage.clear();
});
