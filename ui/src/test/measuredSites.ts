/** Small, clearly fictional answers about sites and indicators, in the shapes of the contract. */
import type * as Api from "@/api/types";
import type { Answers } from "./open";

export const definition: Api.Definition = {
  code: "op01", title: "Query rate", kind: "key risk indicator", unit: "queries a page", what: "Outstanding queries for each page entered.", why: "Many queries on little data.", formula: "outstanding queries / pages entered", source: "made up", example: "11 on 100 are 0.11.",
  limits: "A stock.", facts: [],
};

const base: Api.Kri = { code: "op01", title: "Query rate", unit: "queries a page", denominator_unit: "pages", kind: "rate", direction: "high", accrual: "Denominator>=30", overall: 0.05, red: 1, amber: 0, expected_false: 0.07, scored: 2, silent: null, unplaced: [0, 0] };
export const kris: Api.Kri[] = [
  base,
  { ...base, code: "op05", title: "Missing visits", unit: "%", kind: "binary", red: 0, amber: 1, overall: 0.1, expected_false: 0.05 },
  { ...base, code: "op12", title: "Uncoded terms", unit: "%", kind: "binary", overall: null, red: 0, amber: 0, expected_false: 0, scored: 0, silent: "no report MedDRA coding" },
];

export const scored: Api.Signal = { numerator: 4, denominator: 80, metric: 0.05, expected: 4, score: 0.1, flag: 0, fixed: null, p: 0.92, q: 1, ratio: 1, interval: [0.6, 1.5], state: "ok", reason: null };
export const red: Api.Signal = { ...scored, numerator: 24, metric: 0.3, score: 3.4, flag: 2, p: 0.0007, q: 0.01, ratio: 4.1, interval: [2.9, 5.6] };
export const amber: Api.Signal = { ...scored, numerator: 9, denominator: 30, metric: 0.3, score: 2.2, flag: 1, p: 0.03, q: 0.3, ratio: 2, interval: [1.1, 3.2] };
export const tooLittle: Api.Signal = { ...scored, numerator: 1, denominator: 9, metric: 0.111, score: null, flag: null, p: null, q: null, ratio: 1.2, interval: [0.4, 2.4], state: "below_accrual", reason: "9 of at least 30" };
export const empty: Api.Signal = { ...tooLittle, numerator: 0, denominator: 0, metric: null, expected: null, ratio: null, interval: null, state: "no_denominator", reason: "no visits entered" };
export const missing: Api.Signal = { ...tooLittle, numerator: null, denominator: null, metric: null, expected: null, ratio: null, interval: null, state: "unknown", reason: "no report MedDRA coding" };

export const place = (site: string, country: string | null = "FRA"): Api.Place => ({ label: site, region: null, country, site_id: site, subject_id: null });
const group = (site: string, signals: Api.Signal[], red_: number, amber_: number): Api.SignalGroup => ({ place: place(site), subjects: 5, red: red_, amber: amber_, risk: red_ + amber_ > 0 ? 16.5 : 0, composite: 0.2, signals });

export const signals: Api.Signals = {
  level: "site", method: "calibrated", kris, flagged: 2, expected_false: 0.12,
  groups: [group("Site 1", [scored, scored, missing], 0, 0), group("Site 2", [red, scored, missing], 1, 0), group("Site 9", [tooLittle, amber, missing], 0, 1)],
};
export const healthy: Api.Signals = { ...signals, flagged: 0, kris: kris.map((kri) => ({ ...kri, red: 0, amber: 0 })), groups: [group("Site 1", [scored, scored, missing], 0, 0), group("Site 2", [scored, scored, missing], 0, 0)] };

const value = (site: string, known: boolean): Api.QualityValue => ({
  place: place(site), subjects: 5, value: known ? 81.25 : null, uncapped: known ? 81.25 : null, worst: 40, best: 90, band: known ? "yellow" : null, settled: known ? true : null, ceiling: null, at_most: null, ceiling_effect: known ? 0 : null, shrunken: known ? 80 : null,
  interval: known ? [77, 85] : null, rank: known ? 1 : null, rank_range: known ? [1, 2] : null, ranked: known ? 2 : null, missing: known ? [] : [{ code: "lab_issues", title: "Lab issues", reason: "no report Labs" }], as_of: "2025-11-14",
});
export const quality: Api.Quality = { index: "default", title: "Data quality index", level: "site", values: [value("Site 1", true), value("Site 2", false), value("Site 9", true)] };

