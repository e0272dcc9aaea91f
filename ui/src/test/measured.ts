/** Small, clearly fictional answers about what is measured of Demo 1, in the shapes of the contract. */
import type * as Api from "@/api/types";
import { FILE } from "./answers";

const MILESTONES: Api.Milestone[] = [
  { code: "database_lock", title: "Database lock", gates: ["V", "Q", "S"] },
  { code: "interim_analysis", title: "Interim analysis", gates: ["V", "Q"] },
];
const none: Api.Standing = { members: 0, clean: 0, unclean: 0, unknown: 0, not_applicable: 0, share: null, interval: null, share_if: null, interval_if: null, submitted_share: null, submitted_interval: null, submitted_share_if: null, submitted_interval_if: null };

export const clean: Api.Clean = {
  milestone: MILESTONES[0]!,
  milestones: MILESTONES,
  standing: { ...none, members: 4, clean: 1, unclean: 2, unknown: 1, share: 0.25, interval: [0.0456, 0.6994], share_if: [0.25, 0.5], interval_if: [0.0456, 0.85], submitted_share: 0.5, submitted_interval: [0.15, 0.85], submitted_share_if: [0.5, 0.75], submitted_interval_if: [0.15, 0.9544] },
  strata: [
    { status: "On Trial", standing: { ...none, members: 3, clean: 1, unclean: 2, share: 1 / 3, interval: [0.0615, 0.7923], share_if: [1 / 3, 1 / 3], interval_if: [0.0615, 0.7923], submitted_share: 2 / 3, submitted_interval: [0.2077, 0.9385], submitted_share_if: [2 / 3, 2 / 3], submitted_interval_if: [0.2077, 0.9385] } },
    { status: null, standing: { ...none, members: 1, unknown: 1, share_if: [0, 1], interval_if: [0, 1] } },
  ],
  criteria: [
    { code: "V", title: "No missing visit", gate: true, passed: 3, failed: 1, not_applicable: 0, unknown: 0, reasons: [], rejected: 0 },
    { code: "Q", title: "No outstanding query", gate: true, passed: 1, failed: 2, not_applicable: 0, unknown: 1, reasons: ["no report CPID EDC metrics"], rejected: 2 },
    { code: "S", title: "Every SAE review completed", gate: true, passed: 1, failed: 0, not_applicable: 3, unknown: 0, reasons: [], rejected: 0 },
    { code: "E", title: "No page to verify", gate: false, passed: 4, failed: 0, not_applicable: 0, unknown: 0, reasons: [], rejected: 0 },
  ],
  ages: ["up to 30 days", "31 to 60 days", "61 to 90 days", "over 90 days", "age unknown"],
  burdens: [
    { criterion: "Q", owner: "Site/CRA", owner_source: "workbook", age: "up to 30 days", items: 5, subjects: 2 },
    { criterion: "Q", owner: "Site/CRA", owner_source: "workbook", age: "over 90 days", items: 2, subjects: 1 },
    { criterion: "V", owner: "Site/CRA", owner_source: "default", age: "age unknown", items: 1, subjects: 1 },
    { criterion: "Q", owner: "DM", owner_source: "workbook", age: "31 to 60 days", items: 1, subjects: 1 },
  ],
  one_step: 1,
  freed_by_owner: [{ who: "Site/CRA", subjects: 1 }],
  freed_by_site: [{ who: "Site 9", subjects: 1 }],
  readiness: [
    { code: "ITT", title: "Intention to treat", target: 0.8, members_by: "subjects beyond screening, by their status", answer: "no", why: "1 of 3 are clean (33.3 %, target 80 %): 2 more are needed", members: 3, perhaps: 1, clean: 1, unknown: 0, interval: [0.0615, 0.7923], share_if: [1 / 3, 1 / 3], interval_if: [0.0615, 0.7923], deciding: ["Subject 7", "Subject 10"] },
    { code: "SAF", title: "Safety", target: 0.95, members_by: "subjects beyond screening, by their status", answer: "unknown", why: "no report lists all subjects: there may be members whom nobody names", members: 0, perhaps: 4, clean: 0, unknown: 0, interval: null, share_if: null, interval_if: null, deciding: [] },
  ],
};

