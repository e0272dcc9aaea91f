/** What the numbers of one study mean and open to. */

import type { CheckLine, Finding, HeadlineSource, ReportCell, Study, TableLine } from "@/api/types";
import type { Apart, Evidence } from "@/view/evidence";
import { readable } from "@/words/columns";
import { fileName } from "@/words/paths";
import { LOWER_BOUND, NOTHING_READABLE, QUARANTINED, REFUSED, REPORT_STATES, wordFor } from "@/words/vocabulary";

export function ofSpine(what: "subjects" | "sites" | "countries", study: Study): Evidence {
  const noun = what === "countries" ? "country" : what.slice(0, -1);
  return {
    title: what.charAt(0).toUpperCase() + what.slice(1),
    scope: study.study_id,
    value: study[what],
    definition: `Every ${noun} that any report of the study names, counted once.`,
    formula: `union over all reports of (study, ${noun})`,
    asOf: study.as_of,
    ...(study[what] === null ? { unknown: NOTHING_READABLE } : study.lower_bound ? { lowerBound: true, unknown: LOWER_BOUND } : {}),
    sources: study[what] === null ? [] : [what === "subjects" ? { of: "subjects", study: study.study_id, label: "Subjects" } : { of: "sites", study: study.study_id, label: "Sites" }],
  };
}

export function ofRows(study: Study, titleOf: (kind: string) => string): Evidence {
  return {
    title: "Rows",
    scope: study.study_id,
    value: study.rows,
    definition: "Lines of the reports that became typed rows. Sheets that repeat another sheet are not counted again.",
    formula: "sum of accepted lines",
    asOf: study.as_of,
    partsTitle: "By report",
    parts: study.reports.map((report) => ({ label: titleOf(report.kind), value: report.rows, evidence: ofReport(study, report, titleOf(report.kind)) })),
  };
}

export function ofTable(study: string, table: TableLine, asOf: string | null): Evidence {
  return {
    title: `Rows of ${table.title}`,
    scope: study,
    value: table.rows,
    definition: `Typed rows of the table ${table.title}, one for each accepted line.`,
    asOf,
    sources: [{ of: "table", study, table: table.table, label: "Rows" }],
  };
}

export function ofRejected(study: Study): Evidence {
  return {
    title: "Rejected lines",
    scope: study.study_id,
    value: study.rejected,
    definition: "Lines that look like data but break their contract. Each keeps its reason and its place in the file.",
    asOf: study.as_of,
    partsTitle: "By file",
    parts: study.files
      .filter((file) => file.rejected > 0)
      .map((file) => ({
        label: fileName(file.name),
        value: file.rejected,
        evidence: {
          title: "Rejected lines",
          scope: fileName(file.name),
          value: file.rejected,
          definition: "Lines of this file that break their contract.",
          asOf: file.as_of,
          sources: [{ of: "report", files: [file.file_id], outcome: "rejected", label: "Rejected lines" }],
        },
      })),
  };
}

/** What was set apart: files that were refused, or files and sheets that were quarantined. */
export function ofApart(apart: Apart, study: Study): Evidence {
  return {
    title: apart === "refused" ? "Refused" : "Quarantined",
    scope: study.study_id,
    value: study[apart],
    definition: apart === "refused" ? REFUSED : QUARANTINED,
    asOf: study.as_of,
    sources: study[apart] === 0 ? [] : [{ of: "files", study: study.study_id, apart, label: "Files and their receipts" }],
  };
}

export function ofFindings(study: Study): Evidence {
  return {
    title: "Findings",
    scope: study.study_id,
    value: study.findings,
    definition: "Contradictions and exceptions found by the checks, within a report and between reports.",
    asOf: study.as_of,
    partsTitle: "By check",
    parts: study.checks.map((check) => ({ label: `${check.code} ${check.title}`, value: check.count, evidence: ofCheck(study, check) })),
  };
}

export function ofCheck(study: Study, check: CheckLine): Evidence {
  return {
    title: `${check.code} ${check.title}`,
    scope: study.study_id,
    value: check.count,
    definition: check.count === 0 ? "The check ran and found nothing." : "Findings of this check, each with the rows it is about.",
    asOf: study.as_of,
    sources: check.count === 0 ? [] : [{ of: "findings", study: study.study_id, code: check.code, label: "Findings" }],
  };
}

