import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const literals = declarations(readFileSync("src/tokens/literals.css", "utf8"));
const meanings = readFileSync("src/tokens/meanings.css", "utf8");
const light = declarations(/:root \{([^}]*)\}/.exec(meanings)?.[1] ?? "");
const dark = { ...light, ...declarations(/data-mantine-color-scheme="dark"\] \{([^}]*)\}/.exec(meanings)?.[1] ?? "") };

function declarations(css: string): Record<string, string> {
  return Object.fromEntries([...css.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((found) => [found[1] ?? "", (found[2] ?? "").trim()]));
}

function colour(scheme: Record<string, string>, name: string): [number, number, number] {
  let value = scheme[name] ?? "";
  for (let found = /^var\((--[\w-]+)\)$/.exec(value); found; found = /^var\((--[\w-]+)\)$/.exec(value)) value = scheme[found[1] ?? ""] ?? literals[found[1] ?? ""] ?? "";
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/.exec(value);
  if (!hex) throw new Error(`${name} is no colour: ${value}`);
  return [hex[1], hex[2], hex[3]].map((part) => parseInt(part ?? "", 16)) as [number, number, number];
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(a: [number, number, number], b: [number, number, number]): number {
  const luminance = (rgb: [number, number, number]) => {
    const [red = 0, green = 0, blue = 0] = rgb.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ["--page", "--surface", "--surface-raised", "--surface-sunk", "--surface-hover", "--surface-active", "--accent-soft", "--warn-soft"];
const PAIRS: [string, string][] = [
  ...["--text", "--text-muted", "--link"].flatMap((ink) => GROUNDS.map((ground): [string, string] => [ink, ground])),
  ...["pass", "fail", "warn", "none"].flatMap((tone) => [`--${tone}-soft`, "--surface", "--surface-sunk", "--surface-hover"].map((ground): [string, string] => [`--${tone}-text`, ground])),
  ["--demo-text", "--demo-soft"],
  ["--on-accent", "--accent"],
];

describe.each([
  ["light", light],
  ["dark", dark],
] as const)("text in the %s scheme", (_, scheme) => {
  it.each(PAIRS)("%s on %s has a contrast of 4.5 or more", (ink, ground) => {
    expect(contrast(colour(scheme, ink), colour(scheme, ground))).toBeGreaterThanOrEqual(4.5);
  });
});

describe("the two tiers", () => {
  it("components name meanings, never literals", () => {
    const files = readdirSync("src", { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".css") && !name.startsWith("tokens"))
      .map((name) => `src/${name}`);
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) expect([file, [...readFileSync(file, "utf8").matchAll(/#[0-9a-f]{3,8}\b|var\(--(?:neutral|blue|green|vermillion|amber|purple)-/g)].map(String)]).toEqual([file, []]);
  });
});
