import axe from "axe-core";

/** What axe finds in a part of the page. Colour contrast needs real painting: it is proven by the tokens' own test and in the browser. */
export async function violations(part: Element): Promise<string[]> {
  // Only what is wrong is told, with its piece of the page: neither what passed nor a selector of each node is worked out.
  const result = await axe.run(part, { resultTypes: ["violations"], selectors: false, preload: false, iframes: false, rules: { "color-contrast": { enabled: false }, region: { enabled: false }, "page-has-heading-one": { enabled: false } } });
  return result.violations.map((one) => `${one.id}: ${one.help}\n  ${one.nodes.map((node) => node.html).join("\n  ")}`);
}