export function ofReport(study: Study, report: ReportCell, title: string): Evidence {
  const state = wordFor(REPORT_STATES, report.state);
  return {
    title: `Rows of ${title}`,
    scope: study.study_id,
    value: report.rows,
    definition: `Lines of this report that became typed rows. ${state.meaning}`,
    asOf: report.as_of,
    asOfAssumed: report.as_of_assumed,
    ...(report.note === null ? {} : { note: report.note }),
    ...(report.rows === null
      ? { unknown: state.meaning, ...(report.file_ids.length === 0 ? {} : { sources: [{ of: "files" as const, study: study.study_id, ids: report.file_ids, label: "Files" }] }) }
      : {
          sources: [
            { of: "report", files: report.file_ids, outcome: "accepted", label: "Rows" },
            { of: "files", study: study.study_id, kind: report.kind, label: "Files" },
          ],
        }),
  };
}

/** The lines of one report that were rejected. */
export function ofRejectedReport(study: Study, report: ReportCell, title: string): Evidence {
  return {
    title: `Rejected lines of ${title}`,
    scope: study.study_id,
    value: report.rejected,
    definition: "Lines that look like data but break their contract.",
    asOf: report.as_of,
    asOfAssumed: report.as_of_assumed,
    sources: [{ of: "report", files: report.file_ids, outcome: "rejected", label: "Rejected lines" }],
  };
}

/** What is said of a figure, by how the server made it from its rows. */
function madeOf(source: HeadlineSource, column: string, table: string): string {
  switch (source.counted) {
    case "rows":
      return source.contract === null ? `Typed rows of ${table}, one for each accepted line.` : `Typed rows of one sheet, one for each accepted line. They stand in the table ${table}.`;
    case "sum":
      return `The column ${column} added up over the rows of ${table}.`;
    case "rule":
      return `Counted by a rule over the rows of ${table}: rows that say the same thing twice count once.`;
  }
}

/** A headline figure of one report, open to exactly the rows that it is made of. */
export function ofHeadline(study: Study, report: ReportCell, title: string, name: string, tables: readonly TableLine[], value: number | null): Evidence {
  const source = study.sources[report.kind]?.[name];
  const table = tables.find((one) => one.table === source?.table);
  const column = source?.counted === "sum" ? table?.columns.find((one) => one.name === name) : undefined;
  const unread = study.unread[report.kind]?.[name] ?? 0;
  const words = study.titles[name] ?? column?.title ?? readable(name);
  return {
    title: words,
    scope: `${study.study_id}, ${title}`,
    value,
    definition: source ? madeOf(source, column?.title ?? words, table?.title ?? title) : `Counted over the rows of ${title}.`,
    ...(column?.unit ? { unit: column.unit } : {}),
    asOf: report.as_of,
    asOfAssumed: report.as_of_assumed,
    ...(report.note === null ? {} : { note: report.note }),
    ...(value === null
      ? { unknown: "The column is empty in every row of the report, so its sum is unknown." }
      : unread > 0
        ? { lowerBound: true, unknown: `${unread === 1 ? "1 cell of the column holds" : `${unread} cells of the column hold`} no number, so the sum is at least this.` }
        : {}),
    sources: source
      ? [
          {
            of: "table",
            study: study.study_id,
            table: source.table,
            ...(source.contract === null ? {} : { filter: [`contract:${source.contract}`] }),
            ...(column ? { first: name } : {}),
            label: table?.title ?? title,
          },
        ]
      : [{ of: "report", files: report.file_ids, outcome: "accepted", label: "Rows" }],
  };
}

/** One finding and every row it is about. */
export function ofFinding(study: Study, finding: Finding): Evidence {
  return {
    title: `${finding.code} ${finding.title}`,
    scope: [study.study_id, finding.site_id, finding.subject_id].filter(Boolean).join(", "),
    value: finding.refs.length,
    unit: finding.refs.length === 1 ? "row" : "rows",
    definition: finding.what,
    asOf: study.as_of,
    sources: finding.refs.length === 0 ? [] : [{ of: "refs", refs: finding.refs, label: "Rows" }],
  };
}
