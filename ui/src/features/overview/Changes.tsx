import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useClient } from "@/api/context";
import { changesQuestion } from "@/api/questions";
import type { Changes as Answer } from "@/api/types";
import { Answered, Empty } from "@/components/Conditions";
import { Figure } from "@/components/Figure";
import { Flag } from "@/components/Flag";
import { Panel } from "@/components/Page";
import { useAsOf } from "@/view/asOf";
import { day } from "@/words/dates";
import { change, counted, number } from "@/words/numbers";
import { ofDelta, ofSubjects } from "./evidence";
import styles from "./Overview.module.css";

const MOST = 12;

/** What changed since the last snapshot of another day; or that there is none. */
export function Changes({ study, milestone }: { study: string; milestone: string }) {
  const client = useClient();
  const question = useQuery(changesQuestion(client, study, useAsOf(), milestone));
  return (
    <Panel title="What changed?">
      <Answered question={question} what="what changed" rows={8}>
        {(found) => (found.reason === null ? <Told study={study} milestone={milestone} found={found} /> : <Silent study={study} found={found} />)}
      </Answered>
    </Panel>
  );
}

function Silent({ study, found }: { study: string; found: Answer }) {
  return (
    <>
      <Empty title={found.reason ?? ""}>Changes need two snapshots of different days. Load the next export and they stand here.</Empty>
      <Standing study={study} found={found} />
    </>
  );
}

function Told({ study, milestone, found }: { study: string; milestone: string; found: Answer }) {
  const [before, now] = found.moments.slice(-2);
  return (
    <>
      <p>
        From {before ? day(before.as_of) : "?"} to {now ? day(now.as_of) : "?"}
      </p>
      <div className={styles["pair"]}>
        <span>
          Became clean: <Figure evidence={ofSubjects(study, milestone, "Became clean", "Subjects who are clean now and were not at the snapshot before.", found.newly_clean)} />
        </span>
        <span>
          No longer clean: <Figure evidence={ofSubjects(study, milestone, "No longer clean", "Subjects who were clean at the snapshot before and are not now.", found.no_longer_clean)} />
        </span>
        <span>
          New subjects: <Figure evidence={ofSubjects(study, milestone, "New subjects", "Subjects whom no report of the snapshot before named.", found.newly_listed)} />
        </span>
        <span>
          {found.flow === null ? (
            <>Queries: {found.flow_reason}</>
          ) : (
            <>
              Queries: {number(found.flow.opened)} opened, {number(found.flow.closed)} closed, {found.flow.net.toFixed(1)} a day net ({found.flow.interval[0].toFixed(1)} to{" "}
              {found.flow.interval[1].toFixed(1)}), {found.flow.pace}
            </>
          )}
        </span>
      </div>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col" className={styles["number"]}>
              Now
            </th>
            <th scope="col" className={styles["number"]}>
              Change
            </th>
          </tr>
        </thead>
        <tbody>
          {found.deltas.map((delta) => (
            <tr key={delta.code}>
              <td>{delta.title}</td>
              <td className={styles["number"]}>
                <Figure evidence={ofDelta(study, delta)} />
              </td>
              <td className={styles["number"]}>
                {delta.delta === null ? <span className={styles["why"]}>{delta.reason ?? "unknown"}</span> : `${change(delta.delta)}${delta.direction === "better" || delta.direction === "worse" ? `, ${delta.direction}` : ""}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Standing study={study} found={found} />
    </>
  );
}

function Standing({ study, found }: { study: string; found: Answer }) {
  const standing = found.flags.filter((one) => one.flag !== 0 && one.flag !== null);
  const gone = found.flags.length - standing.length;
  if (found.flags.length === 0) return <p>0 sites flagged.</p>;
  return (
    <>
      <p>
        {counted(standing.length, "flag")} of sites stand{standing.length === 1 ? "s" : ""}
        {gone > 0 ? `, ${number(gone)} cleared or no longer scored` : ""}
      </p>
      <ul className={styles["list"]}>
        {found.flags.slice(0, MOST).map((one) => (
          <li key={`${one.site_id}-${one.kri}`}>
            <Flag flag={one.flag} state={one.flag === null ? "unknown" : "ok"} word />{" "}
            <Link to="/studies/$studyId/sites/$siteId" params={{ studyId: study, siteId: one.site_id }} search={{}}>
              {one.site_id}
            </Link>
            ,{" "}
            <Link to="/studies/$studyId/kris/$kri" params={{ studyId: study, kri: one.kri }} search={{ code: one.site_id }}>
              {one.title}
            </Link>{" "}
            <span className={styles["why"]}>
              {one.change}; {one.history}
              {one.days > 0 ? `; ${counted(one.days, "day")}` : ""}
            </span>
          </li>
        ))}
      </ul>
      {found.flags.length > MOST ? <p className={styles["why"]}>{number(found.flags.length - MOST)} more on the Sites tab.</p> : null}
    </>
  );
}
