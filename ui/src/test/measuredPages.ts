/** Small, clearly fictional answers about measures, in the shapes of the contract. */
import type * as Api from "@/api/types";

const place = (label: string, country: string | null = "DEU"): Api.Place => ({ label, region: "EMEA", country, site_id: label, subject_id: null });

export const milestone: Api.Milestone = { code: "database_lock", title: "Database lock", gates: ["V", "Q"] };

const standing = (members: number, clean: number, unknown: number): Api.Standing => ({
  members,
  clean,
  unclean: members - clean - unknown,
  unknown,
  not_applicable: 0,
  share: unknown === members ? null : clean / members,
  interval: unknown === members ? null : [0.1, 0.9],
  submitted_share: unknown === members ? null : clean / members,
  submitted_interval: unknown === members ? null : [0.1, 0.9],
});

export const clean: Api.Clean = {
  milestone,
  milestones: [milestone, { code: "interim_analysis", title: "Interim analysis", gates: ["V"] }],
  standing: standing(9, 3, 2),
  strata: [
    { status: "On Trial", standing: standing(7, 3, 0) },
    { status: null, standing: standing(2, 0, 2) },
  ],
  criteria: [
    { code: "V", title: "No missing visit", gate: true, passed: 5, failed: 4, not_applicable: 0, unknown: 0, reasons: [], rejected: 0 },
    { code: "Q", title: "No outstanding query", gate: true, passed: 6, failed: 1, not_applicable: 0, unknown: 2, reasons: ["no report CPID EDC metrics"], rejected: 3 },
    { code: "PD", title: "No proposed deviation", gate: false, passed: 9, failed: 0, not_applicable: 0, unknown: 0, reasons: [], rejected: 0 },
  ],
  burdens: [
    { criterion: "V", owner: "Site/CRA", owner_source: "workbook", age: "over 90 days", items: 4, subjects: 4 },
    { criterion: "V", owner: "Site/CRA", owner_source: "workbook", age: "age unknown", items: 2, subjects: 1 },
    { criterion: "Q", owner: "DM", owner_source: "report", age: "up to 30 days", items: 1, subjects: 1 },
  ],
  one_step: 2,
  freed_by_owner: [{ who: "Site/CRA", subjects: 2 }],
  freed_by_site: [{ who: "Site 9", subjects: 2 }],
  readiness: [
    { code: "ITT", title: "Intention to treat", target: 0.8, members_by: "subjects beyond screening, by their status", answer: "no", why: "3 of 7 are clean: 3 more are needed", members: 7, perhaps: 2, clean: 3, unknown: 0, interval: [0.2, 0.7], share_if: [0.4, 0.5], deciding: ["Subject 7"] },
    { code: "SAF", title: "Safety", target: 0.95, members_by: "subjects beyond screening, by their status", answer: "unknown", why: "no report lists all subjects", members: 0, perhaps: 0, clean: 0, unknown: 0, interval: null, share_if: null, deciding: [] },
  ],
};

export const quality: Api.QualityValue = {
  place: { label: "Demo 1", region: null, country: null, site_id: null, subject_id: null },
  subjects: 9,
  value: 74.9,
  uncapped: 88.2,
  worst: 74.9,
  best: 74.9,
  band: "red",
  settled: true,
  ceiling: "an SAE review has been open for more than 30 days",
  at_most: 74.9,
  ceiling_effect: 13.3,
  shrunken: 74.9,
  interval: [74.1, 74.9],
  rank: null,
  rank_range: null,
  ranked: null,
  missing: [],
  as_of: "2025-11-14",
};

const step: Api.Step = { code: "open_queries", title: "Open among outstanding queries", dimension: "queries", formula: "open / (open + answered)", unit: "of outstanding queries", value: 0.5, numerator: 2, denominator: 4, cap: 1, weight: 0.1, points: 5, most: 10, state: "known", reason: null };

export const waterfall: Api.Waterfall = {
  index: "default",
  title: "Data Quality Index",
  version: 1,
  formula: "100 less what each indicator costs",
  value: quality,
  steps: [step, { ...step, code: "edrr_issues", title: "Open third-party issues", dimension: "safety", value: null, numerator: null, denominator: null, points: null, most: 20, state: "unknown", reason: "no report EDRR" }],
};
export const notComputable: Api.Waterfall = {
  ...waterfall,
  value: { ...quality, value: null, uncapped: null, worst: 12.4, best: 81.5, band: null, settled: null, ceiling: null, at_most: null, ceiling_effect: null, shrunken: null, interval: null, missing: [{ code: "edrr_issues", title: "Open third-party issues", reason: "no report EDRR" }] },
};

