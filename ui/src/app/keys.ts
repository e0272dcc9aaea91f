import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { Snapshot } from "@/api/types";
import { useView } from "@/view/store";
import type { Search } from "@/view/search";

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
}

/** The keys that work on every page, wherever the focus is, except while typing. */
export function useGlobalKeys(snapshots: readonly Snapshot[], seen: Snapshot | undefined) {
  const navigate = useNavigate();
  const { setPalette, setKeys, closeEvidence } = useView();
  const prefix = useRef(0);
  useEffect(() => {
    function step(by: number) {
      const at = snapshots.findIndex((one) => one.snapshot === seen?.snapshot);
      const next = snapshots[at + by];
      if (at < 0 || next === undefined) return;
      void navigate({ to: ".", search: (old: Search) => ({ ...old, as_of: at + by === 0 ? undefined : String(next.snapshot) }) });
    }
    function press(event: KeyboardEvent) {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setPalette(true);
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || event.defaultPrevented) return;
      // A dialogue that is open has its own keys.
      if (document.querySelector('[role="dialog"]')) return;
      const afterG = Date.now() - prefix.current < 1_000;
      const keys: Record<string, () => void> = {
        "/": () => setPalette(true),
        "?": () => setKeys(true),
        "[": () => step(1),
        "]": () => step(-1),
        Escape: closeEvidence,
        j: () => document.querySelector<HTMLElement>('#page [role="grid"], #page [role="region"][tabindex="0"]')?.focus(),
        k: () => document.querySelector<HTMLElement>('#page [role="grid"], #page [role="region"][tabindex="0"]')?.focus(),
        e: () => {
          if (document.activeElement instanceof HTMLElement && document.activeElement.hasAttribute("data-evidence")) document.activeElement.click();
        },
        g: () => {
          prefix.current = Date.now();
        },
        ...(afterG ? { p: () => void navigate({ to: "/", search: {} }), d: () => void navigate({ to: "/files", search: {} }) } : {}),
      };
      const act = keys[event.key];
      if (!act) return;
      if (event.key !== "Escape") event.preventDefault();
      act();
    }
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [navigate, setPalette, setKeys, closeEvidence, snapshots, seen]);
}
