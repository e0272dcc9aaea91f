import { useSearch } from "@tanstack/react-router";
import { readSearch, type Search } from "./search";
import { useView } from "./store";

/** The search part of the address, on whichever page. */
export function usePageSearch(): Search {
  return readSearch(useSearch({ strict: false }));
}

/** The moment every read of this page is made at: what the address names, else the snapshot on the screen. */
export function useAsOf(): string | undefined {
  const shown = useView((state) => state.shown);
  return usePageSearch().as_of ?? (shown === null ? undefined : String(shown));
}
