/** What-if of a clearly fictional study: three sites, two indicators, four subjects. */
import type * as Api from "@/api/types";

const milestones: Api.Milestone[] = [
  { code: "database_lock", title: "Database lock", gates: ["V", "Q"] },
  { code: "own", title: "Own milestone", gates: ["V", "Q"] },
];

export const plan: Api.WhatIfPlan = {
  kris: [
    { code: "op01", title: "Query rate", unit: "queries a page", direction: "high", amber: 2, red: 3, accrual: 30, accrual_of: "Denominator" },
    { code: "op09", title: "Deviations", unit: "deviations a visit", direction: "both", amber: 2, red: 3, accrual: 10, accrual_of: "Denominator" },
  ],
  index: [
    { code: "open_queries", title: "Open among outstanding queries", dimension: "queries", unit: "of outstanding queries", weight: 0.6, cap: 1 },
    { code: "deviations", title: "Deviations", dimension: "conformance", unit: "deviations a subject", weight: 0.4, cap: 5 },
  ],
  milestones,
  criteria: [
    { code: "V", title: "No missing visit" },
    { code: "Q", title: "No outstanding query" },
    { code: "S", title: "Every SAE review completed" },
  ],
  targets: [{ code: "ITT", title: "Intention to treat", target: 0.8 }],
  config_hash: "0".repeat(64),
};

export const nothing: Api.WhatIfChange = { limits: {}, weights: {}, caps: {}, gates: {}, targets: {} };

const standing = (clean: number): Api.Standing => ({
  members: 4, clean, unclean: 3 - clean, unknown: 1, not_applicable: 0, share: clean / 4, interval: [0.05, 0.7], share_if: [clean / 4, (clean + 1) / 4], interval_if: [0.05, 0.85],
  submitted_share: null, submitted_interval: null, submitted_share_if: null, submitted_interval_if: null,
});
const place = (label: string): Api.Place => ({ label, region: null, country: "FRA", site_id: label, subject_id: null });
const quality = (value: number): Api.QualityValue => ({
  place: { label: "Demo 1", region: null, country: null, site_id: null, subject_id: null }, subjects: 4, value, uncapped: value + 5, worst: value, best: value, band: "yellow", settled: true, ceiling: "an SAE review is open", at_most: 89.9,
  ceiling_effect: 5, shrunken: value, interval: null, rank: null, rank_range: null, ranked: null, missing: [], as_of: "2025-11-14",
});
const count = (amber: number, amber_from: number): Api.KriMove["before"] => ({ amber_from, red_from: 3, accrual: 30, red: 1, amber, scored: 3, expected_false: 0.1 });

/** As it stands when nothing is changed. */
export const still: Api.WhatIf = {
  change: nothing, config_hash: plan.config_hash, base_hash: plan.config_hash, milestone: milestones[0]!, gates_before: ["V", "Q"],
  flags_before: { red: 1, amber: 3, sites: 3, expected_false: 0.14 }, flags_after: { red: 1, amber: 3, sites: 3, expected_false: 0.14 },
  newly_flagged: [], cleared: [], silenced: [],
  kris: [
    { code: "op01", title: "Query rate", site_risk: true, before: count(3, 2), after: count(3, 2), moved: [] },
    { code: "op09", title: "Deviations", site_risk: true, before: { ...count(0, 2), red: 0 }, after: { ...count(0, 2), red: 0 }, moved: [] },
  ],
  clean_before: standing(1), clean_after: standing(1), one_step_before: 1, one_step_after: 1, becomes_clean: [], no_longer_clean: [],
  strata: [{ status: "On Trial", before: standing(1), after: standing(1) }, { status: null, before: { ...standing(0), members: 0 }, after: { ...standing(0), members: 0 } }],
  work: [{ owner: "Site/CRA", before: 7, after: 7 }],
  readiness: [{ code: "ITT", title: "Intention to treat", target_before: 0.8, target_after: 0.8, before: "no", after: "no", why: "1 of 4 are clean (25.0 %, target 80 %): 3 more are needed" }],
  quality_before: quality(80), quality_after: quality(80),
  weights: [
    { code: "open_queries", title: "Open among outstanding queries", dimension: "queries", weight_before: 0.6, weight_after: 0.6, cap_before: 1, cap_after: 1 },
    { code: "deviations", title: "Deviations", dimension: "conformance", weight_before: 0.4, weight_after: 0.4, cap_before: 5, cap_after: 5 },
  ],
  sites: ["Site 3", "Site 9", "Site 10"].map((label) => ({ place: place(label), before: { value: 80, band: "yellow", rank: 1 }, after: { value: 80, band: "yellow", rank: 1 } })),
};

export const stricter: Api.WhatIfChange = { ...nothing, limits: { op01: { amber: 2.5, red: 3, accrual: null } }, gates: { database_lock: ["V"] } };

/** Under that change: three amber flags fewer, one subject more clean, five items fewer. */
export const moved: Api.WhatIf = {
  ...still,
  change: stricter, config_hash: "1".repeat(64), milestone: { ...milestones[0]!, gates: ["V"] },
  flags_after: { red: 1, amber: 0, sites: 1, expected_false: 0.02 }, cleared: ["Site 3"], silenced: ["Site 9"],
  kris: [
    {
      ...still.kris[0]!, after: count(0, 2.5),
      moved: [
        { place: place("Site 3"), score_before: 2.1, score_after: 2.1, before: 1, after: 0 },
        { place: place("Site 9"), score_before: 2.2, score_after: null, before: 1, after: null },
        { place: place("Site 10"), score_before: 2.3, score_after: 2.3, before: 1, after: 0 },
      ],
    },
    still.kris[1]!,
  ],
  clean_after: standing(2), becomes_clean: ["Subject 7"], one_step_after: 0, work: [{ owner: "Site/CRA", before: 7, after: 2 }],
  strata: [{ status: "On Trial", before: standing(1), after: standing(2) }, still.strata[1]!],
};

export const saved: Api.SavedVersion[] = [
  {
    number: 2, saved_at: "2025-11-16T09:30:00Z", author: "A. Author", reason: "Too many false flags", milestone: "database_lock", change: stricter, config_hash: "1".repeat(64), still_the_same: true, snapshot: 2, software: "0.1.0",
  },
  {
    number: 1, saved_at: "2025-11-15T09:30:00Z", author: "B. Author", reason: "Dry run", milestone: "own", change: { ...nothing, gates: { own: ["S"] }, targets: { ITT: 0.9 } }, config_hash: "2".repeat(64), still_the_same: false, snapshot: 1, software: "0.1.0",
  },
];

/** Scores of the sites, as the strip above the thresholds draws them. */
export const scores = {
  level: "site", method: "calibrated", flagged: 3, expected_false: 0.14,
  kris: plan.kris.map(({ code, title, unit, direction }) => ({ code, title, unit, kind: "rate", direction, accrual: "Denominator>=30", overall: 0.1, red: 1, amber: 3, expected_false: 0.1, scored: 3, silent: null, unplaced: [0, 0] })),
  groups: ["Site 3", "Site 9", "Site 10"].map((label, index) => ({ place: place(label), subjects: 1, red: 0, amber: 1, risk: 1, composite: 0.1, signals: plan.kris.map(() => ({ score: 2.1 + index / 10 })) })),
};
