import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useClient } from "@/api/context";
import { cleanWorkQuestion } from "@/api/questions";
import type { CleanWork, WorkAction, WorkOwner } from "@/api/types";
import { Answered, Empty } from "@/components/Conditions";
import { Grid } from "@/components/grid/Grid";
import { useAsOf } from "@/view/asOf";
import type { Evidence } from "@/view/evidence";
import { useGridInUrl } from "@/view/grid";
import { useView } from "@/view/store";
import { day } from "@/words/dates";
import { counted } from "@/words/numbers";
import styles from "./Clean.module.css";
import { actionColumns, ownerColumns } from "./workColumns";

interface Props {
  study: string;
  milestone: string;
  by: "action" | "owner";
  dataAsOf: string | null;
  tools: React.ReactNode;
  /** Leads to the actions of one owner. */
  onOwner: (owner: string) => void;
}

/** What is to be done in a study for its subjects to be clean, in bulk: by next action, or by owner. */
export function Work(props: Props) {
  const client = useClient();
  const question = useQuery(cleanWorkQuestion(client, props.study, useAsOf(), props.milestone));
  return (
    <Answered question={question} what="the work" works="The list of subjects." rows={12}>
      {(work) =>
        work.actions.length === 0 ? (
          <Empty title="Nothing known is to be done" action={props.tools}>
            No row stands in the way of a subject at {work.milestone.title.toLowerCase()}. What no report says may.
          </Empty>
        ) : props.by === "action" ? (
          <ByAction {...props} work={work} />
        ) : (
          <ByOwner {...props} work={work} />
        )
      }
    </Answered>
  );
}

function keyOf(one: WorkAction): string {
  return [one.criterion, one.next_action, one.owner, one.owner_source].join("|");
}

function ByAction({ study, work, dataAsOf, tools }: Props & { work: CleanWork }) {
  const [state, setState] = useGridInUrl();
  const openEvidence = useView((view) => view.openEvidence);
  const milestone = work.milestone.code;
  const open = useCallback((one: WorkAction) => openEvidence(ofAction(study, milestone, dataAsOf, one)), [openEvidence, study, milestone, dataAsOf]);
  const columns = useMemo(() => actionColumns((one, said, children) => <Opens said={`${one.next_action} ${one.owner}: ${said}`} onOpen={() => open(one)}>{children}</Opens>), [open]);
  return (
    <Grid<WorkAction>
      name={`Next actions of ${study} at ${work.milestone.title.toLowerCase()}`}
      noun="action"
      fill
      columns={columns}
      items={work.actions}
      itemKey={keyOf}
      state={state}
      onState={setState}
      asOf={dataAsOf === null ? "no date" : day(dataAsOf)}
      onOpen={open}
      tools={tools}
    />
  );
}

function ByOwner({ study, work, dataAsOf, tools, onOwner }: Props & { work: CleanWork }) {
  const [state, setState] = useGridInUrl();
  const columns = useMemo(() => ownerColumns((one, said, children) => <Opens said={`${one.owner}: ${said}`} onOpen={() => onOwner(one.owner)}>{children}</Opens>), [onOwner]);
  return (
    <Grid<WorkOwner>
      name={`Owners of ${study} at ${work.milestone.title.toLowerCase()}`}
      noun="owner"
      fill
      columns={columns}
      items={work.owners}
      itemKey={(one) => one.owner}
      state={state}
      onState={setState}
      asOf={dataAsOf === null ? "no date" : day(dataAsOf)}
      onOpen={(one) => onOwner(one.owner)}
      tools={tools}
    />
  );
}

function Opens({ said, onOpen, children }: { said: string; onOpen: () => void; children: React.ReactNode }) {
  return (
    <button type="button" tabIndex={-1} className={styles["plain"]} title={said} aria-label={said} data-evidence="" onClick={onOpen}>
      <span className={styles["cut"]}>{children}</span>
    </button>
  );
}

/** One action, and the rows behind it. */
function ofAction(study: string, milestone: string, asOf: string | null, one: WorkAction): Evidence {
  const { criterion, next_action: action, owner, owner_source } = one;
  return {
    title: action,
    scope: `${study}, ${owner}`,
    value: one.items,
    unit: one.items === 1 ? "item" : "items",
    code: criterion,
    definition: `${one.title}: ${counted(one.items, "item")} of ${counted(one.subjects, "subject")} at ${counted(one.sites, "site")} wait for ${owner}.`,
    asOf,
    ...(one.undated > 0 ? { note: `The age of ${counted(one.undated, "item")} is unknown.` } : {}),
    sources: [{ of: "work", study, milestone, asked: { criterion: [criterion], action, owner, owner_source }, label: "Rows, oldest first" }],
  };
}