export const nobody: Api.Clean = { ...clean, standing: none, strata: [], criteria: [], burdens: [], one_step: 0, freed_by_owner: [], freed_by_site: [], readiness: [] };

const line: Api.CleanLine = { subject_id: "Subject 7", site_id: "Site 9", country: null, status: "On Trial", outcome: "fail", progress: [60, 60], outcomes: ["pass", "fail", "pass", "pass"], items: [0, 6, 0, 0], why: [null, null, null, null], oldest: 95, owner: "Site/CRA", urgency: "high", one_step: "Q", member: [true, null] };
export const cleanSubjects: Api.CleanSubjects = {
  milestone: MILESTONES[0]!,
  milestones: MILESTONES,
  criteria: clean.criteria.map(({ code, title }) => ({ code, title })),
  populations: clean.readiness.map(({ code, title }) => ({ code, title })),
  reasons: ["no report CPID EDC metrics"],
  subjects: [
    line,
    { ...line, subject_id: "Subject 10", site_id: "Site 10", outcomes: ["fail", "fail", "not_applicable", "pass"], items: [1, 2, 0, 0], urgency: "critical", one_step: null, oldest: null },
    { ...line, subject_id: "Subject 11", outcome: "pass", outcomes: ["pass", "pass", "not_applicable", "pass"], items: [0, 0, 0, 0], oldest: null, owner: null, urgency: null, one_step: null },
    { ...line, subject_id: "Subject 12", site_id: null, status: null, outcome: "unknown", outcomes: ["pass", "unknown", "not_applicable", "pass"], items: [0, null, 0, 0], why: [null, 0, null, null], oldest: null, owner: null, urgency: null, one_step: null, member: [null, null] },
  ],
};

const place: Api.Place = { label: "Demo 1", region: null, country: null, site_id: null, subject_id: null };
export const quality: Api.QualityValue = {
  place, subjects: 4, value: 74.9, uncapped: 88.5, worst: 74.9, best: 74.9, band: "red", settled: false, ceiling: "an SAE review has been open for more than 30 days", at_most: 74.9, ceiling_effect: 13.6, shrunken: 74.9, interval: [72.1, 76.2], rank: null, rank_range: null, ranked: null, missing: [], as_of: "2025-11-14",
};
const step = { dimension: "queries", formula: "open / (open + answered)", unit: "of outstanding queries", cap: 1, weight: 0.1, most: 10, state: "known", reason: null } as const;
export const waterfall: Api.Waterfall = {
  index: "default", title: "Data Quality Index", version: 1, ceiling_code: "old_sae_review", formula: "100 * (1 - sum of weight * min(1, indicator / cap))", value: quality,
  steps: [
    { ...step, code: "open_queries", title: "Open among outstanding queries", value: 0.75, numerator: 6, denominator: 8, points: 7.5 },
    { ...step, code: "deviations", title: "Deviations, confirmed and proposed", value: 0.4, numerator: 2, denominator: 5, points: 4 },
  ],
};
export const incomputable: Api.Waterfall = {
  ...waterfall,
  value: { ...quality, value: null, uncapped: null, worst: 62.5, best: 74.9, band: null, settled: null, interval: null, shrunken: null, ceiling_effect: null, missing: [{ code: "deviations", title: "Deviations, confirmed and proposed", reason: "no report CPID EDC metrics" }] },
  steps: [waterfall.steps[0]!, { ...waterfall.steps[1]!, value: null, numerator: null, denominator: null, points: null, state: "unknown", reason: "no report CPID EDC metrics" }],
};