const step: Api.Step = { code: "lab_issues", title: "Lab issues", dimension: "visits", formula: "issues / visits", unit: "a visit", value: 0.5, numerator: 5, denominator: 10, cap: 1, weight: 0.375, points: 18.75, most: 37.5, state: "known", reason: null };
export const waterfall: Api.Waterfall = {
  index: "default", title: "Data quality index", version: 1, ceiling_code: null, formula: "100 less points", value: value("Site 2", true),
  steps: [step, { ...step, code: "deviations", title: "Deviations", value: null, numerator: null, denominator: null, points: null, state: "unknown", reason: "no report Deviations" }],
};

export const detail: Api.KriDetail = {
  kri: base, definition, level: "site", method: "calibrated", days: ["2025-11-07", "2025-11-14"],
  bounds: [{ score: 0, denominators: [10, 100], metrics: [0.05, 0.05] }, { score: 2, denominators: [10, 100], metrics: [0.3, 0.12] }, { score: 3, denominators: [10, 100], metrics: [0.5, 0.2] }],
  groups: [
    { place: place("Site 1"), subjects: 5, signal: scored, detectable: { up: 2.5, down: null, silence: false }, history: [0, 0], metrics: [0.04, 0.05] },
    { place: place("Site 2"), subjects: 5, signal: red, detectable: { up: 2.4, down: 0.2, silence: true }, history: [1, 2], metrics: [0.2, 0.3] },
    { place: place("Site 9"), subjects: 2, signal: tooLittle, detectable: { up: null, down: null, silence: null }, history: [null, null], metrics: [null, 0.111] },
  ],
};
export const silentDetail: Api.KriDetail = {
  ...detail, kri: { ...base, scored: 0, red: 0, overall: null, silent: "no report CPID EDC metrics" }, bounds: [], days: ["2025-11-14"],
  groups: [{ place: place("Site 1"), subjects: 5, signal: { ...missing, reason: "no report CPID EDC metrics" }, detectable: { up: null, down: null, silence: null }, history: [null], metrics: [null] }],
};

const milestone: Api.Milestone = { code: "database_lock", title: "Database lock", gates: ["V", "Q"] };
const line: Api.CleanLine = { subject_id: "Subject 7", site_id: "Site 2", country: "FRA", status: "On Trial", outcome: "fail", progress: [55, 60], outcomes: ["pass", "fail"], items: [0, 3], why: [null, null], oldest: 40, owner: "Investigator", urgency: "high", one_step: "Q", member: [] };
export const cleanSubjects: Api.CleanSubjects = {
  milestone, milestones: [milestone], criteria: [{ code: "V", title: "No missing visit" }, { code: "Q", title: "No outstanding query" }], populations: [], reasons: [],
  subjects: [line, { ...line, subject_id: "Subject 8", outcome: "pass", outcomes: ["pass", "pass"], items: [0, 0], oldest: null, owner: null, urgency: null, one_step: null, progress: [100, 100] }, { ...line, subject_id: "Subject 99", site_id: "Site 1" }],
};

export const noChange: Api.Changes = { moments: [], reason: "no earlier snapshot", newly_clean: [], no_longer_clean: [], newly_listed: [], flags: [], deltas: [], flow: null, flow_reason: "no earlier snapshot" };
const moment = (snapshot: number, as_of: string): Api.Moment => ({ snapshot, as_of, clean: 1, members: 3, unknown: 0, quality: 80, red: 1, amber: 1 });
export const changes: Api.Changes = {
  ...noChange, reason: null, moments: [moment(1, "2025-11-07"), moment(2, "2025-11-14")], newly_clean: ["Subject 8", "Subject 500"],
  flags: [{ kri: "op01", title: "Query rate", site_id: "Site 2", flag: 2, before: 1, history: "1,2", change: "worse", consecutive: 2, days: 7, breaches: 1 }],
};

export const SITES: Answers = {
  "GET /studies/Demo 1/signals": signals,
  "GET /studies/Demo 1/signals/op01": detail,
  "GET /studies/Demo 1/quality": quality,
  "GET /studies/Demo 1/quality/waterfall": waterfall,
  "GET /studies/Demo 1/clean/subjects": cleanSubjects,
  "GET /studies/Demo 1/changes": changes,
};
