import axe from "axe-core";

/** What axe finds in a part of the page. Colour contrast needs real painting: it is proven by the tokens' own test and in the browser. */
export async function violations(part: Element): Promise<string[]> {
  const result = await axe.run(part, { rules: { "color-contrast": { enabled: false }, region: { enabled: false }, "page-has-heading-one": { enabled: false } } });
  return result.violations.map((one) => `${one.id}: ${one.help}\n  ${one.nodes.map((node) => node.html).join("\n  ")}`);
}
