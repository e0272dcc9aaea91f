import { useQuery } from "@tanstack/react-query";
import { Link, useLocation, useParams } from "@tanstack/react-router";
import { useClient } from "@/api/context";
import { cellQuestion, fileQuestion } from "@/api/questions";
import { FileLink, StudyLink } from "@/components/Link";
import { useAsOf, usePageSearch } from "@/view/asOf";
import { readRef } from "@/words/cells";
import { fileName } from "@/words/paths";
import styles from "./Shell.module.css";

const PARTS: Readonly<Record<string, string>> = { reports: "Reports", files: "Files", findings: "Findings", risk: "Sites", clean: "Subjects", "what-if": "What-if", sites: "Site list", subjects: "Subject list", rows: "Tables" };

/** The scope: portfolio, study, file, line, cell. */
export function Breadcrumb() {
  const { pathname } = useLocation();
  const { studyId, siteId, kri, fileId, cellRef } = useParams({ strict: false });
  return (
    <nav aria-label="Scope" style={{ flex: 1, minWidth: 0, overflow: "hidden" }}>
      <ol className={styles["crumbs"]}>
        <li>
          <Link to="/" search={{}}>
            Portfolio
          </Link>
        </li>
        {studyId === undefined ? null : <Study study={studyId} />}
        {siteId === undefined ? null : <li aria-current="page">{siteId}</li>}
        {kri === undefined ? null : <li aria-current="page">{kri}</li>}
        {pathname === "/definitions" ? <li aria-current="page">Definitions</li> : null}
        {fileId === undefined ? null : <File file={fileId} />}
        {cellRef === undefined ? null : <Cell cell={cellRef} />}
        {pathname === "/files" ? <li aria-current="page">Data</li> : null}
      </ol>
    </nav>
  );
}

function Study({ study }: { study: string }) {
  const { view } = usePageSearch();
  const { siteId, kri } = useParams({ strict: false });
  if (siteId !== undefined || kri !== undefined)
    return (
      <>
        <li>
          <StudyLink study={study}>{study}</StudyLink>
        </li>
        <li>
          <StudyLink study={study} search={{ view: "risk" }}>
            Sites
          </StudyLink>
        </li>
      </>
    );
  const part = view === undefined ? undefined : PARTS[view];
  return part === undefined ? (
    <li aria-current="page">{study}</li>
  ) : (
    <>
      <li>
        <StudyLink study={study}>{study}</StudyLink>
      </li>
      <li aria-current="page">{part}</li>
    </>
  );
}

function File({ file }: { file: string }) {
  const client = useClient();
  const { data } = useQuery(fileQuestion(client, file, useAsOf()));
  return (
    <>
      <li>{data?.study_id ? <StudyLink study={data.study_id}>{data.study_id}</StudyLink> : <Link to="/files" search={{}}>Data</Link>}</li>
      <li aria-current="page" title={data?.name}>
        {data ? fileName(data.name) : file}
      </li>
    </>
  );
}

function Cell({ cell }: { cell: string }) {
  const client = useClient();
  const { data } = useQuery(cellQuestion(client, cell, useAsOf()));
  const address = readRef(cell);
  return (
    <>
      {data?.file.study_id ? (
        <li>
          <StudyLink study={data.file.study_id}>{data.file.study_id}</StudyLink>
        </li>
      ) : null}
      {data ? (
        <li>
          <FileLink file={data.file.file_id} search={{ sheet: String(data.sheet.sheet) }}>
            {data.sheet.name}
          </FileLink>
        </li>
      ) : null}
      <li aria-current="page">{address === null ? cell : `${address.letter ?? "line "}${address.row}`}</li>
    </>
  );
}
