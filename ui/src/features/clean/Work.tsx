import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useClient } from "@/api/context";
import { cleanWorkQuestion, cleanWorkRowsQuestion } from "@/api/questions";
import type { CleanWork, WorkAction, WorkOwner } from "@/api/types";
import { Answered, Empty } from "@/components/Conditions";
import { Grid } from "@/components/grid/Grid";
import { useAsOf } from "@/view/asOf";
import type { Evidence } from "@/view/evidence";
import { useGridInUrl } from "@/view/grid";
import { useView } from "@/view/store";
import { day } from "@/words/dates";
import { counted, number } from "@/words/numbers";
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
  const open = useRowsOf(study, dataAsOf);
  const columns = useMemo(() => actionColumns((one, said, children) => <Opens said={`${one.next_action} ${one.owner}: ${said}`} onOpen={() => void open(one)}>{children}</Opens>), [open]);
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
      onOpen={(one) => void open(one)}
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

/** Opens the evidence panel on the rows of an action, once they are here. */
function useRowsOf(study: string, dataAsOf: string | null) {
  const client = useClient();
  const queries = useQueryClient();
  const asOf = useAsOf();
  const openEvidence = useView((view) => view.openEvidence);
  return useMemo(
    () => async (one: WorkAction) => {
      const about: Evidence = {
        title: one.next_action,
        scope: `${study}, ${one.owner}`,
        value: one.items,
        unit: one.items === 1 ? "item" : "items",
        code: one.criterion,
        definition: `${one.title}: ${counted(one.items, "item")} of ${counted(one.subjects, "subject")} at ${counted(one.sites, "site")} wait for ${one.owner}.`,
        asOf: dataAsOf,
      };
      const undated = one.undated > 0 ? `The age of ${counted(one.undated, "item")} is unknown.` : "";
      try {
        const { rows, total } = await queries.query(cleanWorkRowsQuestion(client, study, asOf, { criterion: one.criterion, action: one.next_action, owner: one.owner }));
        const listed = total > rows.length ? `The oldest ${number(rows.length)} of ${counted(total, "row")} are listed.` : "";
        openEvidence({ ...about, ...noted(undated, listed), sources: [{ of: "refs", refs: rows.map(({ ref }) => ref), label: "Rows, oldest first" }] });
      } catch (cause) {
        openEvidence({ ...about, ...noted(undated, `Its rows could not be read: ${cause instanceof Error ? cause.message : String(cause)}`) });
      }
    },
    [client, queries, study, asOf, dataAsOf, openEvidence],
  );
}

function noted(...notes: string[]): { note?: string } {
  const note = notes.filter(Boolean).join(" ");
  return note === "" ? {} : { note };
}
