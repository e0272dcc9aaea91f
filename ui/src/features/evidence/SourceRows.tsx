/** The rows behind a number, each with the way to its cell. */

import { useQueries, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useClient } from "@/api/context";
import { evidenceQuestion, fileQuestion, filesQuestion, findingsQuestion, linesQuestion, rowsQuestion, sitesQuestion, subjectsQuestion, tablesQuestion } from "@/api/questions";
import type { CellValue, Column, FileLine, Finding, Line, Row, SheetReceipt, SiteLine, SubjectLine, TableLine } from "@/api/types";
import { Answered, Empty, Loading } from "@/components/Conditions";
import { FileLink, RefLink, StudyLink } from "@/components/Link";
import { State } from "@/components/State";
import { useKinds } from "@/components/useKinds";
import { useList, type Listed } from "@/components/useEvery";
import { VirtualList } from "@/components/VirtualList";
import { useAsOf } from "@/view/asOf";
import type { Apart, RowSource } from "@/view/evidence";
import { columnLetters, readRef } from "@/words/cells";
import { sourceOf } from "@/words/columns";
import { stamp } from "@/words/dates";
import { counted, number } from "@/words/numbers";
import { fileName } from "@/words/paths";
import { FILE_OUTCOMES, LINE_OUTCOMES, wordFor } from "@/words/vocabulary";
import styles from "./Evidence.module.css";
import { OfFlags } from "./OfFlags";
import { OfIndex } from "./OfIndex";
import { OfStanding } from "./OfStanding";
import { OfWork } from "./OfWork";

const NO_COLUMNS: SheetReceipt["columns"] = [];

export function SourceRows({ source }: { source: RowSource }) {
  switch (source.of) {
    case "report":
      return <OfReport {...source} />;
    case "measure":
      return <OfMeasure {...source} />;
    case "work":
      return <OfWork {...source} />;
    case "standing":
      return <OfStanding {...source} />;
    case "index":
      return <OfIndex {...source} />;
    case "flags":
      return <OfFlags {...source} />;
    case "refs":
      return <OfRefs {...source} />;
    case "table":
      return <OfTable {...source} />;
    case "findings":
      return <OfFindings {...source} />;
    case "lines":
      return <OfLines {...source} />;
    case "files":
      return <OfFiles {...source} />;
    case "sites":
      return <OfSites {...source} />;
    case "subjects":
      return <OfSubjects {...source} />;
  }
}

function Items<Item>({
  list,
  what,
  noun,
  keep,
  itemKey,
  children,
}: {
  list: Listed<Item>;
  what: string;
  noun: string;
  keep?: (item: Item) => boolean;
  itemKey: (item: Item, index: number) => string;
  children: (item: Item) => ReactNode;
}) {
  return (
    <Answered question={list} what={what} rows={6}>
      {(all) => {
        const items = keep ? all.filter(keep) : all;
        const total = keep ? items.length : list.total;
        if (items.length === 0 && !list.hasMore) return <Empty title={`No ${noun} here`} />;
        return (
          <>
            <div className={styles["count"]} role="status">
              {counted(total, noun)}
            </div>
            <VirtualList label={what} items={items} itemKey={itemKey} onNearEnd={list.more}>
              {children}
            </VirtualList>
          </>
        );
      }}
    </Answered>
  );
}

/** The rows of a report are the accepted lines of its sheets; sheets that repeat another one are not counted, so not listed. */
function OfReport({ files, outcome }: { files: readonly string[]; outcome: "accepted" | "rejected" }) {
  const client = useClient();
  const asOf = useAsOf();
  const questions = useQueries({ queries: files.map((file) => fileQuestion(client, file, asOf)) });
  const [chosen, choose] = useState(0);
  const failed = questions.find((one) => one.error && one.data === undefined);
  if (failed) return <Answered question={failed} what="the sheets of the report">{() => null}</Answered>;
  const details = questions.flatMap(({ data }) => (data === undefined ? [] : [data]));
  if (details.length < files.length) return <Loading what="the sheets of the report" rows={4} />;
  const sheets = details.flatMap((file) => file.sheets.filter((sheet) => sheet.outcome === "accepted" && sheet[outcome] > 0).map((sheet) => ({ file, sheet })));
  const shown = sheets[chosen] ?? sheets[0];
  if (!shown) return <Empty title={outcome === "accepted" ? "No line became a row" : "No line was rejected"}>A true zero: the report was loaded.</Empty>;
  return (
    <>
      {sheets.length > 1 ? (
        <div className={styles["chips"]} role="group" aria-label="Sheets of the report">
          {sheets.map((one, index) => (
            <button key={`${one.file.file_id}-${one.sheet.sheet}`} type="button" className={styles["chip"]} aria-pressed={one === shown} title={one.file.name} onClick={() => choose(index)}>
              {one.sheet.name} {number(one.sheet[outcome])}
            </button>
          ))}
        </div>
      ) : null}
      <OfLines key={`${shown.file.file_id}-${shown.sheet.sheet}`} file={shown.file.file_id} sheet={shown.sheet.sheet} outcome={outcome} columns={shown.sheet.columns} noun={outcome === "accepted" ? "row" : "line"} />
    </>
  );
}

