/** The colours of the scheme as values, because a drawing cannot name a token. */

import { useSyncExternalStore } from "react";

const NAMES = {
  text: "--text",
  muted: "--text-muted",
  line: "--line",
  lineStrong: "--line-strong",
  surface: "--surface-raised",
  accent: "--accent",
  pass: "--pass-fill",
  fail: "--fail-fill",
  warn: "--warn-fill",
  none: "--none-fill",
  failSoft: "--fail-soft",
  warnSoft: "--warn-soft",
  passSoft: "--pass-soft",
} as const;

export type Palette = Readonly<Record<keyof typeof NAMES, string>>;

function read(): Palette {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(Object.entries(NAMES).map(([name, token]) => [name, style.getPropertyValue(token).trim() || "gray"])) as Record<keyof typeof NAMES, string>;
}

let known: { key: string; palette: Palette } | null = null;

function now(): Palette {
  const palette = read();
  const key = JSON.stringify(palette);
  if (known?.key !== key) known = { key, palette };
  return known.palette;
}

function subscribe(changed: () => void): () => void {
  const watch = new MutationObserver(changed);
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-mantine-color-scheme"] });
  return () => watch.disconnect();
}

/** The colours of the scheme that is on; anew when it changes. */
export function usePalette(): Palette {
  return useSyncExternalStore(subscribe, now);
}
