/** Small, clearly fictional answers, in the shapes of the contract. */
import type * as Api from "@/api/types";

export const SHA = "ab".repeat(32);
export const FILE = SHA.slice(0, 16);

export const session: Api.Session = { signed_in: true, version: "0.1.0", intended_use: "Trial data quality and oversight; not for treatment decisions." };

export const snapshots: Api.Snapshot[] = [
  { snapshot: 2, as_of: "2025-11-14", committed_at: "2025-11-15T08:00:00Z", files_loaded: 2, files_unchanged: 1, files_refused: 0, demo: true },
  { snapshot: 1, as_of: "2025-11-07", committed_at: "2025-11-08T08:00:00Z", files_loaded: 3, files_unchanged: 0, files_refused: 1, demo: true },
];

export const kinds: Api.Kind[] = [
  { kind: "cpid", title: "CPID EDC metrics" },
  { kind: "labs", title: "Missing lab names and ranges" },
  { kind: "edrr", title: "EDRR open issues" },
  { kind: "missing_pages", title: "Missing pages" },
];

export const fileLine: Api.FileLine = {
  file_id: FILE, sha256: SHA, name: "Demo 1 missing pages.xlsx", study_id: "Demo 1", kind: "missing_pages", outcome: "loaded", reason: null, todo: null, size: 20480, as_of: "2025-11-14", as_of_assumed: true,
  sheets: 2, read: 12, accepted: 4, rejected: 2, set_aside: 6, quarantined_lines: 0, refused: 0, quarantined: 1, first_snapshot: 2, current: true,
};
export const refused: Api.FileLine = {
  ...fileLine, file_id: "cd".repeat(8), sha256: "cd".repeat(32), name: "locked.xlsx", study_id: null, kind: null, outcome: "refused", refused: 1, quarantined: 0, reason: "The workbook is encrypted.", todo: "Save it without a password.", as_of: null, as_of_assumed: false, sheets: 0,
  read: 0, accepted: 0, rejected: 0, set_aside: 0,
};

export const study: Api.Study = {
  study_id: "Demo 1", subjects: 9, sites: 2, countries: 1, lower_bound: true, as_of: "2025-11-14", demo: true, rows: 4, rejected: 2, refused: 0, quarantined: 1, findings: 1,
  reports: [
    { kind: "cpid", state: "missing", rows: null, rejected: 0, as_of: null, as_of_assumed: false, file_ids: [], note: null },
    { kind: "labs", state: "empty", rows: 0, rejected: 0, as_of: "2025-11-14", as_of_assumed: false, file_ids: ["ef".repeat(8)], note: null },
    { kind: "edrr", state: "quarantined", rows: null, rejected: 0, as_of: null, as_of_assumed: false, file_ids: ["01".repeat(8)], note: null },
    { kind: "missing_pages", state: "present", rows: 4, rejected: 2, as_of: "2025-11-14", as_of_assumed: true, file_ids: [FILE], note: null },
  ],
  files: [fileLine],
  totals: { missing_pages: { rows: 4, days_missing: null } },
  unread: {},
  titles: { rows: "Rows", days_missing: "Days missing" },
  sources: { missing_pages: { rows: { table: "missing_page", contract: "missing_pages", counted: "rows" }, days_missing: { table: "missing_page", contract: "missing_pages", counted: "sum" } } },
  checks: [
    { code: "REC001", title: "Subjects absent from CPID", severity: "high", count: 1 },
    { code: "VAL001", title: "Date after the as-of date", severity: "low", count: 0 },
  ],
};

const { files: _files, totals: _totals, unread: _unread, titles: _titles, sources: _sources, checks: _checks, ...line } = study;
export const studyLine: Api.StudyLine = line;

export const portfolio: Api.Portfolio = {
  snapshot: snapshots[0] ?? null,
  kinds,
  totals: { studies: 1, subjects: 9, sites: 2, countries: 1, files: 2, rows: 4, rejected: 2, refused: 1, quarantined: 1, findings: 1 },
  studies: [studyLine],
};
export const nothing: Api.Portfolio = { snapshot: null, kinds, totals: { studies: 0, subjects: 0, sites: 0, countries: 0, files: 0, rows: 0, rejected: 0, refused: 0, quarantined: 0, findings: 0 }, studies: [] };

export const finding: Api.Finding = {
  code: "REC001", title: "Subjects absent from CPID", severity: "high", what: "Subject 7 is named here and in no CPID report.", kind: "missing_pages", table: "missing_page", subject_id: "Subject 7", site_id: "Site 2", refs: [`${FILE}:1:5`],
};

