import { Fragment, type ReactNode } from "react";
import type { CellValue, ReportCell, Study, TableLine } from "@/api/types";
import { Day } from "@/components/Day";
import { Figure } from "@/components/Figure";
import { FileLink, StudyLink } from "@/components/Link";
import { Panel, tableStyles as styles } from "@/components/Page";
import { State } from "@/components/State";
import { useKinds } from "@/components/useKinds";
import { readable } from "@/words/columns";
import { day } from "@/words/dates";
import { fileName } from "@/words/paths";
import { noteWord, REPORT_STATES, wordFor } from "@/words/vocabulary";
import own from "./Reports.module.css";
import { ofHeadline, ofRejectedReport, ofReport, ofTable } from "./evidence";

/** The nine reports: what state each is in, its rows, its sums, its tables and its files. */
export function Reports({ study, tables }: { study: Study; tables: readonly TableLine[] }) {
  const { titleOf } = useKinds();
  const title = (report: ReportCell) => titleOf(report.kind);
  return (
    <Panel title="Reports" aside="every number opens to its rows" padded={false}>
      <table className={styles["plain"]}>
        <thead>
          <tr>
            <th scope="col">Report</th>
            <th scope="col">State</th>
            <th scope="col" className={styles["n"]}>
              Rows
            </th>
            <th scope="col" className={styles["n"]}>
              Rejected
            </th>
            <th scope="col">As of</th>
            <th scope="col" className={own["last"]}>
              Headline sums, tables and files
            </th>
          </tr>
        </thead>
        <tbody>
          {study.reports.map((report) => (
            <tr key={report.kind}>
              <td style={{ fontWeight: 600, minWidth: 130 }}>{title(report)}</td>
              <td>
                <State word={wordFor(REPORT_STATES, report.state)} />
                {report.note === null ? null : (
                  <div>
                    <State word={noteWord(report.note)} title={report.note} />
                  </div>
                )}
              </td>
              <td className={styles["n"]}>
                <Figure evidence={ofReport(study, report, title(report))} />
              </td>
              <td className={styles["n"]}>{report.rows === null ? null : <Figure evidence={ofRejectedReport(study, report, title(report))} />}</td>
              <td style={{ minWidth: 112 }}>{report.state === "missing" ? null : <Day iso={report.as_of} assumed={report.as_of_assumed} />}</td>
              <td>
                <div className={own["behind"]}>
                  <div>
                    <Headlines study={study} report={report} title={title(report)} tables={tables} />
                  </div>
                  <div>
                    {tables
                      .filter((table) => table.kind === report.kind)
                      .map((table) => (
                        <div key={table.table} className={own["table"]}>
                          <StudyLink study={study.study_id} search={{ view: "rows", table: table.table }}>
                            {table.title}
                          </StudyLink>
                          <Figure evidence={ofTable(study.study_id, table, report.as_of)} />
                          {table.supporting ? <span className="quiet">repeats others, not counted</span> : null}
                        </div>
                      ))}
                    {report.file_ids.map((id) => {
                      const name = study.files.find((file) => file.file_id === id)?.name ?? id;
                      return (
                        <div key={id} className={own["file"]}>
                          <FileLink file={id} title={name}>
                            {breakable(fileName(name))}
                          </FileLink>
                        </div>
                      );
                    })}
                  </div>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

/** A long name, with places where it may go on in the next line. */
function breakable(name: string): ReactNode {
  return name.split(/(?<=_)/).map((part, index) => (
    <Fragment key={index}>
      {part}
      <wbr />
    </Fragment>
  ));
}

const AT_ONCE = 4;

function Headlines({ study, report, title, tables }: { study: Study; report: ReportCell; title: string; tables: readonly TableLine[] }) {
  const words = (name: string) => study.titles[name] ?? readable(name);
  const sums = Object.entries(study.totals[report.kind] ?? {});
  const line = ([name, value]: [string, CellValue]) => (
    <div key={name} className={own["sum"]}>
      <span className="quiet">{words(name)}</span>
      {typeof value === "number" || value === null ? (
        <Figure evidence={ofHeadline(study, report, title, name, tables, value)} />
      ) : (
        <span>{typeof value === "string" ? day(value) : String(value)}</span>
      )}
    </div>
  );
  if (sums.length === 0) return null;
  return (
    <>
      {sums.slice(0, AT_ONCE).map(line)}
      {sums.length > AT_ONCE ? (
        <details>
          <summary className="quiet">{sums.length - AT_ONCE} more</summary>
          {sums.slice(AT_ONCE).map(line)}
        </details>
      ) : null}
    </>
  );
}
