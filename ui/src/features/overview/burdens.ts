/** What waits for whom: the burdens of a study brought together by owner and criterion, ages side by side. */

import type { Burden } from "@/api/types";

export interface Waiting {
  criterion: string;
  items: number;
  /** More than one of an age where different reports say who must act. */
  byAge: ReadonlyMap<string, readonly Burden[]>;
}

export interface Owner {
  owner: string;
  /** What says that it must act; more than one where criteria differ. */
  sources: readonly Burden["owner_source"][];
  items: number;
  waiting: readonly Waiting[];
}

function sum(burdens: readonly Burden[]): number {
  return burdens.reduce((total, one) => total + one.items, 0);
}

function grouped<Key>(burdens: readonly Burden[], key: (one: Burden) => Key): Map<Key, Burden[]> {
  const found = new Map<Key, Burden[]>();
  for (const one of burdens) found.set(key(one), [...(found.get(key(one)) ?? []), one]);
  return found;
}

/** Most items first, owners and what waits for each. */
export function byOwner(burdens: readonly Burden[]): Owner[] {
  return [...grouped(burdens, (one) => one.owner)]
    .map(([owner, of]) => ({
      owner,
      sources: [...new Set(of.map((one) => one.owner_source))],
      items: sum(of),
      waiting: [...grouped(of, (one) => one.criterion)]
        .map(([criterion, ages]) => ({ criterion, items: sum(ages), byAge: grouped(ages, (one) => one.age) }))
        .sort((a, b) => b.items - a.items),
    }))
    .sort((a, b) => b.items - a.items);
}
