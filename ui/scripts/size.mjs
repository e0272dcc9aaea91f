// What the first page costs: everything that index.html asks for before any route is opened, compressed as the server sends it.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const LIMIT = 300 * 1000;
const built = fileURLToPath(new URL("../../src/ncdm/serve/static/", import.meta.url));
const html = readFileSync(`${built}index.html`, "utf8");
const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((found) => found[1]);
const parts = ["index.html", ...new Set(named)].map((name) => ({ name, size: gzipSync(readFileSync(built + name), { level: 6 }).length }));
const total = parts.reduce((sum, part) => sum + part.size, 0);
for (const { name, size } of parts) console.log(`${(size / 1000).toFixed(1).padStart(8)} kB  ${name}`);
console.log(`${(total / 1000).toFixed(1).padStart(8)} kB  initial load, gzip (limit ${LIMIT / 1000} kB)`);
if (total > LIMIT || named.length === 0) {
  console.error("The initial load is over its limit.");
  process.exit(1);
}
