import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useClient } from "@/api/context";
import { studyQuestion, tablesQuestion } from "@/api/questions";
import type { Study, TableLine } from "@/api/types";
import { Answered, Loading } from "@/components/Conditions";
import { Day } from "@/components/Day";
import { DemoBadge } from "@/components/Demo";
import { Figure } from "@/components/Figure";
import { PageFrame, Tabs, Totals } from "@/components/Page";
import { useKinds } from "@/components/useKinds";
import { useAsOf, usePageSearch } from "@/view/asOf";
import { ofApart, ofFindings, ofRejected, ofRows, ofSpine } from "./evidence";
import { Files } from "./Files";
import { Findings } from "./Findings";
import { Reports } from "./Reports";
import { Sites, Subjects } from "./Spine";
import { TableRows } from "./TableRows";
import type { Search } from "@/view/search";

const Overview = lazy(() => import("@/features/overview/Overview").then(({ Overview: part }) => ({ default: part })));
const Risk = lazy(() => import("@/features/risk/Risk").then(({ Risk: part }) => ({ default: part })));
const CleanSubjects = lazy(() => import("@/features/clean/CleanSubjects").then(({ CleanSubjects: part }) => ({ default: part })));
const WhatIf = lazy(() => import("@/features/whatif/WhatIf").then(({ WhatIf: part }) => ({ default: part })));

/** One study: its reports, its files, what the checks found, and who is in it. */
export function StudyPage() {
  const { studyId } = useParams({ from: "/studies/$studyId" });
  const client = useClient();
  const asOf = useAsOf();
  const study = useQuery(studyQuestion(client, studyId, asOf));
  const tables = useQuery(tablesQuestion(client, studyId, asOf));
  return (
    <PageFrame
      title={studyId}
      full
      heading={
        <>
          {studyId} {study.data?.demo ? <DemoBadge /> : null}
        </>
      }
      facts={
        study.data ? (
          <>
            <span>
              data as of <b>{<Day iso={study.data.as_of} />}</b>
            </span>
            {study.data.lower_bound && study.data.subjects !== null ? <span title="Only what some row names is known.">no whole subject sheet: subjects and sites are at least these</span> : null}
          </>
        ) : null
      }
    >
      <Answered question={study} what={studyId} rows={12}>
        {(answer) => (
          <Answered question={tables} what="the tables of the study" rows={12}>
            {(list) => <Parts study={answer} tables={list} />}
          </Answered>
        )}
      </Answered>
    </PageFrame>
  );
}

function Parts({ study, tables }: { study: Study; tables: readonly TableLine[] }) {
  const { view = "overview" } = usePageSearch();
  const { titleOf } = useKinds();
  const navigate = useNavigate();
  const tabs = [
    { id: "overview", title: "Overview" },
    { id: "risk", title: "Sites" },
    { id: "clean", title: "Subjects" },
    { id: "what-if", title: "What-if" },
    { id: "reports", title: "Reports" },
    { id: "files", title: "Files", count: study.files.length },
    { id: "findings", title: "Findings", count: study.findings },
    { id: "sites", title: "Site list", count: study.sites },
    { id: "subjects", title: "Subject list", count: study.subjects },
    { id: "rows", title: "Tables", count: tables.length },
  ];
  const shown = tabs.some((tab) => tab.id === view) ? view : "overview";
  return (
    <>
      <Totals
        items={[
          { label: "Subjects", figure: <Figure size="large" evidence={ofSpine("subjects", study)} /> },
          { label: "Sites", figure: <Figure size="large" evidence={ofSpine("sites", study)} /> },
          { label: "Countries", figure: <Figure size="large" evidence={ofSpine("countries", study)} /> },
          { label: "Rows", figure: <Figure size="large" evidence={ofRows(study, titleOf)} /> },
          { label: "Rejected lines", figure: <Figure size="large" evidence={ofRejected(study)} /> },
          { label: "Refused", figure: <Figure size="large" evidence={ofApart("refused", study)} /> },
          { label: "Quarantined", figure: <Figure size="large" evidence={ofApart("quarantined", study)} /> },
          { label: "Findings", figure: <Figure size="large" evidence={ofFindings(study)} /> },
        ]}
      />
      <Tabs label="Parts of the study" tabs={tabs} value={shown} onValue={(next) => void navigate({ to: ".", search: (old: Search) => ({ as_of: old.as_of, milestone: old.milestone, view: next }) })}>
        <Suspense fallback={<Loading what="this part" rows={10} />}>
          {shown === "overview" ? <Overview study={study.study_id} /> : null}
          {shown === "risk" ? <Risk study={study.study_id} /> : null}
          {shown === "clean" ? <CleanSubjects study={study.study_id} /> : null}
          {shown === "what-if" ? <WhatIf study={study.study_id} /> : null}
        </Suspense>
        {shown === "reports" ? <Reports study={study} tables={tables} /> : null}
        {shown === "files" ? <Files study={study} /> : null}
        {shown === "findings" ? <Findings study={study} /> : null}
        {shown === "sites" ? <Sites study={study} /> : null}
        {shown === "subjects" ? <Subjects study={study} tables={tables} /> : null}
        {shown === "rows" ? <TableRows study={study} tables={tables} /> : null}
      </Tabs>
    </>
  );
}
