import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useRef } from "react";
import { useClient } from "@/api/context";
import { cleanSubjectsQuestion, LOCK, studyQuestion } from "@/api/questions";
import type { CleanLine, CleanSubjects as Answer } from "@/api/types";
import { Answered, Empty } from "@/components/Conditions";
import { Grid } from "@/components/grid/Grid";
import { Legend } from "@/components/Page";
import { State } from "@/components/State";
import { useAsOf, usePageSearch } from "@/view/asOf";
import { useGridInUrl } from "@/view/grid";
import type { Search } from "@/view/search";
import { useView } from "@/view/store";
import { criteriaOf } from "@/view/subject";
import { CLEAN_OUTCOMES } from "@/words/clean";
import { day } from "@/words/dates";
import styles from "./Clean.module.css";
import { columnsOf } from "./columns";
import { QuickFilters } from "./QuickFilters";
import { SubjectPanel } from "./SubjectPanel";
import { countsOf } from "./subjects";
import { Work } from "./Work";

/** The subjects of a study at a milestone: one by one with each criterion, or their work in bulk, by next action or by owner. */
export function CleanSubjects({ study }: { study: string }) {
  const client = useClient();
  const asOf = useAsOf();
  const { milestone = LOCK, by } = usePageSearch();
  const navigate = useNavigate();
  const go = useCallback((change: Partial<Search>) => void navigate({ to: ".", replace: true, search: (old: Search) => ({ ...old, ...change }) }), [navigate]);
  const question = useQuery(cleanSubjectsQuestion(client, study, asOf, milestone));
  const about = useQuery(studyQuestion(client, study, asOf));
  const dataAsOf = about.data?.as_of ?? null;
  return (
    <Answered question={question} what="the subjects" works="The reports, files and lists of the study." rows={14}>
      {(answer) =>
        answer.subjects.length === 0 ? (
          <Empty title="No subject is known">Nothing readable was delivered for this study that names a subject. Loading its CPID report would list all of them.</Empty>
        ) : by === "action" || by === "owner" ? (
          <Work
            key={by}
            study={study}
            milestone={milestone}
            by={by}
            dataAsOf={dataAsOf}
            tools={<Tools answer={answer} by={by} go={go} />}
            onOwner={(owner) => go({ ...PLAIN_GRID, by: "action", filter: [`owner:=${owner}`] })}
          />
        ) : (
          <Listed study={study} answer={answer} dataAsOf={dataAsOf} go={go} />
        )
      }
    </Answered>
  );
}

/** Another list has other columns, so that the state of the grid does not go with it. */
const PLAIN_GRID: Partial<Search> = { sort: undefined, filter: undefined, hide: undefined, subject: undefined };

type Go = (change: Partial<Search>) => void;

/** Which list, and at which milestone. */
function Tools({ answer, by, go }: { answer: Answer; by: "subject" | "action" | "owner"; go: Go }) {
  return (
    <div className={styles["tools"]}>
      <label className={styles["milestone"]}>
        <span className="quiet">By</span>
        <select value={by} onChange={(event) => go({ ...PLAIN_GRID, by: event.target.value === "subject" ? undefined : event.target.value })}>
          <option value="subject">subject</option>
          <option value="action">next action</option>
          <option value="owner">owner</option>
        </select>
      </label>
      <label className={styles["milestone"]}>
        <span className="quiet">clean at</span>
        <select value={answer.milestone.code} onChange={(event) => go({ milestone: event.target.value === LOCK ? undefined : event.target.value })}>
          {answer.milestones.map((one) => (
            <option key={one.code} value={one.code}>
              {one.title}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function Listed({ study, answer, dataAsOf, go }: { study: string; answer: Answer; dataAsOf: string | null; go: Go }) {
  const { subject } = usePageSearch();
  const [state, setState] = useGridInUrl();
  const openEvidence = useView((view) => view.openEvidence);
  const frame = useRef<HTMLDivElement>(null);

  const criteria = useMemo(() => criteriaOf(answer), [answer]);
  const counts = useMemo(() => countsOf(answer.subjects, criteria), [answer, criteria]);
  const where = useMemo(() => ({ study, asOf: dataAsOf, reasons: answer.reasons }), [study, dataAsOf, answer.reasons]);
  const columns = useMemo(
    () => columnsOf(where, criteria, answer.milestone.title, { evidence: openEvidence, subject: (id) => go({ subject: id }) }),
    [where, criteria, answer.milestone.title, openEvidence, go],
  );

  function close() {
    go({ subject: undefined });
    frame.current?.querySelector<HTMLElement>("[role=grid]")?.focus({ preventScroll: true });
  }

  return (
    <>
      <QuickFilters total={answer.subjects.length} counts={counts} criteria={criteria} state={state} onState={setState} />
      <div
        ref={frame}
        className={styles["frame"]}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || subject === undefined) return;
          event.stopPropagation();
          close();
        }}
      >
        <div className={styles["beside"]}>
          <Grid<CleanLine>
            name={`Subjects of ${study} at ${answer.milestone.title.toLowerCase()}`}
            noun="subject"
            fill
            columns={columns}
            items={answer.subjects}
            itemKey={keyOf}
            state={state}
            onState={setState}
            asOf={dataAsOf === null ? "no date" : day(dataAsOf)}
            onOpen={(line) => go({ subject: line.subject_id })}
            tools={<Tools answer={answer} by="subject" go={go} />}
          />
          {subject === undefined ? null : <SubjectPanel key={subject} study={study} subject={subject} milestone={answer.milestone.code} asOf={dataAsOf} onClose={close} />}
        </div>
      </div>
      <Legend label="What the cells say">
        {Object.values(CLEAN_OUTCOMES).map((word) => (
          <span key={word.word} title={word.meaning}>
            <State word={word} /> {word.short}
          </span>
        ))}
        <span>≥ at least</span>
        <span>– none known</span>
      </Legend>
    </>
  );
}

function keyOf(line: CleanLine): string {
  return line.subject_id;
}
