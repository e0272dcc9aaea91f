/** What is tried, as the address carries it: `l.op01=2.5,3.5,30;w.visits=0.3;c.deviations=3;g.own=V,Q;t.ITT=0.9`. */
import type { WhatIfChange } from "@/api/types";

export const NOTHING: WhatIfChange = { limits: {}, weights: {}, caps: {}, gates: {}, targets: {} };

/** The parts of a change, in the order in which they are written and told. */
export const PARTS = ["limits", "weights", "caps", "gates", "targets"] as const;
export type Part = (typeof PARTS)[number];

export function isNothing(change: WhatIfChange): boolean {
  return PARTS.every((part) => Object.keys(change[part]).length === 0);
}

/** A change with one entry of one part set, or taken out with `undefined`. */
export function withEntry<Of extends Part>(change: WhatIfChange, part: Of, code: string, value: WhatIfChange[Of][string] | undefined): WhatIfChange {
  const { [code]: _, ...rest } = change[part];
  return { ...change, [part]: value === undefined ? rest : { ...rest, [code]: value } };
}

const sorted = <Value>(entries: Record<string, Value>) => Object.entries(entries).sort(([one], [other]) => (one < other ? -1 : 1));

export function writeChange(change: WhatIfChange): string {
  const limits = sorted(change.limits).map(([code, { amber, red, accrual }]) => `l.${code}=${[amber, red, ...(accrual === null ? [] : [accrual])].join(",")}`);
  const numbers = (letter: string, entries: Record<string, number>) => sorted(entries).map(([code, value]) => `${letter}.${code}=${value}`);
  const gates = sorted(change.gates).map(([code, criteria]) => `g.${code}=${criteria.join(",")}`);
  return [...limits, ...numbers("w", change.weights), ...numbers("c", change.caps), ...gates, ...numbers("t", change.targets)].join(";");
}

export interface Read {
  change: WhatIfChange;
  /** Parts of the address that say nothing we know; they are told, and not guessed at. */
  unread: string[];
}

const ENTRY = /^([lwcgt])\.([A-Za-z][A-Za-z0-9_]*)=(.*)$/;

export function readChange(text: string | undefined): Read {
  let change = NOTHING;
  const unread: string[] = [];
  for (const entry of (text ?? "").split(";").filter((one) => one !== "")) {
    const [, letter, code, told] = ENTRY.exec(entry) ?? [];
    const listed = (told ?? "").split(",").filter((one) => one !== "");
    const numbers = listed.map(Number);
    const [first, second, third] = numbers;
    const plain = numbers.every(Number.isFinite);
    if (code === undefined || (letter !== "g" && !plain)) unread.push(entry);
    else if (letter === "g") change = withEntry(change, "gates", code, listed);
    else if (letter === "l" && first !== undefined && second !== undefined && numbers.length <= 3) change = withEntry(change, "limits", code, { amber: first, red: second, accrual: third ?? null });
    else if (letter === "w" && first !== undefined && numbers.length === 1) change = withEntry(change, "weights", code, first);
    else if (letter === "c" && first !== undefined && numbers.length === 1) change = withEntry(change, "caps", code, first);
    else if (letter === "t" && first !== undefined && numbers.length === 1) change = withEntry(change, "targets", code, first);
    else unread.push(entry);
  }
  return { change, unread };
}
