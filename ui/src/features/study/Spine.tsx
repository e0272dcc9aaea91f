/** The spine: every site and subject that any report names. */

import { useMemo } from "react";
import { useClient } from "@/api/context";
import { sitesQuestion, subjectsQuestion } from "@/api/questions";
import type { SiteLine, Study, SubjectLine, TableLine } from "@/api/types";
import { Answered, Empty } from "@/components/Conditions";
import { Figure } from "@/components/Figure";
import type { GridColumn } from "@/components/grid/columns";
import { Grid } from "@/components/grid/Grid";
import { useKinds } from "@/components/useKinds";
import { useList } from "@/components/useEvery";
import { useAsOf } from "@/view/asOf";
import type { Evidence } from "@/view/evidence";
import { useGridInUrl } from "@/view/grid";
import { useView } from "@/view/store";
import own from "./Spine.module.css";
import { day } from "@/words/dates";
import { counted } from "@/words/numbers";
import { NOTHING_READABLE } from "@/words/vocabulary";

function ofSite(study: Study, site: SiteLine): Evidence {
  return {
    title: `Subjects of ${site.site_id}`,
    scope: study.study_id,
    value: site.subjects,
    definition: "Subjects that any report places at this site.",
    asOf: study.as_of,
    ...(study.lower_bound ? { lowerBound: true } : {}),
    sources: [{ of: "subjects", study: study.study_id, site: site.site_id, label: "Subjects" }],
  };
}

export function Sites({ study }: { study: Study }) {
  const client = useClient();
  const [state, setState] = useGridInUrl();
  const list = useList<SiteLine>(sitesQuestion(client, study.study_id, useAsOf()), true);
  const openEvidence = useView((view) => view.openEvidence);
  const { titleOf } = useKinds();
  const columns = useMemo(
    (): GridColumn<SiteLine>[] => [
      { id: "site_id", title: "Site", width: 130, value: (site) => site.site_id },
      { id: "country", title: "Country", width: 110, value: (site) => site.country },
      { id: "subjects", title: "Subjects", type: "number", value: (site) => site.subjects, render: (site) => <Figure evidence={ofSite(study, site)} /> },
      { id: "reports", title: "Named in", width: 420, value: (site) => site.reports.map(titleOf).join(", ") },
    ],
    [study, titleOf],
  );
  if (study.sites === null) return <Empty title="The sites are unknown">{NOTHING_READABLE}</Empty>;
  return (
    <Answered question={list} what="the sites" rows={10}>
      {() => (
        <Grid
          name={`Sites of ${study.study_id}`}
          noun="site"
          fill
          columns={columns}
          items={list.items}
          arriving={list.arriving}
          itemKey={(site) => site.site_id}
          state={state}
          onState={setState}
          asOf={study.as_of ? day(study.as_of) : "no date"}
          onOpen={(site) => openEvidence(ofSite(study, site))}
        />
      )}
    </Answered>
  );
}

/** Where the rows of one subject stand: one source per table that names subjects. */
export function ofSubject(study: Study, subject: SubjectLine, tables: readonly TableLine[], titleOf: (kind: string) => string): Evidence {
  const named = tables.filter((table) => table.rows > 0 && subject.reports.includes(table.kind) && table.columns.some((column) => column.name === "subject_id"));
  return {
    title: subject.subject_id,
    scope: [study.study_id, subject.site_id].filter(Boolean).join(", "),
    value: subject.reports.length,
    unit: subject.reports.length === 1 ? "report" : "reports",
    definition: `${subject.subject_status === null ? "Status unknown: no report gives one." : `Status ${subject.subject_status}${subject.status_source ? `, from ${titleOf(subject.status_source)}` : ""}.`}${subject.pseudo ? " The identifier is a placeholder used by a report, not a subject of the study." : ""}`,
    asOf: study.as_of,
    sources: named.map((table) => ({ of: "table", study: study.study_id, table: table.table, filter: [`subject_id:${subject.subject_id}`], label: table.title })),
  };
}

export function Subjects({ study, tables }: { study: Study; tables: readonly TableLine[] }) {
  const client = useClient();
  const [state, setState] = useGridInUrl();
  const list = useList<SubjectLine>(subjectsQuestion(client, study.study_id, useAsOf()), true);
  const openEvidence = useView((view) => view.openEvidence);
  const { titleOf } = useKinds();
  const columns = useMemo(
    (): GridColumn<SubjectLine>[] => [
      { id: "subject_id", title: "Subject", width: 150, plain: "code", value: (subject) => subject.subject_id },
      { id: "site_id", title: "Site", width: 110, plain: "code", value: (subject) => subject.site_id },
      { id: "country", title: "Country", width: 96, value: (subject) => subject.country },
      { id: "subject_status", title: "Status", width: 150, value: (subject) => subject.subject_status },
      { id: "status_source", title: "Status from", width: 150, value: (subject) => (subject.status_source === null ? null : titleOf(subject.status_source)), render: (subject) => <span className="quiet">{subject.status_source === null ? "" : titleOf(subject.status_source)}</span> },
      {
        id: "named",
        title: "Reports",
        type: "number",
        width: 84,
        value: (subject) => subject.reports.length,
        render: (subject) => <Figure evidence={ofSubject(study, subject, tables, titleOf)} />,
      },
      { id: "reports", title: "Named in", width: 360, value: (subject) => subject.reports.map(titleOf).join(", ") },
      { id: "pseudo", title: "Placeholder", width: 100, value: (subject) => (subject.pseudo ? "placeholder" : "no"), render: (subject) => <span>{subject.pseudo ? "placeholder" : ""}</span> },
    ],
    [study, tables, titleOf],
  );
  if (study.subjects === null) return <Empty title="The subjects are unknown">{NOTHING_READABLE}</Empty>;
  const placeholders = list.items.filter((subject) => subject.pseudo).length;
  return (
    <Answered question={list} what="the subjects" rows={10}>
      {() => (
        <Grid
          name={`Subjects of ${study.study_id}`}
          noun={placeholders > 0 ? "line" : "subject"}
          tools={
            <h2>
              Subjects of {study.study_id}
              {placeholders > 0 ? <span className={own["aside"]}>and {counted(placeholders, "placeholder")} that {placeholders === 1 ? "is" : "are"} no subject</span> : null}
            </h2>
          }
          fill
          columns={columns}
          items={list.items}
          arriving={list.arriving}
          itemKey={(subject) => subject.subject_id}
          state={state}
          onState={setState}
          asOf={study.as_of ? day(study.as_of) : "no date"}
          onOpen={(subject) => openEvidence(ofSubject(study, subject, tables, titleOf))}
        />
      )}
    </Answered>
  );
}
