import { createContext, use } from "react";

/** Inside a grid the arrow keys walk the cells, so that single figures leave the tab order. */
export const InGrid = createContext(false);

export function useTabIndex(): number | undefined {
  return use(InGrid) ? -1 : undefined;
}

/** Whether what is on the page is demonstration data; a file of it must say so too. */
export const DemoData = createContext(false);

export function useDemo(): boolean {
  return use(DemoData);
}
