// Pictures of every page in both schemes: node dev/shots.mjs [address] [folder]; the address carries its own #token when one is needed.
import { chromium } from "playwright-core";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [base = "http://127.0.0.1:8738/#token=demo", folder = "shots", only = ""] = process.argv.slice(2);
const origin = new URL(base).origin;
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
let problems = 0;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
async function accessible(name) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => (await window.axe.run(document)).violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${(node.any[0]?.message ?? "").slice(0, 140)}`).join(" | ")}`));
  for (const one of found) { problems += 1; console.log("axe:", name, one); }
}
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
const page = await context.newPage();
page.on("console", (message) => {
  if (message.type() === "error" && !message.text().includes("401")) { problems += 1; console.log("console:", message.text()); }
});
page.on("pageerror", (error) => { problems += 1; console.log("page error:", error.message); });
await page.goto(base);
await page.waitForSelector("h1");
await page.waitForTimeout(600);
console.log("after sign in:", page.url());
const ask = (path) => page.evaluate(async (to) => (await fetch(`/api/v1${to}`)).json(), path);
const portfolio = await ask("/portfolio");
const study = portfolio.studies[0]?.study_id ?? "none";
const { items: files } = await ask(`/files?study_id=${encodeURIComponent(study)}`);
const tables = await ask(`/studies/${encodeURIComponent(study)}/tables`);
const rows = tables[0] ? (await ask(`/studies/${encodeURIComponent(study)}/rows/${tables[0].table}`)).items : [];
const rejected = (await ask("/files?limit=1000")).items.find((file) => file.rejected > 0);
const quarantined = (await ask("/files?outcome=quarantined")).items[0];
const at = rows[30] ?? rows[0];
const cell = at ? `${at.ref.split(":").slice(0, 2).join(":")}:C${at.ref.split(":")[2]}` : "none";
const to = `/studies/${encodeURIComponent(study)}`;
const pages = [
  ["portfolio", "/"],
  ["portfolio-evidence", "/", async () => { await page.click("[data-evidence] >> nth=14"); }],
  ["study-overview", to],
  ["study-reports", `${to}?view=reports`],
  ["study-files", `${to}?view=files`],
  ["study-findings", `${to}?view=findings`],
  ["study-sites", `${to}?view=sites`],
  ["study-subjects", `${to}?view=subjects`, async () => { await page.keyboard.press("j"); await page.keyboard.press("j"); await page.keyboard.press("Enter"); }],
  ["study-rows", `${to}?view=rows`, async () => { await page.click("text=Filter"); }],
  ["file", `/files/${rejected?.file_id ?? files[0]?.file_id}`],
  ["file-quarantined", `/files/${quarantined?.file_id ?? files[0]?.file_id}`],
  ["cell", `/cells/${cell}`],
  ["definitions", "/definitions?code=op01"],
  ["data", "/files"],
  ["data-loads", "/files?view=loads"],
  ["palette", "/", async () => { await page.keyboard.press("/"); await page.keyboard.type("subject 1"); await page.waitForTimeout(600); }],
  ["keys", "/", async () => { await page.keyboard.press("?"); }],
];
for (const scheme of ["light", "dark"]) {
  await page.emulateMedia({ colorScheme: scheme });
  for (const [name, path, act] of pages) {
    if (only !== "" && !name.startsWith(only)) continue;
    await page.goto(origin + path);
    await page.waitForSelector("h1");
    await page.waitForFunction(() => !document.querySelector("#page")?.textContent?.includes("Loading"), null, { timeout: 20000 }).catch(() => console.log("still loading:", name));
    await page.waitForTimeout(350);
    if (act) { await act(); await page.waitForTimeout(500); }
    await page.screenshot({ path: `${folder}/${name}-${scheme}.png` });
    await accessible(`${name} ${scheme}`);
  }
}
await page.setViewportSize({ width: 820, height: 1100 });
await page.emulateMedia({ colorScheme: "light" });
for (const [name, path] of [["portfolio", "/"], ["file", `/files/${files[0]?.file_id}`], ["cell", `/cells/${cell}`]]) {
  if (only !== "" && !name.startsWith(only)) continue;
  await page.goto(origin + path);
  await page.waitForTimeout(700);
  await page.screenshot({ path: `${folder}/${name}-tablet.png` });
}
await browser.close();
console.log(problems === 0 ? "no console error, axe finds nothing" : `${problems} problems`);
process.exit(problems === 0 ? 0 : 1);
