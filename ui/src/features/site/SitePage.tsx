/** One site, for the hour before a visit: its flags, its data, its subjects, and what waits for whom. */

import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useClient } from "@/api/context";
import { changesQuestion, cleanSubjectsQuestion, signalsQuestion, waterfallQuestion } from "@/api/questions";
import type { Changes, CleanSubjects, Signals, Waterfall } from "@/api/types";
import { Answered, Empty } from "@/components/Conditions";
import { Figure } from "@/components/Figure";
import { Flag } from "@/components/Flag";
import { StudyLink } from "@/components/Link";
import { PageFrame, Panel } from "@/components/Page";
import { ofSignal } from "@/components/signals";
import { State } from "@/components/State";
import { useAsOf } from "@/view/asOf";
import type { Evidence } from "@/view/evidence";
import { counted, number, range, short } from "@/words/numbers";
import { BANDS, OUTCOMES, wordFor } from "@/words/vocabulary";
import styles from "./Site.module.css";

export function SitePage() {
  const { studyId, siteId } = useParams({ from: "/studies/$studyId/sites/$siteId" });
  const client = useClient();
  const asOf = useAsOf();
  const signals = useQuery(signalsQuestion(client, studyId, asOf));
  const changes = useQuery(changesQuestion(client, studyId, asOf));
  const quality = useQuery(waterfallQuestion(client, studyId, asOf, "site", siteId));
  const subjects = useQuery(cleanSubjectsQuestion(client, studyId, asOf));
  const group = signals.data?.groups.find((one) => one.place.label === siteId);
  return (
    <PageFrame
      title={siteId}
      facts={
        <>
          <StudyLink study={studyId} search={{ view: "risk" }}>
            {studyId}, all sites
          </StudyLink>
          {group ? (
            <>
              <span>{group.place.country ?? "country unknown"}</span>
              <span>{counted(group.subjects, "subject")}</span>
              <span>
                <b>{number(group.red)}</b> red, <b>{number(group.amber)}</b> amber
              </span>
              <span>{group.risk === null ? "risk score unknown" : `risk score ${group.risk.toFixed(1)} of 100`}</span>
            </>
          ) : null}
        </>
      }
    >
      <div className={styles["board"]}>
        <Panel title="Does it differ from the other sites?">
          <Answered question={signals} what="the indicators of the site" rows={12}>
            {(found) => <Indicators study={studyId} site={siteId} found={found} past={changes.data} />}
          </Answered>
        </Panel>
        <Panel title="How good are its data?">
          <Answered question={quality} what="the data quality index of the site" rows={12}>
            {(found) => <Quality study={studyId} site={siteId} found={found} />}
          </Answered>
        </Panel>
        <Panel title="Its subjects, and what stands in their way">
          <Answered question={subjects} what="the subjects of the site" rows={10}>
            {(found) => <Subjects study={studyId} site={siteId} found={found} />}
          </Answered>
        </Panel>
      </div>
    </PageFrame>
  );
}