function OfTable({ study, table, filter, first }: { study: string; table: string; filter?: readonly string[]; first?: string }) {
  const client = useClient();
  const question = useQuery(tablesQuestion(client, study, useAsOf()));
  return (
    <Answered question={question} what="the table" rows={4}>
      {(all) => {
        const found = all.find((one) => one.table === table);
        return found ? <TableRows study={study} table={found} {...(filter ? { filter } : {})} {...(first ? { first } : {})} /> : <Empty title="The table has no rows" />;
      }}
    </Answered>
  );
}

function TableRows({ study, table, filter, first }: { study: string; table: TableLine; filter?: readonly string[]; first?: string }) {
  const columns = first === undefined ? table.columns : [...table.columns].sort((a, b) => Number(b.name === first) - Number(a.name === first));
  const client = useClient();
  const list = useList<Row>(rowsQuestion(client, study, table.table, useAsOf(), { filter }), false);
  return (
    <Items list={list} what={`the rows of ${table.title}`} noun="row" itemKey={(row) => row.ref}>
      {(row) => (
        <div className={styles["item"]}>
          <RefLink to={row.ref} />
          <span>{summary(row.cells, columns)}</span>
        </div>
      )}
    </Items>
  );
}

/** The first few known fields of a row: enough to recognise it. */
function summary(cells: Readonly<Record<string, CellValue>>, columns: readonly Column[]): ReactNode {
  const names = new Set(columns.map((column) => column.name));
  const known = columns.flatMap((column) => {
    const value = cells[column.name];
    return value === null || value === undefined || column.name === "study_id" || sourceOf(column.name, names) !== null ? [] : [{ column, value }];
  });
  return known.slice(0, 6).map(({ column, value }) => (
    <span key={column.name} className={styles["pair"]}>
      <span className="quiet">{column.title} </span>
      {typeof value === "number" ? number(value) : typeof value === "string" && /date|time/.test(column.type) ? stamp(value) : String(value)}
    </span>
  ));
}

const PART_WORDS: Readonly<Record<string, string>> = { numerator: "Numerator", denominator: "Denominator", rows: "Rows", days: "Days", ceiling: "Ceiling" };
const MOST = 1000;

/** The rows of a measure, an indicator, a criterion or a part of an index, part by part or of one part alone, with what each row adds. */
function OfMeasure({ study, code, level, group, part: only }: { study: string; code: string; level: string; group?: string; part?: string }) {
  const client = useClient();
  const question = useQuery(evidenceQuestion(client, study, useAsOf(), code, level, group, MOST));
  const [chosen, choose] = useState<number | null>(null);
  return (
    <Answered question={question} what="the rows" rows={4}>
      {(all) => {
        const parts = only === undefined ? all : all.filter((part) => part.part === only);
        const shown = (chosen === null ? parts.find((part) => part.total > 0) : parts[chosen]) ?? parts[0];
        if (!shown) return <Empty title="No rows stand behind this" />;
        return (
          <>
            {parts.length > 1 ? (
              <div className={styles["chips"]} role="group" aria-label="Parts of the number">
                {parts.map((part, index) => (
                  <button key={`${part.part}-${part.code}`} type="button" className={styles["chip"]} aria-pressed={part === shown} title={part.title} onClick={() => choose(index)}>
                    {PART_WORDS[part.part] ?? part.part}: {part.title} {number(part.adds)}
                  </button>
                ))}
              </div>
            ) : null}
            <div className={styles["count"]} role="status">
              {counted(shown.total, "row")}, {number(shown.adds)} {shown.unit}
              {shown.untold > 0 ? `; ${counted(shown.untold, "row")} of which the cell does not tell` : ""}
              {shown.total > shown.rows.length ? `; the first ${number(shown.rows.length)} are listed` : ""}
            </div>
            {shown.rows.length === 0 ? (
              <Empty title="No row">{"A true zero where the report was loaded; else the number is unknown."}</Empty>
            ) : (
              <VirtualList label="the rows" items={shown.rows} itemKey={(row, index) => `${row.ref}-${index}`} estimate={30}>
                {(row) => (
                  <div className={styles["item"]}>
                    <RefLink to={row.ref} />
                    <span className="quiet">{row.adds === null ? "its cell does not tell" : `adds ${number(row.adds)}`}</span>
                  </div>
                )}
              </VirtualList>
            )}
          </>
        );
      }}
    </Answered>
  );
}

function OfRefs({ refs }: { refs: readonly string[] }) {
  return (
    <>
      <div className={styles["count"]} role="status">
        {counted(refs.length, "row")}
      </div>
      <VirtualList label="the rows" items={refs} itemKey={(ref, index) => `${ref}-${index}`} estimate={30}>
        {(ref) => {
          const address = readRef(ref);
          return (
            <div className={styles["item"]}>
              <RefLink to={ref} />
              <span className="quiet">{address === null ? "" : `sheet ${address.sheet} of file ${address.file}`}</span>
            </div>
          );
        }}
      </VirtualList>
    </>
  );
}

