import { useMemo } from "react";
import type { CleanLine, CleanSubjects } from "@/api/types";
import { Empty } from "@/components/Conditions";
import { Grid } from "@/components/grid/Grid";
import type { GridColumn } from "@/components/grid/columns";
import { StudyLink, useOpen } from "@/components/Link";
import { State } from "@/components/State";
import { useGridInUrl } from "@/view/grid";
import { number } from "@/words/numbers";
import { wordFor } from "@/words/vocabulary";
import { STANDINGS } from "@/words/clean";

interface Props {
  study: string;
  site: string;
  answer: CleanSubjects;
  lines: readonly CleanLine[];
  asOf: string;
}

/** The subjects of the site and what stands between each and the milestone. */
export function SiteSubjects({ study, site, answer, lines, asOf }: Props) {
  const [state, setState] = useGridInUrl();
  const open = useOpen();
  const columns = useMemo(() => columnsOf(study, answer), [study, answer]);
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
      asOf={asOf}
      maxHeight={420}
      onOpen={(line) => open.study(study, only(line))}
    />
  );
}

function only(line: CleanLine) {
  return { view: "clean", filter: [`subject_id:=${line.subject_id}`] };
}

function columnsOf(study: string, { criteria }: CleanSubjects): GridColumn<CleanLine>[] {
  const title = new Map(criteria.map((one) => [one.code, one.title]));
  return [
    {
      id: "subject",
      title: "Subject",
      width: 120,
      value: (line) => line.subject_id,
      render: (line) => (
        <StudyLink study={study} search={only(line)}>
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
      render: (line) => (line.progress === null ? <span className="quiet">nothing applies</span> : <span>{line.progress[0] === line.progress[1] ? `${number(Math.floor(line.progress[0]))} %` : `${number(Math.floor(line.progress[0]))} to ${number(Math.floor(line.progress[1]))} %`}</span>),
    },
    {
      id: "failing",
      title: "In the way",
      width: 330,
      value: (line) => failing(line, criteria).join(", "),
      render: (line) => {
        const words = failing(line, criteria).join(", ");
        return <span title={words}>{words}</span>;
      },
    },
    { id: "owner", title: "Owner of the most", width: 150, value: (line) => line.owner ?? "", render: (line) => <span>{line.owner ?? ""}</span> },
    { id: "oldest", title: "Oldest, days", type: "number", width: 84, value: (line) => line.oldest, render: (line) => (line.oldest === null ? <span className="quiet" title="Nothing in the way has a known age.">{"\u2013"}</span> : <span>{number(line.oldest)}</span>) },
    { id: "one_step", title: "One step from clean", width: 170, value: (line) => (line.one_step === null ? "" : (title.get(line.one_step) ?? line.one_step)), render: (line) => <span>{line.one_step === null ? "" : (title.get(line.one_step) ?? line.one_step)}</span> },
  ];
}

/** "Every page signed: 4": the criteria that fail, with the items of each. */
function failing(line: CleanLine, criteria: CleanSubjects["criteria"]): string[] {
  return criteria.flatMap((one, place) => {
    const items = line.items[place] ?? null;
    return line.outcomes[place] === "fail" ? [`${one.title}${items === null ? "" : `: ${number(items)}`}`] : line.outcomes[place] === "unknown" ? [`${one.title}: unknown`] : [];
  });
}
