/** Which groups are compared and how; the choice stands in the address. */

import { useNavigate } from "@tanstack/react-router";
import { usePageSearch } from "@/view/asOf";
import type { Search } from "@/view/search";
import { LEVELS, METHODS } from "@/words/signals";
import styles from "./Switches.module.css";

export interface Compared {
  level: "site" | "country";
  method: "calibrated" | "gsm-normal";
}

/** What the address asks for; sites and the calibrated method unless it says otherwise. */
export function useCompared(): Compared {
  const { level, method } = usePageSearch();
  return { level: level === "country" ? "country" : "site", method: method === "gsm-normal" ? "gsm-normal" : "calibrated" };
}

export function Switches() {
  const { level, method } = useCompared();
  const navigate = useNavigate();
  // Columns, filters and a bold site of one level mean nothing at the other.
  const toLevel = (next: string) => void navigate({ to: ".", replace: true, search: (old: Search) => ({ as_of: old.as_of, view: old.view, method: old.method, ...(next === "site" ? {} : { level: next }) }) });
  const toMethod = (next: string) => void navigate({ to: ".", replace: true, search: (old: Search) => ({ ...old, method: next === "calibrated" ? undefined : next }) });
  return (
    <>
      <Choice label="Compare" value={level} onValue={toLevel} options={Object.entries(LEVELS).map(([id, one]) => ({ id, word: one.many, meaning: `Compare ${one.many} of the study.` }))} />
      <Choice label="Method" value={method} onValue={toMethod} options={Object.entries(METHODS).map(([id, one]) => ({ id, ...one }))} />
    </>
  );
}

interface Option {
  id: string;
  word: string;
  meaning?: string;
}

/** A choice of one among few, all of them seen. */
export function Choice({ label, value, onValue, options }: { label: string; value: string; onValue: (id: string) => void; options: readonly Option[] }) {
  return (
    <span role="group" aria-label={label} className={styles["choice"]}>
      {options.map((option) => (
        <button key={option.id} type="button" aria-pressed={option.id === value} title={option.meaning} onClick={() => onValue(option.id)}>
          {option.word.charAt(0).toUpperCase() + option.word.slice(1)}
        </button>
      ))}
    </span>
  );
}
