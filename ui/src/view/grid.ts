/** Sort, filter and hidden columns of a grid, as text for the address and back. */

import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { usePageSearch } from "./asOf";
import type { Search } from "./search";

export interface Sorted {
  id: string;
  desc: boolean;
}

export interface Filtered {
  id: string;
  value: string;
}

export interface GridState {
  sort: readonly Sorted[];
  filter: readonly Filtered[];
  /** Null: the columns that stay in the background unless asked for. */
  hide: readonly string[] | null;
}

/** Said in the address when every column is shown. */
const NONE = "none";

export const PLAIN: GridState = { sort: [], filter: [], hide: null };

export function writeSort(sort: readonly Sorted[]): string | undefined {
  return sort.length === 0 ? undefined : sort.map(({ id, desc }) => `${desc ? "-" : ""}${id}`).join(",");
}

export function writeFilter(filter: readonly Filtered[]): string[] | undefined {
  return filter.length === 0 ? undefined : filter.map(({ id, value }) => `${id}:${value}`);
}

export function writeHide(hide: readonly string[] | null): string | undefined {
  if (hide === null) return undefined;
  return hide.length === 0 ? NONE : hide.join(",");
}

export function readGrid(text: { sort?: string | undefined; filter?: readonly string[] | undefined; hide?: string | undefined }): GridState {
  return {
    sort: (text.sort ?? "")
      .split(",")
      .filter((one) => one !== "")
      .map((one) => (one.startsWith("-") ? { id: one.slice(1), desc: true } : { id: one, desc: false })),
    filter: (text.filter ?? []).map((one) => {
      const colon = one.indexOf(":");
      return { id: one.slice(0, colon), value: one.slice(colon + 1) };
    }),
    hide: text.hide === undefined ? null : text.hide.split(",").filter((one) => one !== NONE),
  };
}

/** A grid whose state is the address, so that a link reopens it. */
export function useGridInUrl(): [GridState, (next: GridState) => void] {
  const { sort, hide, filter } = usePageSearch();
  const filters = filter?.join("\n");
  const state = useMemo(
    () => readGrid({ ...(sort ? { sort } : {}), ...(hide ? { hide } : {}), filter: filters === undefined ? [] : filters.split("\n") }),
    [sort, hide, filters],
  );
  const navigate = useNavigate();
  const change = useCallback(
    (next: GridState) => {
      void navigate({
        to: ".",
        replace: true,
        search: (old: Search) => ({
          ...old,
          sort: writeSort(next.sort),
          filter: writeFilter(next.filter),
          hide: writeHide(next.hide),
        }),
      });
    },
    [navigate],
  );
  return [state, change];
}