export const unchanged: Api.Changes = { moments: [{ snapshot: 2, as_of: "2025-11-14", clean: 1, members: 4, unknown: 1, quality: 74.9, red: 1, amber: 0 }], reason: "no earlier snapshot", newly_clean: [], no_longer_clean: [], newly_listed: [], flags: [], deltas: [], flow: null, flow_reason: "no earlier snapshot" };
const flag: Api.FlagLine = { kri: "op01", title: "Query rate", site_id: "Site 9", flag: 2, before: 1, history: "0,0,1,2", change: "worse", consecutive: 2, days: 7, breaches: 1 };
export const changes: Api.Changes = {
  ...unchanged,
  moments: [{ snapshot: 1, as_of: "2025-11-07", clean: 0, members: 4, unknown: 1, quality: null, red: 0, amber: 1 }, ...unchanged.moments],
  reason: null,
  newly_clean: ["Subject 11"],
  flags: [flag, { ...flag, site_id: "Site 10", flag: 0, before: 1, history: "1,-,1,0", change: "cleared", consecutive: 0, days: 0 }],
  deltas: [
    { code: "missing_visits", title: "Missing visits", unit: "visits", value: 1, state: "known", delta: -3, direction: "better", reason: null },
    { code: "open_queries", title: "Open queries", unit: "queries", value: null, state: "unknown", delta: null, direction: null, reason: "no report CPID EDC metrics" },
  ],
  flow: { opened: 4, closed: 9, outstanding: 8, net: 0.7, interval: [-0.1, 1.5], pace: "stable", days_to_clear: 11.4, clearing: "clearing", opened_rows: [`${FILE}:1:3`], closed_rows: [`${FILE}:1:4`] },
  flow_reason: null,
};

const gate: Api.Forecast["gates"][number] = { code: "V", title: "Missing visits", outstanding: 1, arrived: 0, closed: 0, arrivals_per_week: null, closed_share_per_week: null, reason: "no earlier snapshot" };
export const silent: Api.Forecast = {
  milestone: "database_lock", snapshots: [{ snapshot: 1, as_of: "2025-11-07" }, { snapshot: 2, as_of: "2025-11-14" }], start: "2025-11-14", subjects: 4, clean_now: 1, unknown: 1, gates: [gate, { ...gate, code: "Q", title: "Outstanding queries", reason: "no report CPID EDC metrics" }], as_things_go: null, nothing_new: null, sites: [], sites_arriving: false, reason: "missing visits: no earlier snapshot; outstanding queries: no report CPID EDC metrics",
};
const chances = (probability: number): Api.ForecastPoint["chances"] => [{ target: 0.8, needed: 4, probability, interval: [probability / 2, Math.min(1, probability * 2)] }];
const scenario = (middle: string | null, expected: number): Api.ForecastScenario => ({
  by: { day: "2026-02-06", expected, chances: chances(0.3) },
  reached: [{ target: 0.8, early: middle === null ? null : "2026-01-20", middle, late: null }],
  curve: [
    { day: "2025-11-14", expected: 1, chances: chances(0) },
    { day: "2026-02-06", expected, chances: chances(0.3) },
  ],
});
export const forecast: Api.Forecast = {
  ...silent,
  gates: [{ ...gate, arrived: 2, closed: 5, arrivals_per_week: 2, closed_share_per_week: 0.4, reason: null }],
  as_things_go: scenario(null, 1.8),
  nothing_new: scenario("2026-03-02", 2.6),
  sites: [{ site_id: "Site 9", items: 6, subjects: 1, day: "2026-02-20", days: 10, expected: 0.9, pace: [{ code: "V", items: 6, arrivals_per_week: 0.5, closed_share_per_week: 0.3 }] }],
  reason: null,
};

