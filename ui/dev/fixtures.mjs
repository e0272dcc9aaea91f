// Clearly fictional answers for looking at the pages without a store. Never part of the product: run `node dev/fixtures.mjs`, then `NCDM_API=http://127.0.0.1:8738 npm run dev`,
// or let this server hand out the built pages itself.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const PORT = Number(process.env.PORT ?? 8738);
const STATIC = fileURLToPath(new URL("../../src/ncdm/serve/static/", import.meta.url));
const KINDS = [
  ["cpid", "CPID EDC metrics"],
  ["visit_tracker", "Visit projection tracker"],
  ["labs", "Missing lab names and ranges"],
  ["sae", "SAE dashboard"],
  ["inactivated", "Inactivated forms and records"],
  ["missing_pages", "Missing pages"],
  ["edrr", "EDRR open issues"],
  ["meddra", "MedDRA coding"],
  ["whodrug", "WHODrug coding"],
].map(([kind, title]) => ({ kind, title }));
const TABLES = { cpid: "subject_metrics", visit_tracker: "missing_visit", labs: "lab_issue", sae: "sae_review", inactivated: "inactivation", missing_pages: "missing_page", edrr: "thirdparty_issue", meddra: "coding_term", whodrug: "coding_term" };
const EMPTY = process.env.EMPTY === "1";
const EXPECT_TOKEN = process.env.TOKEN ?? "demo";

