import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useClient } from "@/api/context";
import { fileQuestion } from "@/api/questions";
import type { FileDetail, SheetReceipt } from "@/api/types";
import { Answered, Empty, Guard } from "@/components/Conditions";
import { Day } from "@/components/Day";
import { Figure } from "@/components/Figure";
import { ofFile } from "@/components/fileColumns";
import { RefLink, StudyLink } from "@/components/Link";
import { PageFrame, Panel, tableStyles as styles } from "@/components/Page";
import { Receipt } from "@/components/Receipt";
import { State } from "@/components/State";
import { useAsOf, usePageSearch } from "@/view/asOf";
import { bytes, counted, number } from "@/words/numbers";
import { fileName, folderName } from "@/words/paths";
import { FILE_OUTCOMES, SEVERITIES, SHEET_OUTCOMES, wordFor } from "@/words/vocabulary";
import { SheetPart } from "./SheetPart";
import own from "./File.module.css";
import { quarantined, setAside } from "./receipt";
import type { Search } from "@/view/search";

/** One file: its sheets, what each line became, and why lines or sheets were refused. */
export function FilePage() {
  const { fileId } = useParams({ from: "/files/$fileId" });
  const client = useClient();
  const question = useQuery(fileQuestion(client, fileId, useAsOf()));
  const file = question.data;
  return (
    <PageFrame
      title={file ? fileName(file.name) : `File ${fileId}`}
      facts={
        file ? (
          <>
            <State word={wordFor(FILE_OUTCOMES, file.outcome)} />
            {file.study_id === null ? <span>no study</span> : <StudyLink study={file.study_id}>{file.study_id}</StudyLink>}
            {folderName(file.name) === null ? null : <span>in {folderName(file.name)}</span>}
            <span title={file.sha256}>
              SHA-256 <code>{file.sha256.slice(0, 16)}</code>
            </span>
            <span>
              as of <Day iso={file.as_of} assumed={file.as_of_assumed} />
            </span>
            <span>{bytes(file.size)}</span>
            <span>{counted(file.sheets.length, "sheet")}</span>
            {!file.current && file.outcome === "loaded" ? <span>replaced by a later delivery</span> : null}
          </>
        ) : null
      }
    >
      <Answered question={question} what="the file" rows={14}>
        {(answer) => <Parts file={answer} />}
      </Answered>
    </PageFrame>
  );
}

function Parts({ file }: { file: FileDetail }) {
  const { sheet } = usePageSearch();
  const line = { ...file, sheets: file.sheets.length };
  const shown = file.sheets.find((one) => String(one.sheet) === sheet) ?? file.sheets.find((one) => one.rejected > 0 || one.outcome === "quarantined") ?? file.sheets[0];
  return (
    <>
      {file.reason !== null ? <Reason outcome={file.outcome} reason={file.reason} todo={file.todo} /> : null}
      {file.sheets.length === 0 ? null : (
        <section className={own["receipt"]} aria-label="Receipt of the file">
          <Receipt
            counts={{ read: file.read, accepted: file.accepted, rejected: file.rejected, setAside: file.set_aside, quarantined: file.quarantined_lines }}
            show={{
              read: <Figure evidence={ofFile(line, "read", "Lines read")} />,
              accepted: <Figure evidence={ofFile(line, "accepted", "Accepted lines")} />,
              rejected: <Figure evidence={ofFile(line, "rejected", "Rejected lines")} />,
              setAside: <Figure evidence={ofFile(line, "set_aside", "Lines set aside")} />,
              quarantined: <Figure evidence={ofFile(line, "quarantined_lines", "Quarantined lines")} />,
            }}
          />
        </section>
      )}
      {shown ? (
        <div className={own["split"]}>
          <SheetList file={file} shown={shown} />
          <Guard what={`sheet ${shown.name}`} resetKeys={[shown.sheet]}>
            <SheetPart key={shown.sheet} file={file} sheet={shown} />
          </Guard>
        </div>
      ) : (
        <Empty title="No sheet was read">{file.reason ?? "The file holds no sheet."}</Empty>
      )}
      {file.findings.length > 0 ? <FileFindings file={file} /> : null}
    </>
  );
}

function Reason({ outcome, reason, todo }: { outcome: string; reason: string; todo: string | null }) {
  const word = wordFor(FILE_OUTCOMES, outcome);
  return (
    <div className={own["reason"]} role="note">
      <State word={word} />
      <span>
        {reason}
        {todo === null ? null : <div className="quiet">What to do: {todo}</div>}
      </span>
    </div>
  );
}

function SheetList({ file, shown }: { file: FileDetail; shown: SheetReceipt }) {
  const navigate = useNavigate();
  return (
    <nav aria-label="Sheets" className={own["sheets"]}>
      {file.sheets.map((sheet) => (
        <button
          key={sheet.sheet}
          type="button"
          aria-current={sheet.sheet === shown.sheet}
          className={own["sheet"]}
          onClick={() => void navigate({ to: ".", replace: true, search: (old: Search) => ({ as_of: old.as_of, sheet: String(sheet.sheet) }) })}
        >
          <span className={own["sheetName"]}>
            <span className="quiet digits">{sheet.sheet}</span> {sheet.name}
            {sheet.visible ? null : <span className="quiet"> (hidden)</span>}
          </span>
          <span className={own["sheetFacts"]}>
            <State word={wordFor(SHEET_OUTCOMES, sheet.outcome)} bare />
            <span className="digits">{number(sheet.read)} lines</span>
            {sheet.rejected > 0 ? <span className={own["rejected"]}>{number(sheet.rejected)} rejected</span> : null}
          </span>
          <Receipt counts={{ read: sheet.read, accepted: sheet.accepted, rejected: sheet.rejected, setAside: setAside(sheet), quarantined: quarantined(sheet) }} slim />
        </button>
      ))}
    </nav>
  );
}

function FileFindings({ file }: { file: FileDetail }) {
  return (
    <Panel title="Findings about this file" aside={counted(file.findings.length, "finding")} padded={false}>
      <table className={styles["plain"]}>
        <thead>
          <tr>
            <th scope="col">Check</th>
            <th scope="col">Severity</th>
            <th scope="col">What was found</th>
            <th scope="col">Lines</th>
          </tr>
        </thead>
        <tbody>
          {file.findings.slice(0, 200).map((finding, index) => (
            <tr key={index}>
              <td>
                <code>{finding.code}</code>
              </td>
              <td>
                <State word={wordFor(SEVERITIES, finding.severity)} />
              </td>
              <td>{finding.what}</td>
              <td>
                {finding.refs.slice(0, 5).map((ref, at) => (
                  <span key={ref}>
                    {at > 0 ? ", " : ""}
                    <RefLink to={ref} />
                  </span>
                ))}
                {finding.refs.length > 5 ? ` and ${finding.refs.length - 5} more` : ""}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {file.findings.length > 200 && file.study_id !== null ? (
        <p style={{ padding: "6px 12px" }}>
          The first 200 of {number(file.findings.length)}.{" "}
          <StudyLink study={file.study_id} search={{ view: "findings" }}>
            All findings of the study
          </StudyLink>
        </p>
      ) : null}
    </Panel>
  );
}