function OfFindings({ study, code }: { study: string; code?: string }) {
  const client = useClient();
  const list = useList<Finding>(findingsQuestion(client, study, useAsOf(), code), false);
  return (
    <Items list={list} what="the findings" noun="finding" itemKey={(finding, index) => `${finding.code}-${index}`}>
      {(finding) => (
        <div className={styles["item"]}>
          <code>{finding.code}</code>
          <span>
            {finding.what}{" "}
            {finding.refs.slice(0, 6).map((ref) => (
              <span key={ref} className={styles["pair"]}>
                <RefLink to={ref} />
              </span>
            ))}
          </span>
        </div>
      )}
    </Items>
  );
}

function OfLines({ file, sheet, outcome, columns = NO_COLUMNS, noun = "line" }: { file: string; sheet: number; outcome?: string; columns?: SheetReceipt["columns"]; noun?: string }) {
  const client = useClient();
  const list = useList<Line>(linesQuestion(client, file, sheet, useAsOf(), outcome), false);
  return (
    <Items list={list} what="the lines" noun={noun} itemKey={(line) => String(line.row)}>
      {(line) => (
        <div className={styles["item"]}>
          <RefLink to={line.ref}>{`line ${line.row}`}</RefLink>
          <span>
            {columns.length > 0 ? null : <State word={wordFor(LINE_OUTCOMES, line.outcome)} bare />} {line.reason ?? cellsOf(line, columns)}
          </span>
        </div>
      )}
    </Items>
  );
}

/** The first few cells that hold something, with the header above them where there is one. */
function cellsOf(line: Line, columns: SheetReceipt["columns"]): ReactNode {
  const held = line.cells.flatMap((text, index) => (text === null || text === "" ? [] : [{ text, letter: columnLetters(index + 1) }]));
  return held.slice(0, 6).map(({ text, letter }) => {
    const header = columns.find((column) => column.letter === letter)?.header;
    return (
      <span key={letter} className={styles["pair"]}>
        {header ? <span className="quiet">{header} </span> : null}
        {text}
      </span>
    );
  });
}

function OfFiles({ study, kind, ids, apart }: { study?: string; kind?: string; ids?: readonly string[]; apart?: Apart }) {
  const client = useClient();
  const list = useList<FileLine>(filesQuestion(client, useAsOf(), { study_id: study }), true);
  return (
    <Items list={list} what="the files" noun="file" keep={(file) => (kind === undefined || file.kind === kind) && (ids === undefined || (ids.includes(file.file_id) && file.outcome !== "duplicate")) && (apart === undefined || file[apart] > 0)} itemKey={(file, index) => `${file.file_id}-${index}`}>
      {(file) => (
        <div>
          <FileLink file={file.file_id} title={file.name}>
            {fileName(file.name)}
          </FileLink>
          <div className="quiet" style={{ fontSize: 12 }}>
            <State word={wordFor(FILE_OUTCOMES, file.outcome)} bare />{" "}
            {file.outcome === "loaded" && file.quarantined > 0 ? `${counted(file.quarantined, "sheet")} quarantined, ` : null}
            {file.reason !== null ? file.reason : `${number(file.read)} read, ${number(file.accepted)} accepted, ${number(file.rejected)} rejected, ${number(file.set_aside)} set aside`}
          </div>
        </div>
      )}
    </Items>
  );
}

function OfSites({ study }: { study: string }) {
  const client = useClient();
  const list = useList<SiteLine>(sitesQuestion(client, study, useAsOf()), true);
  return (
    <Items list={list} what="the sites" noun="site" itemKey={(site) => site.site_id}>
      {(site) => (
        <div className={styles["item"]}>
          <StudyLink study={study} search={{ view: "subjects", filter: [`site_id:=${site.site_id}`] }}>
            {site.site_id}
          </StudyLink>
          <span>
            {site.country ?? "country unknown"}, {counted(site.subjects, "subject")}
          </span>
        </div>
      )}
    </Items>
  );
}

function OfSubjects({ study, site }: { study: string; site?: string }) {
  const client = useClient();
  const { titleOf } = useKinds();
  const list = useList<SubjectLine>(subjectsQuestion(client, study, useAsOf()), true);
  return (
    <Items list={list} what="the subjects" noun="subject" keep={(subject) => !subject.pseudo && (site === undefined || subject.site_id === site)} itemKey={(subject) => subject.subject_id}>
      {(subject) => (
        <div className={styles["item"]}>
          <StudyLink study={study} search={{ view: "subjects", filter: [`subject_id:=${subject.subject_id}`] }}>
            {subject.subject_id}
          </StudyLink>
          <span>
            {subject.site_id ?? "site unknown"}, {subject.subject_status ?? "status unknown"}
            <span className="quiet">; named in {subject.reports.map(titleOf).join(", ")}</span>
          </span>
        </div>
      )}
    </Items>
  );
}
