/** The definitions by kind, and what a search finds among them. */

import type { Definition, Definitions, Gap } from "@/api/types";

export const GAPS = "gap";

export interface Entry {
  code: string;
  title: string;
  /** Everything that a search looks into. */
  words: string;
}

export interface Shelf {
  kind: string;
  title: string;
  entries: readonly Entry[];
}

/** What is asked for most stands first; a kind that is not named here comes after. */
const KINDS: readonly (readonly [string, string])[] = [
  ["criterion", "Criteria of clean"],
  ["index", "Indices"],
  ["key risk indicator", "Key risk indicators"],
  ["ratio", "Ratios"],
  ["spread", "Ages and spreads"],
  ["count", "Counts"],
];

function ofDefinition(one: Definition): Entry {
  return { code: one.code, title: one.title, words: [one.code, one.title, one.kind, one.what, one.why, one.formula, one.source, ...one.facts.flatMap((fact) => fact.told)].join(" ").toLowerCase() };
}

function ofGap(one: Gap): Entry {
  return { code: one.code, title: one.title, words: [one.code, one.title, one.why, one.needed, "cannot be computed"].join(" ").toLowerCase() };
}

export function shelves({ definitions, gaps }: Definitions): Shelf[] {
  const known = new Map(KINDS);
  const kinds = [...known.keys(), ...new Set(definitions.map((one) => one.kind).filter((kind) => !known.has(kind)))];
  return [
    ...kinds.map((kind) => ({ kind, title: known.get(kind) ?? kind, entries: definitions.filter((one) => one.kind === kind).map(ofDefinition) })),
    { kind: GAPS, title: "Cannot be computed", entries: gaps.map(ofGap) },
  ].filter((shelf) => shelf.entries.length > 0);
}

/** What has every word that was asked for, of one kind or of all; a name that begins so comes first. */
export function found(all: readonly Shelf[], asked: string, kind?: string): Shelf[] {
  const parts = asked.trim().toLowerCase().split(/\s+/);
  return all
    .filter((shelf) => kind === undefined || shelf.kind === kind)
    .map((shelf) => ({ ...shelf, entries: shelf.entries.filter((entry) => parts.every((part) => entry.words.includes(part))) }))
    .filter((shelf) => shelf.entries.length > 0);
}