export const table: Api.TableLine = {
  table: "missing_page", kind: "missing_pages", title: "Missing pages", supporting: false, rows: 4,
  columns: [
    { name: "subject_id", title: "Subject", type: "text", unit: null, cdisc: "SUBJID" },
    { name: "visit_date", title: "Visit date", type: "date", unit: null, cdisc: null },
    { name: "days_missing", title: "Days missing", type: "integer", unit: "days", cdisc: null },
  ],
};
export const rows: Api.Row[] = [
  { ref: `${FILE}:1:3`, cells: { subject_id: "Subject 10", visit_date: "2025-10-01", days_missing: 44 } },
  { ref: `${FILE}:1:4`, cells: { subject_id: "Subject 9", visit_date: null, days_missing: null } },
  { ref: `${FILE}:1:5`, cells: { subject_id: "=HYPERLINK(1)", visit_date: "2025-10-09", days_missing: 1036 } },
  { ref: `${FILE}:1:6`, cells: { subject_id: "<b>Subject 7</b>", visit_date: "2025-11-09", days_missing: 5 } },
];

export const sheet: Api.SheetReceipt = {
  sheet: 1, name: "All pages", visible: true, outcome: "accepted", kind: "missing_pages", table: "missing_page", reason: null, nearest: null, todo: null, wanted: [], as_of: "2025-11-14", as_of_assumed: true, header_rows: [2],
  columns: [
    { letter: "A", header: "Subject Name", column: "subject_id", how: "synonym" },
    { letter: "B", header: "Visit date", column: "visit_date", how: "exact" },
    { letter: "C", header: "# Days", column: "days_missing", how: "fuzzy" },
    { letter: "D", header: "Remarks", column: null, how: "ignored" },
  ],
  missing_columns: ["form_name"], read: 9, accepted: 4, rejected: 2, set_aside: { blank: 1, banner: 1, header: 1, total: 0, footer: 0, stray: 0 }, held: 0, scrubbed: 1,
};
export const quarantinedSheet: Api.SheetReceipt = {
  ...sheet, sheet: 2, name: "Unknown layout", outcome: "quarantined", kind: null, table: null, reason: "Three of nine required columns are there.", nearest: "Missing pages", todo: "Compare its header with the columns of Missing pages.",
  wanted: [{ title: "Subject", spellings: ["Subject", "Subject Name"], telling: true }, { title: "Remarks", spellings: ["Remarks"], telling: false }], columns: [], header_rows: [], missing_columns: [],
  read: 3, accepted: 0, rejected: 0, set_aside: { blank: 0, banner: 0, header: 0, total: 0, footer: 0, stray: 0 }, held: 3, scrubbed: 0,
};
export const fileDetail: Api.FileDetail = { ...fileLine, sheets: [sheet, quarantinedSheet], set_aside: 3, quarantined_lines: 3, findings: [finding] };

export const lines: Api.Line[] = [
  { row: 7, outcome: "rejected", reason: "days_missing: 'soon' is no whole number", ref: `${FILE}:1:7`, cells: ["Subject 3", "2025-10-02", "soon", null] },
  { row: 8, outcome: "rejected", reason: "subject_id is empty", ref: `${FILE}:1:8`, cells: [null, "2025-10-02", "3", null] },
];

export const accepted: Api.Line[] = rows.map(({ ref, cells }, index) => ({ row: index + 3, outcome: "accepted", reason: null, ref, cells: [String(cells["subject_id"]), null, null, null] }));

const text = (...cells: (string | null)[]) => cells.map((one) => ({ text: one, error: null }));
export const cellView: Api.CellView = {
  file: fileLine, sheet, row: 4, column_letter: "B", letters: ["A", "B", "C", "D"],
  lines: [
    { row: 2, outcome: "header", reason: null, cells: text("Subject Name", "Visit date", "# Days", "Remarks") },
    { row: 3, outcome: "accepted", reason: null, cells: text("Subject 10", "01 Oct 2025", "44", null) },
    { row: 4, outcome: "accepted", reason: null, cells: [{ text: "Subject 9", error: null }, { text: null, error: "#N/A" }, { text: null, error: null }, { text: null, error: null }] },
    { row: 5, outcome: "rejected", reason: "subject_id is empty", cells: text(null, "09 Oct 2025", "1036", "<script>alert(1)</script>") },
  ],
  became: { table: "missing_page", cells: { subject_id: "Subject 9", visit_date: null, days_missing: null } },
  rejected: null,
};

export const sites: Api.SiteLine[] = [
  { site_id: "Site 10", country: "FRA", subjects: 4, reports: ["missing_pages"] },
  { site_id: "Site 9", country: null, subjects: 5, reports: ["missing_pages", "labs"] },
];
export const subjects: Api.SubjectLine[] = [
  { subject_id: "Subject 7", site_id: "Site 9", country: null, subject_status: null, status_source: null, reports: ["missing_pages"], pseudo: false },
  { subject_id: "Subject 10", site_id: "Site 10", country: "FRA", subject_status: "On Trial", status_source: "visit_tracker", reports: ["missing_pages"], pseudo: false },
];

export function page<Item>(items: readonly Item[]): Api.Page<Item> {
  return { items: [...items], next: null, total: items.length };
}
