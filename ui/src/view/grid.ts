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
  hide: readonly string[];
}

export const PLAIN: GridState = { sort: [], filter: [], hide: [] };

export function writeSort(sort: readonly Sorted[]): string | undefined {
  return sort.length === 0 ? undefined : sort.map(({ id, desc }) => `${desc ? "-" : ""}${id}`).join(",");
}

export function writeFilter(filter: readonly Filtered[]): string[] | undefined {
  return filter.length === 0 ? undefined : filter.map(({ id, value }) => `${id}:${value}`);
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
    hide: (text.hide ?? "").split(",").filter((one) => one !== ""),
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
          hide: next.hide.length === 0 ? undefined : next.hide.join(","),
        }),
      });
    },
    [navigate],
  );
  return [state, change];
}