const flagLine: Api.FlagLine = { kri: "op01", title: "Query rate", site_id: "Site 9", flag: 2, before: 1, history: "0,1,2", change: "worse", consecutive: 2, days: 14, breaches: 1 };

export const changes: Api.Changes = {
  moments: [
    { snapshot: 1, as_of: "2025-11-07", clean: 1, members: 9, unknown: 2, quality: 71, red: 0, amber: 1 },
    { snapshot: 2, as_of: "2025-11-14", clean: 3, members: 9, unknown: 2, quality: 74.9, red: 1, amber: 0 },
  ],
  reason: null,
  newly_clean: ["Subject 7", "Subject 9"],
  no_longer_clean: [],
  newly_listed: [],
  flags: [flagLine, { ...flagLine, kri: "op05", title: "Missing visits", flag: 0, before: 1, history: "0,1,0", change: "cleared", consecutive: 0, days: 0 }],
  deltas: [
    { code: "open_queries", title: "Open queries", unit: "queries", value: 4, state: "known", delta: -3, direction: "better", reason: null },
    { code: "edrr_issues", title: "Open third-party issues", unit: "issues", value: null, state: "unknown", delta: null, direction: null, reason: "no report EDRR" },
  ],
  flow: { opened: 2, closed: 5, outstanding: 4, net: 0.43, interval: [-0.1, 1], pace: "stable", days_to_clear: 9.3, clearing: "clearing" },
  flow_reason: null,
};
export const noChanges: Api.Changes = { moments: changes.moments.slice(1), reason: "no earlier snapshot", newly_clean: [], no_longer_clean: [], newly_listed: [], flags: [], deltas: [], flow: null, flow_reason: "no earlier snapshot" };

const onDay = (day: string, expected: number): Api.ForecastPoint => ({ day, expected, chances: [{ target: 0.8, needed: 8, probability: 0.5, interval: [0.3, 0.7] }] });
const scenario: Api.ForecastScenario = { by: onDay("2026-02-06", 6), reached: [{ target: 0.8, early: "2026-01-05", middle: "2026-02-01", late: null }], curve: [onDay("2025-11-21", 3.5), onDay("2025-11-28", 4)] };

export const forecast: Api.Forecast = { milestone: "database_lock", start: "2025-11-14", subjects: 9, clean_now: 3, unknown: 2, gates: [], as_things_go: scenario, nothing_new: scenario, sites: [{ site_id: "Site 9", items: 6, subjects: 4, day: "2026-01-20", days: 12, expected: 1.5 }], sites_arriving: true, reason: null };
export const noForecast: Api.Forecast = { ...forecast, as_things_go: null, nothing_new: null, sites: [], reason: "no earlier snapshot" };

export const kri: Api.Kri = { code: "op01", title: "Query rate", unit: "queries a page", kind: "rate", direction: "high", accrual: "Denominator>=30", overall: 0.1, red: 1, amber: 0, expected_false: 0.2, scored: 2, silent: null, unplaced: [1, 0] };
const silentKri: Api.Kri = { ...kri, code: "op13", title: "Third-party issues", overall: null, red: 0, scored: 0, silent: "no report EDRR", unplaced: [0, 0] };

const signal: Api.Signal = { numerator: 40, denominator: 100, metric: 0.4, expected: 10, score: 3.4, flag: 2, fixed: null, p: 0.0007, q: 0.01, ratio: 3.1, interval: [1.9, 4.2], state: "ok", reason: null };
const quiet: Api.Signal = { ...signal, numerator: 9, denominator: 100, metric: 0.09, score: -0.2, flag: 0, p: 0.8, q: 0.9, ratio: 0.95, interval: [0.6, 1.4] };
const few: Api.Signal = { ...signal, numerator: 1, denominator: 4, metric: 0.25, expected: null, score: null, flag: null, p: null, q: null, ratio: 1.1, interval: [0.4, 2.4], state: "below_accrual", reason: "4 of at least 30" };
const none: Api.Signal = { numerator: null, denominator: null, metric: null, expected: null, score: null, flag: null, fixed: null, p: null, q: null, ratio: null, interval: null, state: "no_denominator", reason: "no report EDRR" };

export const signals: Api.Signals = {
  level: "site",
  method: "calibrated",
  kris: [kri, silentKri],
  groups: [
    { place: place("Site 3"), subjects: 2, red: 0, amber: 0, risk: 0, composite: 0.8, signals: [quiet, none] },
    { place: place("Site 9"), subjects: 5, red: 1, amber: 0, risk: 12.5, composite: 0.001, signals: [signal, none] },
    { place: place("Site 10", null), subjects: 2, red: 0, amber: 0, risk: null, composite: null, signals: [few, none] },
  ],
  flagged: 1,
  expected_false: 0.2,
};

