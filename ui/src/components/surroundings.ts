import { createContext, use } from "react";

/** Inside a grid the arrow keys walk the cells, so that single figures leave the tab order. */
export const InGrid = createContext(false);

export function useTabIndex(): number | undefined {
  return use(InGrid) ? -1 : undefined;
}
