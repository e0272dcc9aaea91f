import { useInfiniteQuery, type InfiniteData, type QueryKey, type UseInfiniteQueryOptions } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { Page } from "@/api/types";

type ListOptions<Item> = UseInfiniteQueryOptions<Page<Item>, Error, InfiniteData<Page<Item>, string | null>, QueryKey, string | null>;

export interface Listed<Item> {
  items: Item[];
  total: number;
  /** Lines that the server has and the page has not yet. */
  arriving: number;
  isPending: boolean;
  error: Error | null;
  refetch: () => unknown;
  hasMore: boolean;
  isFetching: boolean;
  more: () => void;
  data: Item[] | undefined;
}

/** A list in pages; `whole` keeps asking until all of it is here, so that sorting and filtering need no server. */
export function useList<Item>(options: unknown, whole: boolean): Listed<Item> {
  const answer = useInfiniteQuery(options as ListOptions<Item>);
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, isFetching, error, isPending, refetch, isError } = answer;
  useEffect(() => {
    if (whole && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [whole, hasNextPage, isFetchingNextPage, fetchNextPage, isError]);
  const items = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  const total = data?.pages[0]?.total ?? 0;
  return {
    items: items ?? [],
    data: items,
    total,
    arriving: hasNextPage ? Math.max(0, total - (items?.length ?? 0)) : 0,
    isPending,
    error,
    refetch,
    hasMore: hasNextPage,
    isFetching,
    more: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
  };
}
