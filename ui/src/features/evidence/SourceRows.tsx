/** The rows behind a number, each with the way to its cell. */

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useClient } from "@/api/context";
import { filesQuestion, findingsQuestion, linesQuestion, rowsQuestion, sitesQuestion, subjectsQuestion, tablesQuestion } from "@/api/questions";
import type { CellValue, Column, FileLine, Finding, Line, Row, SiteLine, SubjectLine, TableLine } from "@/api/types";
import { Answered, Empty } from "@/components/Conditions";
import { FileLink, RefLink, StudyLink } from "@/components/Link";
import { State } from "@/components/State";
import { useList, type Listed } from "@/components/useEvery";
import { VirtualList } from "@/components/VirtualList";
import { useAsOf } from "@/view/asOf";
import type { RowSource } from "@/view/evidence";
import { day } from "@/words/dates";
import { counted, number } from "@/words/numbers";
import { FILE_OUTCOMES, LINE_OUTCOMES, wordFor } from "@/words/vocabulary";
import styles from "./Evidence.module.css";

export function SourceRows({ source }: { source: RowSource }) {
  switch (source.of) {
    case "kind":
      return <OfKind {...source} />;
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

function OfKind({ study, kind }: { study: string; kind: string }) {
  const client = useClient();
  const question = useQuery(tablesQuestion(client, study, useAsOf()));
  const [chosen, choose] = useState(0);
  return (
    <Answered question={question} what="the tables" rows={4}>
      {(all) => {
        const tables = all.filter((table) => table.kind === kind);
        const table = tables[chosen] ?? tables[0];
        if (!table) return <Empty title="No table has rows of this report" />;
        return (
          <>
            {tables.length > 1 ? (
              <div className={styles["chips"]} role="group" aria-label="Tables of the report">
                {tables.map((one, index) => (
                  <button key={one.table} type="button" className={styles["chip"]} aria-pressed={one === table} onClick={() => choose(index)}>
                    {one.title} {number(one.rows)}
                  </button>
                ))}
              </div>
            ) : null}
            <TableRows key={table.table} study={study} table={table} />
          </>
        );
      }}
    </Answered>
  );
}

function OfTable({ study, table, filter }: { study: string; table: string; filter?: readonly string[] }) {
  const client = useClient();
  const question = useQuery(tablesQuestion(client, study, useAsOf()));
  return (
    <Answered question={question} what="the table" rows={4}>
      {(all) => {
        const found = all.find((one) => one.table === table);
        return found ? <TableRows study={study} table={found} {...(filter ? { filter } : {})} /> : <Empty title="The table has no rows" />;
      }}
    </Answered>
  );
}

function TableRows({ study, table, filter }: { study: string; table: TableLine; filter?: readonly string[] }) {
  const client = useClient();
  const list = useList<Row>(rowsQuestion(client, study, table.table, useAsOf(), { filter }), false);
  return (
    <Items list={list} what={`the rows of ${table.title}`} noun="row" itemKey={(row) => row.ref}>
      {(row) => (
        <div className={styles["item"]}>
          <RefLink to={row.ref} />
          <span>{summary(row.cells, table.columns)}</span>
        </div>
      )}
    </Items>
  );
}

/** The first few known fields of a row: enough to recognise it. */
function summary(cells: Readonly<Record<string, CellValue>>, columns: readonly Column[]): ReactNode {
  const known = columns.flatMap((column) => {
    const value = cells[column.name];
    return value === null || value === undefined || column.name === "study_id" ? [] : [{ column, value }];
  });
  return known.slice(0, 6).map(({ column, value }) => (
    <span key={column.name} className={styles["pair"]}>
      <span className="quiet">{column.title} </span>
      {typeof value === "number" ? number(value) : typeof value === "string" && column.type.includes("date") ? day(value) : String(value)}
    </span>
  ));
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

function OfLines({ file, sheet, outcome }: { file: string; sheet: number; outcome?: string }) {
  const client = useClient();
  const list = useList<Line>(linesQuestion(client, file, sheet, useAsOf(), outcome), false);
  return (
    <Items list={list} what="the lines" noun="line" itemKey={(line) => String(line.row)}>
      {(line) => (
        <div className={styles["item"]}>
          <RefLink to={line.ref}>{`line ${line.row}`}</RefLink>
          <span>
            <State word={wordFor(LINE_OUTCOMES, line.outcome)} bare /> {line.reason ?? line.cells.filter((cell) => cell !== null && cell !== "").slice(0, 4).join(" \u00b7 ")}
          </span>
        </div>
      )}
    </Items>
  );
}

function OfFiles({ study, kind, outcome }: { study?: string; kind?: string; outcome?: string }) {
  const client = useClient();
  const list = useList<FileLine>(filesQuestion(client, useAsOf(), { study_id: study, outcome }), true);
  return (
    <Items list={list} what="the files" noun="file" keep={(file) => kind === undefined || file.kind === kind} itemKey={(file, index) => `${file.file_id}-${index}`}>
      {(file) => (
        <div>
          <FileLink file={file.file_id}>{file.name}</FileLink>
          <div className="quiet" style={{ fontSize: 12 }}>
            <State word={wordFor(FILE_OUTCOMES, file.outcome)} bare />{" "}
            {file.outcome === "refused" || file.outcome === "quarantined" ? file.reason : `${number(file.read)} read, ${number(file.accepted)} accepted, ${number(file.rejected)} rejected, ${number(file.set_aside)} set aside`}
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
  const list = useList<SubjectLine>(subjectsQuestion(client, study, useAsOf()), true);
  return (
    <Items list={list} what="the subjects" noun="subject" keep={(subject) => site === undefined || subject.site_id === site} itemKey={(subject) => subject.subject_id}>
      {(subject) => (
        <div className={styles["item"]}>
          <StudyLink study={study} search={{ view: "subjects", filter: [`subject_id:=${subject.subject_id}`] }}>
            {subject.subject_id}
          </StudyLink>
          <span>
            {subject.site_id ?? "site unknown"}, {subject.subject_status ?? "status unknown"}
            <span className="quiet">; named in {subject.reports.join(", ")}</span>
          </span>
        </div>
      )}
    </Items>
  );
}