const definition: Api.Definition = {
  code: "open_queries", title: "Open queries", kind: "count", unit: "queries", what: "Queries that wait for an answer.", why: "Nobody has looked at them yet.", formula: "rows whose status is Open", source: "the query sheet", example: "One row is one query.", limits: "Closed queries are in no export.", facts: [{ name: "needs", told: ["query_cumulative"] }],
};
export const definitions: Api.Definitions = {
  definitions: [
    definition,
    { ...definition, code: "op01", title: "Query rate", kind: "key risk indicator", unit: "queries a page", what: "Outstanding queries for each page entered.", formula: "outstanding queries / pages entered", facts: [{ name: "numerator", told: ["open_queries"] }] },
    { ...definition, code: "Q", title: "No outstanding query", kind: "criterion", unit: "queries", what: "A subject passes when no query is outstanding." },
  ],
  gaps: [{ code: "query_velocity", title: "Query velocity", why: "One moment shows no speed.", needed: "Two snapshots of different days.", source: "the query sheet" }],
};

export const studyMeasures: Api.StudyMeasures[] = [{ study_id: "Demo 1", standing: clean.standing, quality, sites: 2, sites_flagged: 1, red: 1, amber: 0, critical: 2 }];

const kri: Api.Kri = { code: "op01", title: "Query rate", unit: "queries a page", denominator_unit: "pages", kind: "rate", direction: "high", accrual: "denominator at least 30", overall: 0.1, red: 1, amber: 0, expected_false: 0.1, scored: 2, silent: null, unplaced: [0, 0] };
const signal: Api.Signal = { numerator: 6, denominator: 40, metric: 0.15, expected: 4, score: 3, flag: 2, fixed: null, p: 0.001, q: 0.002, ratio: 1.5, interval: [1.1, 2], state: "ok", reason: null };
export const signals: Api.Signals = {
  level: "site", method: "calibrated", kris: [kri], flagged: 1, expected_false: 0.1,
  groups: [
    { place: { ...place, label: "Site 9", site_id: "Site 9" }, subjects: 3, red: 1, amber: 0, risk: 50, composite: 0.01, signals: [signal] },
    { place: { ...place, label: "Site 10", site_id: "Site 10" }, subjects: 1, red: 0, amber: 0, risk: 0, composite: 0.5, signals: [{ ...signal, flag: 0 }] },
  ],
};

export const rowsBehind: Api.EvidencePart[] = [{ part: "rows", code: "outstanding_queries", title: "Outstanding queries", unit: "queries", total: 2, adds: 8, untold: 0, rows: [{ ref: `${FILE}:1:3`, adds: 6 }, { ref: `${FILE}:1:4`, adds: 2 }] }];

const workRow: Api.WorkRows["rows"][number] = { criterion: "Q", ref: `${FILE}:1:3`, subject_id: "Subject 7", site_id: "Site 9", days: 95, items: 1, next_action: "Answer the query." };
export const workRows: Api.WorkRows = { total: 2, items: 6, rows: [workRow, { ...workRow, ref: `${FILE}:1:4`, subject_id: "Subject 10", site_id: null, days: null, items: 5 }] };

/** What the server says of Demo 1, by its addresses. */
export const MEASURED: Record<string, unknown> = {
  "GET /definitions": definitions,
  "GET /portfolio/measures": studyMeasures,
  "GET /studies/Demo 1/clean": clean,
  "GET /studies/Demo 1/clean/subjects": cleanSubjects,
  "GET /studies/Demo 1/clean/work/rows": workRows,
  "GET /studies/Demo 1/quality/waterfall": waterfall,
  "GET /studies/Demo 1/signals": signals,
  "GET /studies/Demo 1/changes": changes,
  "GET /studies/Demo 1/forecast": forecast,
  "GET /studies/Demo 1/evidence/Q": rowsBehind,
  "GET /studies/Demo 1/evidence/V": rowsBehind,
  "GET /studies/Demo 1/evidence/dqi_default.open_queries": rowsBehind,
};
