import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useClient } from "@/api/context";
import { changesQuestion, cleanQuestion, forecastQuestion, LOCK, studyQuestion, waterfallQuestion } from "@/api/questions";
import { Answered, Empty } from "@/components/Conditions";
import { Panel } from "@/components/Page";
import { useAsOf, usePageSearch } from "@/view/asOf";
import { useView } from "@/view/store";
import { Burdens } from "./Burdens";
import { ChangesSince } from "./ChangesSince";
import { Criteria } from "./Criteria";
import { scopeOf } from "./evidence";
import { ForecastPart } from "./ForecastPart";
import { Milestones } from "./Milestones";
import styles from "./Overview.module.css";
import { QualityPart } from "./QualityPart";
import { ReadinessPart } from "./ReadinessPart";
import { StandingPart } from "./StandingPart";

/** Where a study stands: ready or not, who must act, how good the data are, what changed, and when it will be clean. Each part asks its own question. */
export function Overview({ study }: { study: string }) {
  const { milestone = LOCK } = usePageSearch();
  const frame = useStayingInView();
  return (
    <>
      <Milestones study={study} chosen={milestone} />
      <div ref={frame} className={styles["frame"]}>
        <div className={styles["columns"]}>
          <div className={styles["column"]}>
            <CleanParts study={study} milestone={milestone} />
            <Since study={study} milestone={milestone} />
          </div>
          <div className={styles["column"]}>
            <QualityPanel study={study} milestone={milestone} />
            <Waiting study={study} milestone={milestone} />
            <Outlook study={study} milestone={milestone} />
          </div>
        </div>
      </div>
    </>
  );
}

/** Evidence takes a part of the width, and two columns become one: what was clicked stays in view. */
function useStayingInView() {
  const frame = useRef<HTMLDivElement>(null);
  const clicked = useRef<Element | null>(null);
  const open = useView((view) => view.evidence.length > 0);
  useEffect(() => {
    const element = frame.current;
    const remember = (event: MouseEvent) => {
      clicked.current = event.target instanceof Element ? event.target : null;
    };
    element?.addEventListener("click", remember, true);
    return () => element?.removeEventListener("click", remember, true);
  }, []);
  useEffect(() => {
    if (clicked.current?.isConnected) clicked.current.scrollIntoView({ block: "nearest" });
  }, [open]);
  return frame;
}

interface Asked {
  study: string;
  milestone: string;
}

/** The day of the newest report of the study; what is measured counts its ages from the days of the reports. */
function useDay(study: string): string | null {
  return useQuery(studyQuestion(useClient(), study, useAsOf())).data?.as_of ?? null;
}

function useClean({ study, milestone }: Asked) {
  return useQuery(cleanQuestion(useClient(), study, useAsOf(), milestone));
}

function CleanParts({ study, milestone }: Asked) {
  const question = useClean({ study, milestone });
  const day = useDay(study);
  const title = question.data?.milestone.title.toLowerCase() ?? "the milestone";
  if (question.data?.standing.members === 0) {
    return (
      <Panel title="Clean Patient Status">
        <Empty title="No subject is known">Nothing readable was delivered that names a subject of this study.</Empty>
      </Panel>
    );
  }
  return (
    <>
      <Panel title={`Ready for ${title}?`} aside="by population, with its target" padded={false}>
        <Answered question={question} what="readiness" works="Data quality, changes and forecast beside it, and every other part of the study." rows={4} height={150}>
          {(clean) => <ReadinessPart scope={scopeOf(study, clean, day)} clean={clean} />}
        </Answered>
      </Panel>
      {question.error && question.data === undefined ? null : (
        <>
          <Panel title="Clean subjects by status" aside="no share mixes statuses" padded={false}>
            <Answered question={question} what="clean subjects" rows={5} height={190}>
              {(clean) => <StandingPart scope={scopeOf(study, clean, day)} clean={clean} />}
            </Answered>
          </Panel>
          <Panel title="Subjects by criterion" padded={false}>
            <Answered question={question} what="the criteria" rows={9} height={330}>
              {(clean) => <Criteria scope={scopeOf(study, clean, day)} clean={clean} />}
            </Answered>
          </Panel>
        </>
      )}
    </>
  );
}

function Waiting({ study, milestone }: Asked) {
  const question = useClean({ study, milestone });
  const day = useDay(study);
  if (question.error && question.data === undefined) return null;
  return (
    <Panel title="Who must act" aside="items in the way, by their age" padded={false}>
      <Answered question={question} what="the blockers" rows={8} height={260}>
        {(clean) => <Burdens scope={scopeOf(study, clean, day)} clean={clean} />}
      </Answered>
    </Panel>
  );
}

function QualityPanel({ study, milestone }: Asked) {
  const question = useQuery(waterfallQuestion(useClient(), study, useAsOf()));
  const day = useDay(study);
  return (
    <Panel title="Data Quality Index" aside="100 less what each indicator takes off" padded={false}>
      <Answered question={question} what="data quality" rows={10} height={360}>
        {(waterfall) => <QualityPart scope={{ study, milestone: { code: milestone, title: "" }, asOf: day }} waterfall={waterfall} />}
      </Answered>
    </Panel>
  );
}

function Since({ study, milestone }: Asked) {
  const question = useQuery(changesQuestion(useClient(), study, useAsOf(), milestone));
  const clean = useClean({ study, milestone }).data;
  const day = useDay(study);
  return (
    <Panel title="Changed since the last snapshot" padded={false}>
      <Answered question={question} what="what changed" rows={5} height={180}>
        {(changes) => <ChangesSince scope={{ study, milestone: clean?.milestone ?? { code: milestone, title: "" }, asOf: day }} changes={changes} />}
      </Answered>
    </Panel>
  );
}

function Outlook({ study, milestone }: Asked) {
  const question = useQuery(forecastQuestion(useClient(), study, useAsOf(), milestone));
  const clean = useClean({ study, milestone }).data;
  return (
    <Panel title="When will it be clean?" padded={false}>
      <Answered question={question} what="the forecast" rows={5} height={180}>
        {(forecast) => <ForecastPart scope={{ study, milestone: clean?.milestone ?? { code: milestone, title: "" }, asOf: forecast.start }} forecast={forecast} />}
      </Answered>
    </Panel>
  );
}