let seed = 7;
const random = () => ((seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648);
const upTo = (n) => Math.floor(random() * n);
const sha = (n) => (n + 1).toString(16).padStart(4, "0").repeat(16);
const COUNTRIES = ["FRA", "DEU", "USA", "ESP", "JPN", "BRA"];

const files = [];
const studies = Array.from({ length: 12 }, (_, index) => {
  const study_id = `Demo Study ${index + 1}`;
  const lower_bound = index === 3 || index === 8;
  const subjects = 40 + upTo(1300);
  const reports = KINDS.map(({ kind, title }) => {
    const state = kind === "cpid" && lower_bound ? "missing" : random() < 0.06 ? "missing" : random() < 0.04 ? "quarantined" : random() < 0.08 ? "empty" : "present";
    const rejected = state === "present" && random() < 0.15 ? 1 + upTo(12) : 0;
    const rows = state === "present" ? 20 + upTo(kind === "whodrug" ? 9000 : 1500) : state === "empty" ? 0 : null;
    const file_ids = [];
    if (state !== "missing") {
      const n = files.length;
      file_ids.push(sha(n).slice(0, 16));
      const aside = 3 + upTo(9);
      const held = state === "quarantined" ? 200 + upTo(500) : 0;
      files.push({
        file_id: sha(n).slice(0, 16), sha256: sha(n), name: `${study_id}_${title.replaceAll(" ", "_")}_14NOV2025_updated.xlsx`, study_id, kind: state === "quarantined" ? null : kind,
        outcome: state === "quarantined" ? "quarantined" : index === 5 ? "unchanged" : "loaded", reason: state === "quarantined" ? "fits no contract: 3 of 9 required columns found" : null,
        size: 20000 + upTo(900000), as_of: random() < 0.85 ? "2025-11-14" : "2025-11-07", as_of_assumed: random() < 0.2, sheets: kind === "cpid" ? 15 : 2,
        read: (rows ?? 0) + rejected + aside + held, accepted: rows ?? 0, rejected, set_aside: aside, quarantined_lines: held, first_snapshot: 3, current: true,
      });
    }
    return { kind, state, rows, rejected, as_of: state === "missing" ? null : "2025-11-14", as_of_assumed: state === "present" && random() < 0.2, file_ids };
  });
  return {
    study_id, subjects, sites: 4 + upTo(60), countries: 1 + upTo(12), lower_bound, as_of: "2025-11-14", demo: true, rows: reports.reduce((sum, one) => sum + (one.rows ?? 0), 0),
    rejected: reports.reduce((sum, one) => sum + one.rejected, 0), quarantined: reports.filter((one) => one.state === "quarantined").length, findings: upTo(60), reports,
  };
});
files.push({ ...files[0], file_id: sha(900).slice(0, 16), sha256: sha(900), name: "Demo Study 2_broken.xlsx", study_id: null, kind: null, outcome: "refused", reason: "encrypted workbook: it opens only with a password", sheets: 0, read: 0, accepted: 0, rejected: 0, set_aside: 0, quarantined_lines: 0, as_of: null, as_of_assumed: false });
const sum = (key) => studies.reduce((total, one) => total + one[key], 0);
const snapshot = (n, day) => ({ snapshot: n, as_of: day, committed_at: new Date(Date.now() - (4 - n) * 86400000 * 7 - 40000).toISOString(), files_loaded: 30 + n, files_unchanged: 60, files_refused: n === 3 ? 1 : 0, demo: true });
const snapshots = [snapshot(3, "2025-11-14"), snapshot(2, "2025-11-07"), snapshot(1, "2025-10-31")];
const COLUMNS = [
  ["subject_id", "Subject", "text", null, "SUBJID"], ["site_id", "Site", "text", null, "SITEID"], ["country", "Country", "text", null, "COUNTRY"], ["form", "Form", "text", null, null],
  ["status", "Status", "text", null, null], ["as_of", "As of", "date", null, null], ["days_outstanding", "Days outstanding", "int", "days", null], ["open_queries", "Open queries", "int", null, null],
].map(([name, title, type, unit, cdisc]) => ({ name, title, type, unit, cdisc }));
const rowOf = (fileId, n) => ({ ref: `${fileId}:1:${n + 3}`, cells: { subject_id: `Subject ${1 + (n % 97)}`, site_id: `Site ${1 + (n % 27)}`, country: COUNTRIES[n % 6], form: ["Visit date", "Vital signs", "=Concomitant medication"][n % 3], status: ["Open", "Answered", null][n % 3], as_of: "2025-11-14", days_outstanding: n % 7 === 0 ? null : (n * 13) % 180, open_queries: (n * 7) % 12 } });
const CHECKS = [["REC001", "Subjects named in a report but absent from CPID", "high"], ["REC002", "Row counts of the tracker and CPID differ", "medium"], ["VAL004", "Date after the as-of date", "medium"], ["VAL009", "Status outside the vocabulary", "low"], ["KEY001", "The same key twice in one sheet", "low"]];
const findingOf = (study, n, code) => {
  const [c, title, severity] = CHECKS.find(([one]) => one === code) ?? CHECKS[n % CHECKS.length];
  return { code: c, title, severity, what: `${title}: Subject ${n + 1} has ${2 + (n % 4)} such entries in the Missing pages report`, kind: "missing_pages", table: "missing_page", subject_id: `Subject ${n + 1}`, site_id: `Site ${1 + (n % 9)}`, refs: [`${files[1].file_id}:1:${5 + n}`, `${files[1].file_id}:1:${40 + n}`] };
};
const page = (all, query) => {
  const at = Number(query.get("cursor") ?? 0);
  const limit = Number(query.get("limit") ?? 200);
  return { items: all.slice(at, at + limit), next: at + limit < all.length ? String(at + limit) : null, total: all.length };
};
const letters = ["A", "B", "C", "D", "E", "F", "G", "H"];
const sheetsOf = (file) =>
  Array.from({ length: file.sheets }, (_, index) => {
    const first = index === 0;
    const quarantined = file.outcome === "quarantined" && first;
    const aside = first ? file.set_aside : 0;
    return {
      sheet: index + 1, name: first ? "Demo Report" : `Demo Sheet ${index + 1}`, visible: index !== 3, outcome: quarantined ? "quarantined" : first ? "accepted" : "supporting", kind: file.kind, table: first && file.kind ? TABLES[file.kind] : null,
      reason: quarantined ? "fits no contract: the columns Subject, Site and Form are missing" : first ? null : "pivot of the first sheet; its lines are there", nearest: quarantined ? "missing_pages (6 of 9 columns)" : null, as_of: file.as_of, as_of_assumed: file.as_of_assumed,
      header_rows: quarantined ? [] : [2], columns: quarantined ? [] : [...COLUMNS.map((column, at) => ({ letter: letters[at], header: at === 6 ? "# Days\nOutstanding" : column.title, column: column.name, how: ["exact", "synonym", "exact", "fuzzy", "exact", "exact", "synonym", "content"][at] })), { letter: "I", header: "Remarks", column: null, how: "ignored" }],
      missing_columns: first && !quarantined ? ["review_status"] : [], read: first ? file.read : 24, accepted: first ? file.accepted : 0, rejected: first ? file.rejected : 0, set_aside: { blank: Math.max(0, aside - 2), banner: aside > 0 ? 1 : 0, header: aside > 1 ? 1 : 0, total: 0, footer: 0, stray: 0 }, held: first ? file.quarantined_lines : 24, scrubbed: first ? 2 : 0,
    };
  });
const lineOf = (file, sheet, row) => {
  const outcome = sheet.held > 0 ? "held" : row === 1 ? "banner" : row === 2 ? "header" : row % 37 === 0 && row / 37 <= sheet.rejected ? "rejected" : row > 3 + sheet.accepted + sheet.rejected ? "blank" : "accepted";
  const { cells } = rowOf(file.file_id, row - 3);
  const values = outcome === "banner" ? ["Demo report, generated"] : outcome === "header" ? COLUMNS.map((one) => one.title) : outcome === "blank" ? [] : COLUMNS.map(({ name }) => (cells[name] === null ? null : String(cells[name])));
  return { row, outcome, reason: outcome === "rejected" ? "days_outstanding: 'abc' is no whole number" : null, ref: `${file.file_id}:${sheet.sheet}:${row}`, cells: letters.map((_, at) => (outcome === "rejected" && at === 6 ? "abc" : (values[at] ?? null))) };
};
const loads = new Map();
let signedIn = process.env.SIGNED_IN === "1";

function answer(method, path, query) {
  const [, , , head, ...rest] = path.split("/").map(decodeURIComponent);
  if (head === "health") return { status: "ok", version: "0.1.0" };
  if (head === "session") {
    if (method === "DELETE") { signedIn = false; return null; }
    return signedIn ? { signed_in: true, version: "0.1.0", intended_use: "Trial data quality and oversight; not for treatment decisions." } : undefined;
  }
  if (!signedIn) return undefined;
  if (head === "snapshots") return page(EMPTY ? [] : snapshots, query);
  if (head === "portfolio")
    return EMPTY
      ? { snapshot: null, kinds: KINDS, totals: { studies: 0, subjects: 0, sites: 0, countries: 0, files: 0, rows: 0, rejected: 0, quarantined: 0, findings: 0 }, studies: [] }
      : { snapshot: snapshots[0], kinds: KINDS, totals: { studies: studies.length, subjects: sum("subjects"), sites: sum("sites"), countries: 31, files: files.length, rows: sum("rows"), rejected: sum("rejected"), quarantined: sum("quarantined"), findings: sum("findings") }, studies };
  if (head === "studies") {
    const study = studies.find((one) => one.study_id === rest[0]);
    if (!study) return null;
    const of = files.filter((file) => file.study_id === study.study_id);
    const present = study.reports.filter((report) => report.rows !== null);
    if (rest.length === 1)
      return { ...study, files: of, totals: Object.fromEntries(present.map(({ kind, rows }) => [kind, kind === "cpid" ? { pages_entered: rows * 31, pages_non_conformant: 9, queries_total: rows * 3, crfs_require_sdv: rows * 13, crfs_signed: rows * 40, broken_signatures: 165, coded_terms: null } : { rows }])), titles: { rows: "Rows", pages_entered: "Pages entered", queries_total: "Queries" }, checks: CHECKS.map(([code, title, severity], at) => ({ code, title, severity, count: at === 4 ? 0 : Math.floor(study.findings / 4) })) };
    if (rest[1] === "findings") return page(Array.from({ length: study.findings }, (_, n) => findingOf(study, n, query.get("code"))), query);
    const q = (query.get("q") ?? "").toLowerCase();
    if (rest[1] === "sites") return page(Array.from({ length: study.sites }, (_, n) => ({ site_id: `Site ${n + 1}`, country: COUNTRIES[n % 6], subjects: 1 + ((n * 7) % 40), reports: present.slice(0, 1 + (n % present.length)).map((one) => one.kind) })).filter((one) => one.site_id.toLowerCase().includes(q)), query);
    if (rest[1] === "subjects") return page(Array.from({ length: study.subjects }, (_, n) => ({ subject_id: `Subject ${n + 1}`, site_id: `Site ${1 + (n % study.sites)}`, country: COUNTRIES[n % 6], subject_status: study.lower_bound ? null : ["On Trial", "Discontinued", "Screen Failure"][n % 3], status_source: study.lower_bound ? null : "cpid", reports: present.slice(0, 1 + (n % present.length)).map((one) => one.kind), pseudo: n === 5 })).filter((one) => one.subject_id.toLowerCase().includes(q)), query);
    const tables = present.map((report) => ({ table: report.kind === "whodrug" ? "coding_term_whodrug" : TABLES[report.kind], kind: report.kind, title: KINDS.find((one) => one.kind === report.kind).title, supporting: false, rows: report.rows, columns: COLUMNS }));
    if (rest[1] === "tables") return tables;
    if (rest[1] === "rows") {
      const table = tables.find((one) => one.table === rest[2]);
      if (!table) return null;
      const report = present.find((one) => one.kind === table.kind);
      let rows = Array.from({ length: table.rows }, (_, n) => rowOf(report.file_ids[0], n));
      for (const filter of query.getAll("filter")) { const colon = filter.indexOf(":"); rows = rows.filter((row) => String(row.cells[filter.slice(0, colon)] ?? "") === filter.slice(colon + 1)); }
      const sort = query.get("sort");
      if (sort) { const name = sort.replace("-", ""); rows.sort((a, b) => (sort.startsWith("-") ? -1 : 1) * (a.cells[name] > b.cells[name] ? 1 : -1)); }
      return page(rows, query);
    }
  }
  if (head === "files") {
    if (rest.length === 0) return page(EMPTY ? [] : files.filter((file) => (!query.get("outcome") || file.outcome === query.get("outcome")) && (!query.get("study_id") || file.study_id === query.get("study_id"))), query);
    const file = files.find((one) => one.file_id === rest[0]);
    if (!file) return null;
    if (rest.length === 1) return { ...file, sheets: sheetsOf(file), findings: file.outcome === "loaded" ? [findingOf(null, 1), findingOf(null, 2)] : [] };
    const sheet = sheetsOf(file)[Number(rest[2]) - 1];
    return page(Array.from({ length: sheet.read }, (_, n) => lineOf(file, sheet, n + 1)).filter((line) => !query.get("outcome") || line.outcome === query.get("outcome")), query);
  }
  if (head === "cells") {
    const [, id, sheetNo, letter, rowText] = /^([0-9a-f]+):(\d+):([A-Z]*)(\d+)$/.exec(rest[0]) ?? [];
    const file = files.find((one) => one.file_id === id);
    if (!file) return null;
    const sheet = sheetsOf(file)[Number(sheetNo) - 1];
    const row = Number(rowText);
    const around = Number(query.get("around") ?? 20);
    const lines = [];
    for (let at = Math.max(1, row - around); at <= Math.min(sheet.read, row + around); at += 1) { const line = lineOf(file, sheet, at); lines.push({ row: at, outcome: line.outcome, reason: line.reason, cells: line.cells.map((text, column) => ({ text: at % 11 === 0 && column === 6 ? null : text, error: at % 11 === 0 && column === 6 ? "#N/A" : null })) }); }
    const line = lineOf(file, sheet, row);
    return { file, sheet, row, column_letter: letter || null, letters, lines, became: line.outcome === "accepted" && sheet.table ? { table: sheet.table, cells: rowOf(file.file_id, row - 3).cells } : null, rejected: line.outcome === "rejected" ? { reason: line.reason, column: "days_outstanding" } : null };
  }
  if (head === "loads" && rest.length === 1) {
    const load = loads.get(rest[0]);
    if (!load) return null;
    load.files_done = Math.min(load.files_total, load.files_done + 1);
    load.state = load.files_done < load.files_total ? "reading" : "done";
    load.current = load.state === "reading" ? files[load.files_done % files.length].name : null;
    if (load.state === "done") { load.files = files.slice(0, 4).concat(files.at(-1)); load.snapshot = 3; }
    return load;
  }
  return null;
}

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json" };
createServer(async (request, response) => {
  const url = new URL(request.url, "http://127.0.0.1");
  const json = (status, body) => response.writeHead(status, { "content-type": "application/json" }).end(body === undefined ? "" : JSON.stringify(body));
  if (url.pathname.startsWith("/api/v1/")) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    if (process.env.BROKEN && url.pathname.includes(process.env.BROKEN)) return json(503, { error: { code: "NCDM610", what: "What is on disk does not agree with the ledger.", where: "snapshot 3, table query", todo: "Run `ncdm doctor`.", request_id: "0f3a" } });
    if (request.method === "POST" && url.pathname === "/api/v1/session") {
      const { token } = JSON.parse(Buffer.concat(chunks).toString());
      if (token !== EXPECT_TOKEN) return json(401, { error: { code: "NCDM500", what: "The token is not valid or was used before.", where: "", todo: "Start `ncdm serve` again and open the link it prints.", request_id: "1" } });
      signedIn = true;
      return json(200, { signed_in: true, version: "0.1.0", intended_use: "Trial data quality and oversight; not for treatment decisions." });
    }
    if (request.method === "POST" && url.pathname === "/api/v1/loads") {
      const id = sha(loads.size).slice(0, 16);
      loads.set(id, { load_id: id, state: "waiting", files_done: 0, files_total: 8, current: null, error: null, files: [], snapshot: null });
      console.log("filenames", [...Buffer.concat(chunks).toString("latin1").matchAll(/filename="([^"]*)"/g)].map((one) => one[1]));
      return json(202, { load_id: id });
    }
    const body = answer(request.method, url.pathname, url.searchParams);
    if (body === undefined) return json(401, { error: { code: "NCDM500", what: "Nobody is signed in.", where: "", todo: "", request_id: "1" } });
    if (body === null) return request.method === "DELETE" ? response.writeHead(204).end() : json(404, { error: { code: "NCDM300", what: "No such thing here.", where: url.pathname, todo: "", request_id: "2" } });
    return json(200, body);
  }
  const path = normalize(join(STATIC, url.pathname));
  const file = path.startsWith(STATIC) && extname(path) !== "" ? path : join(STATIC, "index.html");
  try {
    const body = await readFile(file);
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "content-security-policy": "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:" }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}).listen(PORT, "127.0.0.1", () => console.log(`fictional answers at http://127.0.0.1:${PORT}/#token=${EXPECT_TOKEN}`));
