import { useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState } from "react";
import { LOCK } from "@/api/questions";
import type { WhatIfChange } from "@/api/types";
import { usePageSearch } from "@/view/asOf";
import type { Search } from "@/view/search";
import { readChange, writeChange } from "./change";

/** How long nothing must be moved before it is worked out. */
const QUIET = 180;

interface Draft {
  change: WhatIfChange;
  /** What the address said when it was begun, and what it will say. */
  base: string;
  text: string;
}

/** What is tried. It lives in the address, so that a link reopens it; while something is being moved, a draft runs ahead of the address. */
export function useTried() {
  const search = usePageSearch();
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft | null>(null);
  const timer = useRef<number | undefined>(undefined);
  const text = search.change ?? "";
  const read = readChange(text);
  const ahead = draft !== null && (draft.base === text || draft.text === text);

  useEffect(() => () => window.clearTimeout(timer.current), []);

  const go = useCallback((next: Partial<Search>, replace: boolean) => void navigate({ to: ".", search: (old: Search) => ({ ...old, ...next }), replace }), [navigate]);

  /** Move something: shown at once, worked out when it rests. */
  function move(change: WhatIfChange) {
    const written = writeChange(change);
    setDraft({ change, base: text, text: written });
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => go({ change: written === "" ? undefined : written }, true), QUIET);
  }

  /** Take another change as a whole, as a step that the back button takes back. */
  function take(change: WhatIfChange, milestone?: string) {
    window.clearTimeout(timer.current);
    setDraft(null);
    const written = writeChange(change);
    go({ change: written === "" ? undefined : written, ...(milestone === undefined ? {} : { milestone }) }, false);
  }

  return {
    /** As the controls show it. */
    shown: ahead ? draft.change : read.change,
    /** As the address says it, and as it is worked out. */
    settled: read.change,
    unread: read.unread,
    milestone: search.milestone ?? LOCK,
    beside: search.beside === undefined ? null : Number(search.beside),
    move,
    take,
    setMilestone: (milestone: string) => go({ milestone }, false),
    setBeside: (number: number | null) => go({ beside: number === null ? undefined : String(number) }, false),
  };
}

export type Tried = ReturnType<typeof useTried>;
