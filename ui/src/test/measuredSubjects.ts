/** Small, clearly fictional answers of Clean Patient Status by subject. */
import type * as Api from "@/api/types";
import { FILE } from "./answers";

const MILESTONES: Api.Milestone[] = [
  { code: "database_lock", title: "Database lock", gates: ["V", "Q", "SIG"] },
  { code: "interim_analysis", title: "Interim analysis", gates: ["V", "Q"] },
];
const CRITERIA = [
  { code: "V", title: "No missing visit" },
  { code: "Q", title: "No outstanding query" },
  { code: "SIG", title: "Every page signed" },
];
export const NOTHING_TO_JUDGE = "there is nothing it could be about";
export const NO_REPORT = "no report CPID EDC metrics";

const base: Api.CleanLine = {
  subject_id: "Subject 1", site_id: "Site 10", country: "FRA", status: "On Trial", outcome: "pass", progress: [100, 100], outcomes: ["pass", "pass", "pass"], items: [0, 0, 0], why: [null, null, null], oldest: null, owner: null, urgency: null, one_step: null, member: [],
};

/** One of each: clean; one step away twice, of unlike urgency; far away; unknown in part; a range; nothing that applies. */
export const cleanLines: Api.CleanLine[] = [
  base,
  { ...base, subject_id: "Subject 2", outcome: "fail", progress: [80.5, 80.5], outcomes: ["pass", "fail", "pass"], items: [0, 3, 0], oldest: 12, owner: "CRA", urgency: "medium", one_step: "Q" },
  { ...base, subject_id: "Subject 3", site_id: "Site 9", outcome: "fail", progress: [70, 70], outcomes: ["fail", "pass", "not_applicable"], items: [1, 0, 0], why: [null, null, 0], oldest: null, owner: "Site/CRA", urgency: "critical", one_step: "V" },
  { ...base, subject_id: "Subject 4", site_id: "Site 9", country: null, status: null, outcome: "fail", progress: [20, 60], outcomes: ["fail", "fail", "unknown"], items: [2, 1036, null], why: [null, null, 1], oldest: 148, owner: "CRA", urgency: "high" },
  { ...base, subject_id: "Subject 10", outcome: "unknown", progress: [66.7, 100], outcomes: ["pass", "pass", "unknown"], items: [0, 0, null], why: [null, null, 1] },
  { ...base, subject_id: "Subject 11", status: "Screen Failure", outcome: "not_applicable", progress: null, outcomes: ["not_applicable", "not_applicable", "not_applicable"], items: [0, 0, 0], why: [0, 0, 0] },
];

export const cleanSubjects: Api.CleanSubjects = { milestone: MILESTONES[0]!, milestones: MILESTONES, criteria: CRITERIA, populations: [], reasons: [NOTHING_TO_JUDGE, NO_REPORT], subjects: cleanLines };
export const cleanAtInterim: Api.CleanSubjects = { ...cleanSubjects, milestone: MILESTONES[1]! };

const blocker: Api.Blocker = { criterion: "Q", ref: `${FILE}:1:4`, state: "open", owner: "CRA", owner_source: "workbook", days: 148, urgency: "high", next_action: "Answer the query." };

/** Subject 4: two criteria fail, one is unknown. */
export const cleanSubject: Api.CleanSubject = {
  line: cleanLines[3]!,
  reasons: [NOTHING_TO_JUDGE, NO_REPORT],
  milestone: MILESTONES[0]!,
  criteria: [
    { code: "V", title: "No missing visit", gate: true, outcome: "fail", reason: null, items: 2, score: [0.5, 0.5], urgency: "high" },
    { code: "Q", title: "No outstanding query", gate: true, outcome: "fail", reason: null, items: 1036, score: [0, 0], urgency: "medium" },
    { code: "SIG", title: "Every page signed", gate: true, outcome: "unknown", reason: NO_REPORT, items: null, score: null, urgency: null },
  ],
  blockers: [
    blocker,
    { ...blocker, criterion: "V", ref: `${FILE}:1:5`, state: "", owner: "Site/CRA", owner_source: "default", days: null, urgency: "medium", next_action: "Enter the visit, or record why it did not take place." },
    { ...blocker, ref: `${FILE}:1:6`, owner: "Data manager", owner_source: "report", days: 1, next_action: "Close the query." },
  ],
};

export const cleanWork: Api.CleanWork = {
  milestone: MILESTONES[0]!,
  milestones: MILESTONES,
  actions: [
    { criterion: "Q", title: "No outstanding query", next_action: "Answer the query.", owner: "CRA", owner_source: "workbook", items: 1038, undated: 0, oldest: 148, subjects: 2, sites: 2, urgency: "high" },
    { criterion: "V", title: "No missing visit", next_action: "Enter the visit.", owner: "Site/CRA", owner_source: "default", items: 3, undated: 3, oldest: null, subjects: 2, sites: 1, urgency: "medium" },
  ],
  owners: [
    { owner: "CRA", items: 1038, undated: 0, oldest: 148, subjects: 2, sites: 2, urgency: "high", frees: 1, criteria: [{ code: "Q", title: "No outstanding query", items: 1038 }] },
    { owner: "Site/CRA", items: 3, undated: 3, oldest: null, subjects: 2, sites: 1, urgency: "medium", frees: 1, criteria: [{ code: "V", title: "No missing visit", items: 3 }] },
  ],
};
const workRow: Api.WorkRows["rows"][number] = { criterion: "V", ref: `${FILE}:1:5`, subject_id: "Subject 3", site_id: "Site 9", days: null, items: 1, next_action: "Enter the visit." };
export const workRows: Api.WorkRows = { total: 3, items: 3, rows: [workRow, { ...workRow, ref: `${FILE}:1:6`, subject_id: "Subject 4" }] };

export const PATHS = { subjects: "GET /studies/Demo 1/clean/subjects", subject: "GET /studies/Demo 1/clean/subject", work: "GET /studies/Demo 1/clean/work", workRows: "GET /studies/Demo 1/clean/work/rows" } as const;