export const definition: Api.Definition = { code: "op01", title: "Query rate", kind: "key risk indicator", unit: "queries a page", what: "Outstanding queries for each page entered.", why: "Many queries cost time.", formula: "outstanding / pages", source: "measures-and-statistics 4.7", example: "10 queries on 100 pages are .1.", limits: "Closed queries are not seen.", facts: [{ name: "needs", told: ["subject_metrics"] }] };

const nobody: Api.Detectable = { up: 1.8, down: null, silence: false };
export const kriDetail: Api.KriDetail = {
  kri,
  definition,
  level: "site",
  method: "calibrated",
  groups: signals.groups.map((group, index) => ({ place: group.place, subjects: group.subjects, signal: group.signals[0] ?? few, detectable: index === 2 ? { up: null, down: null, silence: null } : nobody, history: [0, [0, 2, null][index] ?? null], metrics: [0.1, [0.09, 0.4, 0.25][index] ?? null] })),
  bounds: [
    { score: 0, denominators: [10, 100], metrics: [0.1, 0.1] },
    { score: 2, denominators: [10, 100], metrics: [0.4, 0.2] },
  ],
  days: ["2025-11-07", "2025-11-14"],
};
export const silentDetail: Api.KriDetail = { ...kriDetail, kri: silentKri, groups: kriDetail.groups.map((one) => ({ ...one, signal: none })), bounds: [], days: ["2025-11-14"] };

export const definitions: Api.Definitions = {
  definitions: [definition, { ...definition, code: "Q", title: "No outstanding query", kind: "criterion", unit: "of 11 criteria", what: "No query is open or answered.", facts: [] }],
  gaps: [{ code: "coding_age", title: "Age of uncoded terms", why: "The coding reports have no date.", needed: "The date of each term.", source: "data-contracts 6" }],
};

export const siteQuality: Api.Quality = { index: "default", title: "Data Quality Index", level: "site", values: [{ ...quality, place: place("Site 9"), rank: 1, rank_range: [1, 2], ranked: 2 }] };

const line: Api.CleanLine = { subject_id: "Subject 7", site_id: "Site 9", country: "DEU", status: "On Trial", outcome: "fail", progress: [60, 60], outcomes: ["fail", "pass", "pass"], items: [2, 0, 0], why: [null, null, null], oldest: 95, owner: "Site/CRA", urgency: "high", one_step: "V" };
export const cleanSubjects: Api.CleanSubjects = {
  milestone,
  milestones: clean.milestones,
  criteria: clean.criteria.map(({ code, title }) => ({ code, title })),
  reasons: ["no report CPID EDC metrics"],
  subjects: [line, { ...line, subject_id: "Subject 9", site_id: "Site 3", outcome: "pass", outcomes: ["pass", "pass", "pass"], items: [0, 0, 0], oldest: null, owner: null, urgency: null, one_step: null }, { ...line, subject_id: "Subject 10", site_id: null, status: null, outcome: "unknown", outcomes: ["pass", "unknown", "pass"], items: [0, null, 0], progress: [40, 70], oldest: null, owner: null, urgency: null, one_step: null }],
};

export const evidence: Api.EvidencePart[] = [
  { part: "numerator", code: "outstanding_queries", title: "Outstanding queries", unit: "queries", total: 2, adds: 40, untold: 0, rows: [{ ref: `${"ab".repeat(8)}:1:5`, adds: 38 }, { ref: `${"ab".repeat(8)}:1:6`, adds: 2 }] },
  { part: "denominator", code: "pages_entered", title: "Pages entered", unit: "pages", total: 1, adds: 100, untold: 1, rows: [{ ref: `${"ab".repeat(8)}:1:5`, adds: null }] },
];

export const MEASURED = {
  "GET /definitions": definitions,
  "GET /studies/Demo 1/clean": clean,
  "GET /studies/Demo 1/clean/subjects": cleanSubjects,
  "GET /studies/Demo 1/quality": siteQuality,
  "GET /studies/Demo 1/quality/waterfall": waterfall,
  "GET /studies/Demo 1/signals": signals,
  "GET /studies/Demo 1/signals/op01": kriDetail,
  "GET /studies/Demo 1/changes": changes,
  "GET /studies/Demo 1/forecast": forecast,
  "GET /studies/Demo 1/evidence/op01": evidence,
  "GET /studies/Demo 1/evidence/V": evidence.slice(0, 1),
} as const;
