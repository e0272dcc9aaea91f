/** What the numbers of the portfolio mean and open to. */

import type { Evidence, Part, RowSource } from "@/view/evidence";
import type { Kind, Portfolio, ReportCell, StudyLine } from "@/api/types";
import { LOWER_BOUND, NOTHING_READABLE, QUARANTINED, REFUSED, REPORT_STATES, wordFor } from "@/words/vocabulary";

type Counted = "subjects" | "sites" | "countries" | "rows" | "rejected" | "refused" | "quarantined" | "findings";

const DEFINITIONS: Readonly<Record<Counted, { title: string; definition: string; formula?: string }>> = {
  subjects: { title: "Subjects", definition: "Every subject that any report of the study names, counted once.", formula: "union over all reports of (study, subject)" },
  sites: { title: "Sites", definition: "Every site that any report of the study names, counted once.", formula: "union over all reports of (study, site)" },
  countries: { title: "Countries", definition: "Every country that any report names for a site of the study.", formula: "distinct countries of the spine" },
  rows: { title: "Rows", definition: "Lines of the reports that became typed rows. Sheets that repeat another sheet are not counted again.", formula: "sum of accepted lines" },
  rejected: { title: "Rejected lines", definition: "Lines that look like data but break their contract. Each keeps its reason and its place in the file." },
  refused: { title: "Refused", definition: REFUSED },
  quarantined: { title: "Quarantined", definition: QUARANTINED },
  findings: { title: "Findings", definition: "Contradictions and exceptions found by the checks, within a report and between reports." },
};

function sources(what: Counted, study: StudyLine): RowSource[] {
  const { study_id } = study;
  switch (what) {
    case "subjects":
      return [{ of: "subjects", study: study_id, label: "Subjects" }];
    case "sites":
    case "countries":
      return [{ of: "sites", study: study_id, label: "Sites" }];
    case "findings":
      return [{ of: "findings", study: study_id, label: "Findings" }];
    case "refused":
    case "quarantined":
      return study[what] === 0 ? [] : [{ of: "files", study: study_id, apart: what, label: "Files and their receipts" }];
    case "rows":
    case "rejected":
      return [];
  }
}

/** One number of one study. */
export function ofStudy(what: Counted, study: StudyLine, kinds: readonly Kind[]): Evidence {
  const bounded = study.lower_bound && (what === "subjects" || what === "sites" || what === "countries");
  const evidence: Evidence = {
    ...DEFINITIONS[what],
    scope: study.study_id,
    value: study[what],
    asOf: study.as_of,
    sources: study[what] === null ? [] : sources(what, study),
  };
  if (study[what] === null) evidence.unknown = NOTHING_READABLE;
  else if (bounded) {
    evidence.lowerBound = true;
    evidence.unknown = LOWER_BOUND;
  }
  if (what === "rows" || what === "rejected") {
    evidence.partsTitle = "By report";
    evidence.parts = study.reports.map((report): Part => {
      const of = ofReport(report, study, kinds);
      if (what === "rows") return { label: of.title, value: report.rows, evidence: of };
      const rejected = ofRejected(report, study, kinds);
      return report.rows === null ? { label: rejected.title, value: null } : { label: rejected.title, value: report.rejected, evidence: rejected };
    });
  }
  return evidence;
}

/** One total of the portfolio: its studies. */
export function ofPortfolio(what: Counted, portfolio: Portfolio): Evidence {
  const asOf = portfolio.snapshot?.as_of ?? null;
  const bounded = what === "subjects" || what === "sites" || what === "countries" ? portfolio.studies.some((study) => study.lower_bound || study[what] === null) : false;
  return {
    ...DEFINITIONS[what],
    scope: "all studies",
    value: portfolio.totals[what],
    asOf,
    ...(portfolio.totals[what] === null ? { unknown: NOTHING_READABLE } : bounded ? { lowerBound: true, unknown: LOWER_BOUND } : {}),
    ...((what === "refused" || what === "quarantined") && portfolio.totals[what] > 0 ? { sources: [{ of: "files" as const, apart: what, label: "Files and their receipts" }] } : {}),
    partsTitle: "By study",
    parts: portfolio.studies.map((study) => ({ label: study.study_id, value: study[what], evidence: ofStudy(what, study, portfolio.kinds) })),
  };
}

export function ofStudies(portfolio: Portfolio): Evidence {
  return {
    title: "Studies",
    scope: "all studies",
    value: portfolio.totals.studies,
    definition: "Studies for which at least one report was delivered.",
    asOf: portfolio.snapshot?.as_of ?? null,
    partsTitle: "Rows by study",
    parts: portfolio.studies.map((study) => ({ label: study.study_id, value: study.rows, evidence: ofStudy("rows", study, portfolio.kinds) })),
  };
}

export function ofFiles(portfolio: Portfolio): Evidence {
  return {
    title: "Files",
    scope: "all studies",
    value: portfolio.totals.files,
    definition: "Files delivered, with whatever became of them: loaded, unchanged, duplicate, quarantined or refused.",
    asOf: portfolio.snapshot?.as_of ?? null,
    sources: [{ of: "files", label: "Files" }],
  };
}

/** One report of one study. */
export function ofReport(report: ReportCell, study: StudyLine, kinds: readonly Kind[]): Evidence {
  const title = kinds.find((kind) => kind.kind === report.kind)?.title ?? report.kind;
  const state = wordFor(REPORT_STATES, report.state);
  const base: Evidence = {
    title: `Rows of ${title}`,
    scope: study.study_id,
    value: report.rows,
    definition: `Lines of this report that became typed rows. ${state.meaning}`,
    asOf: report.as_of,
    asOfAssumed: report.as_of_assumed,
    ...(report.note === null ? {} : { note: report.note }),
    ...(report.rows === null ? { unknown: state.meaning } : {}),
  };
  if (report.state === "missing") return base;
  if (report.rows === null) return { ...base, sources: [{ of: "files", study: study.study_id, ids: report.file_ids, label: "Files" }] };
  const files: RowSource = { of: "files", study: study.study_id, kind: report.kind, label: "Files" };
  return {
    ...base,
    sources: [{ of: "report", files: report.file_ids, outcome: "accepted", label: "Rows" }, files],
    partsTitle: "Beside it",
    parts: [{ label: "Rejected lines", value: report.rejected, evidence: ofRejected(report, study, kinds) }],
  };
}

/** The lines of one report that were rejected. */
export function ofRejected(report: ReportCell, study: StudyLine, kinds: readonly Kind[]): Evidence {
  const title = kinds.find((kind) => kind.kind === report.kind)?.title ?? report.kind;
  return {
    ...DEFINITIONS.rejected,
    title: `Rejected lines of ${title}`,
    scope: study.study_id,
    value: report.rejected,
    asOf: report.as_of,
    asOfAssumed: report.as_of_assumed,
    sources: [{ of: "report", files: report.file_ids, outcome: "rejected", label: "Rejected lines" }],
  };
}