function Indicators({ study, site, found, past }: { study: string; site: string; found: Signals; past: Changes | undefined }) {
  const group = found.groups.find((one) => one.place.label === site);
  if (!group) return <Empty title="No report names this site">See the sites of the study.</Empty>;
  const order = found.kris
    .flatMap((kri, index) => {
      const signal = group.signals[index];
      return signal ? [{ kri, signal }] : [];
    })
    .sort((a, b) => Math.abs(b.signal.flag ?? -1) - Math.abs(a.signal.flag ?? -1));
  return (
    <table className={styles["table"]}>
      <thead>
        <tr>
          <th scope="col">Indicator</th>
          <th scope="col">Flag</th>
          <th scope="col" className={styles["number"]}>
            Metric
          </th>
          <th scope="col" className={styles["number"]}>
            Ratio to the study
          </th>
        </tr>
      </thead>
      <tbody>
        {order.map(({ kri, signal }) => {
          const flag = past?.flags.find((one) => one.site_id === site && one.kri === kri.code);
          return (
            <tr key={kri.code}>
              <td>
                <Link to="/studies/$studyId/kris/$kri" params={{ studyId: study, kri: kri.code }} search={{ code: site }}>
                  {kri.title}
                </Link>
                {flag ? (
                  <div className={styles["why"]}>
                    {flag.change}; {flag.history}
                    {flag.days > 0 ? `; ${counted(flag.days, "day")}` : ""}
                  </div>
                ) : null}
              </td>
              <td>
                <Flag flag={signal.flag} state={signal.state} word />
                {signal.reason === null ? null : <div className={styles["why"]}>{signal.reason}</div>}
              </td>
              <td className={styles["number"]}>
                <Figure narrow evidence={ofSignal(study, "site", kri, group.place, signal)} />
              </td>
              <td className={styles["number"]}>{signal.ratio === null || signal.interval === null ? <span className="quiet">unknown</span> : `${short(signal.ratio)} (${short(signal.interval[0])} to ${short(signal.interval[1])})`}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Quality({ study, site, found }: { study: string; site: string; found: Waterfall }) {
  const { value } = found;
  const step = (index: number): Evidence => {
    const one = found.steps[index];
    return {
      title: one?.title ?? "",
      scope: `${study}, ${site}`,
      value: one?.points ?? null,
      unit: "points",
      definition: `Takes up to ${one?.most.toFixed(0) ?? "?"} points off.`,
      ...(one ? { formula: one.formula } : {}),
      ...(one?.points == null ? { unknown: one?.reason ?? "not known" } : { text: `\u2212${one.points.toFixed(2)}` }),
      sources: one ? [{ of: "measure", study, code: `dqi_default.${one.code}`, level: "site", group: site, label: "Rows" }] : [],
    };
  };
  return (
    <>
      <p>
        {value.value === null ? (
          <>
            Not computable; between {value.worst.toFixed(1)} and {value.best.toFixed(1)}
          </>
        ) : (
          <>
            <b>{value.value.toFixed(1)}</b> {value.band === null ? null : <State word={wordFor(BANDS, value.band)} />}{" "}
            {value.interval ? `90 % interval ${range(value.interval)}` : ""}
            {value.shrunken === null ? "" : `; shrunken ${value.shrunken.toFixed(1)}`}
            {value.rank === null || value.ranked === null ? "" : `; rank ${value.rank} of ${value.ranked}, 1 is where to look first`}
          </>
        )}
        {value.ceiling !== null && value.at_most !== null ? `; ${value.ceiling}: at most ${number(value.at_most)}` : ""}
      </p>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">100 less</th>
            <th scope="col" className={styles["number"]}>
              Value
            </th>
            <th scope="col" className={styles["number"]}>
              Points
            </th>
          </tr>
        </thead>
        <tbody>
          {found.steps.map((one, index) => (
            <tr key={one.code}>
              <td>{one.title}</td>
              <td className={styles["number"]}>
                {one.value === null ? <span className="quiet">{one.state}</span> : short(one.value)} <span className={styles["why"]}>{one.unit}</span>
              </td>
              <td className={styles["number"]}>
                <Figure evidence={step(index)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Subjects({ study, site, found }: { study: string; site: string; found: CleanSubjects }) {
  const here = found.subjects.filter((one) => one.site_id === site);
  if (here.length === 0) return <Empty title="No subject is placed at this site" />;
  const clean = here.filter((one) => one.outcome === "pass").length;
  return (
    <>
      <p>
        {number(clean)} of {counted(here.length, "subject")} clean for {found.milestone.title.toLowerCase()}
      </p>
      <div className={styles["scroll"]} tabIndex={0} role="region" aria-label="Subjects of the site">
        <table className={styles["table"]}>
          <thead>
            <tr>
              <th scope="col">Subject</th>
              <th scope="col">Status</th>
              <th scope="col">Outcome</th>
              <th scope="col">In the way</th>
            </tr>
          </thead>
          <tbody>
            {here.map((one) => (
              <tr key={one.subject_id}>
                <td>
                  <StudyLink study={study} search={{ view: "clean", code: one.subject_id }}>
                    {one.subject_id}
                  </StudyLink>
                </td>
                <td>{one.status ?? <span className="quiet">unknown</span>}</td>
                <td>
                  <State word={wordFor(OUTCOMES, one.outcome)} />
                </td>
                <td>
                  {found.criteria
                    .flatMap((criterion, index) => (one.outcomes[index] === "fail" ? [`${criterion.title.toLowerCase()} ${number(one.items[index] ?? 0)}`] : []))
                    .join(", ")}
                  {one.oldest === null ? null : <div className={styles["why"]}>oldest {counted(one.oldest, "day")}{one.owner ? `, ${one.owner}` : ""}</div>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
