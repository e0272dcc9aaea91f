/** The first thing of a study: how ready it is, who must act, how good its data are, what changed, and when it will be clean. */

import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useClient } from "@/api/context";
import { cleanQuestion, LOCK } from "@/api/questions";
import type { Study } from "@/api/types";
import { Answered } from "@/components/Conditions";
import { Panel } from "@/components/Page";
import { useAsOf, usePageSearch } from "@/view/asOf";
import type { Search } from "@/view/search";
import { Attention } from "./Attention";
import { Burdens } from "./Burdens";
import { Changes } from "./Changes";
import { Criteria } from "./Criteria";
import { Forecast } from "./Forecast";
import styles from "./Overview.module.css";
import { Quality } from "./Quality";
import { Readiness } from "./Readiness";
import { Strata } from "./Strata";

const MILESTONES = [
  { code: "database_lock", title: "Database lock" },
  { code: "interim_analysis", title: "Interim analysis" },
  { code: "ongoing_review", title: "Ongoing review" },
] as const;

export function Overview({ study }: { study: Study }) {
  const { study_id: name } = study;
  const { milestone = LOCK } = usePageSearch();
  const navigate = useNavigate();
  const client = useClient();
  const clean = useQuery(cleanQuestion(client, name, useAsOf(), milestone));
  const choices = clean.data?.milestones ?? MILESTONES;
  return (
    <div>
      <div className={styles["choose"]}>
        <label>
          Milestone{" "}
          <select value={milestone} onChange={(event) => void navigate({ to: ".", search: (old: Search) => ({ ...old, milestone: event.target.value === LOCK ? undefined : event.target.value }) })}>
            {choices.map(({ code, title }) => (
              <option key={code} value={code}>
                {title}
              </option>
            ))}
          </select>
        </label>
        {clean.data ? <span className="quiet">must pass: {clean.data.milestone.gates.join(", ")}</span> : null}
      </div>
      <div className={styles["board"]}>
        <Panel title="Is it ready?">
          <Answered question={clean} what="readiness" rows={5}>
            {(answer) => <Readiness clean={answer} />}
          </Answered>
        </Panel>
        <Panel title="Clean subjects, by status">
          <Answered question={clean} what="clean subjects" rows={5}>
            {(answer) => <Strata study={name} clean={answer} />}
          </Answered>
        </Panel>
        <Panel title="What stands in the way, by criterion">
          <Answered question={clean} what="the criteria" rows={11}>
            {(answer) => <Criteria study={name} clean={answer} />}
          </Answered>
        </Panel>
        <Panel title="Who must act">
          <Answered question={clean} what="who must act" rows={11}>
            {(answer) => <Burdens study={name} clean={answer} />}
          </Answered>
        </Panel>
        <Quality study={name} />
        <Changes study={name} milestone={milestone} />
        <Forecast study={name} milestone={milestone} />
        <Attention study={study} />
      </div>
    </div>
  );
}
