/** The columns of a list of files, the same wherever files are listed. */

import type { FileLine, Kind } from "@/api/types";
import type { Evidence } from "@/view/evidence";
import { day } from "@/words/dates";
import { bytes, number } from "@/words/numbers";
import { fileName } from "@/words/paths";
import { FILE_OUTCOMES, wordFor } from "@/words/vocabulary";
import { Day } from "./Day";
import { Figure } from "./Figure";
import type { GridColumn } from "./grid/columns";
import { FileLink, StudyLink } from "./Link";
import { Receipt, type ReceiptCounts } from "./Receipt";
import { State } from "./State";

export function countsOf(file: Pick<FileLine, "read" | "accepted" | "rejected" | "set_aside" | "quarantined_lines">): ReceiptCounts {
  return { read: file.read, accepted: file.accepted, rejected: file.rejected, setAside: file.set_aside, quarantined: file.quarantined_lines };
}

const MEANINGS = {
  read: "Lines of all sheets of the file, blank ones included.",
  accepted: "Lines that became typed rows.",
  rejected: "Lines that look like data but break their contract.",
  set_aside: "Lines recognised as no data: blank, banner, header, total, footer or stray; and lines of supporting sheets.",
  quarantined_lines: "Lines of sheets that fit no contract; kept unread.",
} as const;

/** One number of a file's receipt. A refused file was not read: its numbers are unknown. */
export function ofFile(file: FileLine, what: keyof typeof MEANINGS, title: string): Evidence {
  const refused = file.outcome === "refused";
  const copy = file.outcome === "duplicate";
  const outcome = { accepted: "accepted", rejected: "rejected" }[what as string];
  return {
    title,
    scope: fileName(file.name),
    value: refused ? null : file[what],
    definition: copy ? `Nothing of a duplicate is counted twice: it has ${file.reason ?? "the same bytes as another file"}.` : MEANINGS[what],
    asOf: file.as_of,
    asOfAssumed: file.as_of_assumed,
    ...(refused ? { unknown: `The file was refused: ${file.reason ?? "no reason given"}` } : {}),
    sources: refused
      ? []
      : Array.from({ length: Math.min(file.sheets, 40) }, (_, index) => ({
          of: "lines" as const,
          file: file.file_id,
          sheet: index + 1,
          ...(outcome ? { outcome } : {}),
          label: `Sheet ${index + 1}`,
        })),
  };
}

export function fileColumns(kinds: readonly Kind[], withStudy: boolean): GridColumn<FileLine>[] {
  const kindTitle = (kind: string | null) => (kind === null ? null : (kinds.find((one) => one.kind === kind)?.title ?? kind));
  const count = (id: keyof typeof MEANINGS, title: string, width = 84): GridColumn<FileLine> => ({
    id,
    title,
    type: "number",
    width,
    hint: MEANINGS[id],
    value: (file) => (file.outcome === "refused" ? null : file[id]),
    render: (file) => <Figure evidence={ofFile(file, id, title)} />,
  });
  return [
    {
      id: "name",
      title: "File",
      width: 280,
      value: (file) => file.name,
      render: (file) => (
        <FileLink file={file.file_id} title={file.name}>
          {fileName(file.name)}
        </FileLink>
      ),
    },
    {
      id: "outcome",
      title: "Outcome",
      width: 140,
      value: (file) => file.outcome,
      render: (file) => (
        <span>
          <State word={wordFor(FILE_OUTCOMES, file.outcome)} title={file.reason ?? wordFor(FILE_OUTCOMES, file.outcome).meaning} />
          {file.outcome === "loaded" && !file.current ? (
            <span className="quiet" title="A later delivery of the report took its place; earlier snapshots still show it.">
              {" "}
              replaced
            </span>
          ) : null}
        </span>
      ),
    },
    ...(withStudy
      ? [
          {
            id: "study_id",
            title: "Study",
            width: 80,
            value: (file: FileLine) => file.study_id,
            render: (file: FileLine) => (file.study_id === null ? <span className="quiet">none</span> : <StudyLink study={file.study_id}>{file.study_id}</StudyLink>),
          },
        ]
      : []),
    { id: "kind", title: "Report", width: 176, value: (file) => kindTitle(file.kind), render: (file) => <span className={file.kind === null ? "quiet" : ""}>{kindTitle(file.kind) ?? "not identified"}</span> },
    {
      id: "as_of",
      title: "As of",
      type: "date",
      width: 178,
      value: (file) => file.as_of,
      text: (value) => (value === null ? "" : day(String(value))),
      render: (file) => <Day iso={file.as_of} assumed={file.as_of_assumed} />,
    },
    {
      id: "receipt",
      title: "Receipt",
      plain: "words",
      width: 144,
      value: (file) => file.reason,
      render: (file) =>
        file.outcome === "refused" || file.outcome === "duplicate" ? (
          <span title={file.reason ?? ""}>{file.reason ?? "not read"}</span>
        ) : (
          <div style={{ width: "100%" }}>
            <Receipt counts={countsOf(file)} slim />
          </div>
        ),
    },
    count("read", "Read"),
    count("accepted", "Accepted", 92),
    count("rejected", "Rejected", 88),
    count("set_aside", "Set aside", 92),
    count("quarantined_lines", "Quarantined", 104),
    { id: "sheets", title: "Sheets", type: "number", width: 70, value: (file) => file.sheets, render: (file) => <FileLink file={file.file_id}>{number(file.sheets)}</FileLink> },
    { id: "size", title: "Size", type: "number", width: 80, plain: "size", value: (file) => file.size, text: (value) => bytes(Number(value)) },
    { id: "first_snapshot", title: "First in snapshot", type: "number", width: 90, plain: "code", value: (file) => file.first_snapshot },
    { id: "sha256", title: "SHA-256", width: 150, plain: "code", value: (file) => file.sha256, render: (file) => <code title={file.sha256}>{file.sha256.slice(0, 16)}</code> },
  ];
}
