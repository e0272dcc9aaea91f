import { useMemo } from "react";
import type { CleanLine, CleanSubjects } from "@/api/types";
import { Empty } from "@/components/Conditions";
import { Figure } from "@/components/Figure";
import { Grid } from "@/components/grid/Grid";
import type { GridColumn } from "@/components/grid/columns";
import { StudyLink, useOpen } from "@/components/Link";
import { State } from "@/components/State";
import { useGridInUrl } from "@/view/grid";
import { type Criterion, criteriaOf, ofCriterion, ofOldest, ofProgress, type Where } from "@/view/subject";
import { STANDINGS } from "@/words/clean";
import { day } from "@/words/dates";
import { number } from "@/words/numbers";
import { wordFor } from "@/words/vocabulary";
import { type At, waysOf } from "./evidence";

interface Props {
  at: At;
  answer: CleanSubjects;
  lines: readonly CleanLine[];
}

/** The subjects of the site and what stands between each and the milestone. */
export function SiteSubjects({ at: { where: { study }, site, asOf }, answer, lines }: Props) {
  const [state, setState] = useGridInUrl();
  const open = useOpen();
  const columns = useMemo(() => columnsOf({ study, asOf, reasons: answer.reasons }, criteriaOf(answer)), [study, asOf, answer]);
  if (lines.length === 0) return <Empty title="No subject is known at this site">Some report names the site, and none names a subject of it.</Empty>;
  return (
    <Grid
      name={`Subjects of ${site}, ${answer.milestone.title}`}
      noun="subject"
      columns={columns}
      items={lines}
      itemKey={(line) => line.subject_id}
      state={state}
      onState={setState}
      asOf={asOf === null ? "no date" : day(asOf)}
      maxHeight={420}
      onOpen={(line) => open.study(study, only(line))}
    />
  );
}

function only(line: CleanLine) {
  return { view: "clean", filter: [`subject_id:=${line.subject_id}`] };
}

function columnsOf(where: Where, criteria: readonly Criterion[]): GridColumn<CleanLine>[] {
  const title = new Map(criteria.map((one) => [one.code, one.title]));
  return [
    {
      id: "subject",
      title: "Subject",
      width: 120,
      value: (line) => line.subject_id,
      render: (line) => (
        <StudyLink study={where.study} search={only(line)}>
          {line.subject_id}
        </StudyLink>
      ),
    },
    { id: "status", title: "Subject status", width: 130, value: (line) => line.status },
    { id: "outcome", title: "Clean", width: 110, value: (line) => wordFor(STANDINGS, line.outcome).word, render: (line) => <State word={wordFor(STANDINGS, line.outcome)} /> },
    {
      id: "progress",
      title: "Progress",
      hint: "Least to most, 0 to 100: apart where something that weighs is not known",
      type: "number",
      width: 92,
      value: (line) => line.progress?.[0] ?? null,
      render: (line) => (line.progress === null ? <span className="quiet">nothing applies</span> : <Figure evidence={ofProgress(where, line, criteria)} />),
    },
    {
      id: "failing",
      title: "In the way",
      width: 330,
      value: (line) => waysOf(line, criteria).map((one) => wayText(line, one)).join(", "),
      render: (line) => <Ways where={where} line={line} ways={waysOf(line, criteria)} />,
    },
    { id: "owner", title: "Owner of the most", width: 150, value: (line) => line.owner ?? "", render: (line) => <span>{line.owner ?? ""}</span> },
    {
      id: "oldest",
      title: "Oldest, days",
      type: "number",
      width: 84,
      value: (line) => line.oldest,
      render: (line) =>
        line.urgency === null ? (
          <span className="quiet" title="Nothing in the way is known.">
            {"\u2013"}
          </span>
        ) : (
          <Figure narrow evidence={ofOldest(where, line, criteria)} />
        ),
    },
    { id: "one_step", title: "One step from clean", width: 170, value: (line) => (line.one_step === null ? "" : (title.get(line.one_step) ?? line.one_step)), render: (line) => <span>{line.one_step === null ? "" : (title.get(line.one_step) ?? line.one_step)}</span> },
  ];
}

/** "Every page signed: 4", "Every page signed: unknown". */
function wayText(line: CleanLine, { title, place }: Criterion): string {
  const items = line.items[place] ?? null;
  return line.outcomes[place] === "unknown" ? `${title}: unknown` : items === null ? title : `${title}: ${number(items)}`;
}

/** The criteria that fail or are unknown, the items of each open to their rows. */
function Ways({ where, line, ways }: { where: Where; line: CleanLine; ways: readonly Criterion[] }) {
  return (
    <span title={ways.map((one) => wayText(line, one)).join(", ")}>
      {ways.map((one, index) => {
        const { text: _, ...evidence } = ofCriterion(where, line, one);
        return (
          <span key={one.code}>
            {index === 0 ? "" : ", "}
            {one.title}: <Figure evidence={evidence} />
          </span>
        );
      })}
    </span>
  );
}
