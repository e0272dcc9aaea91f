/** One site: its flags, its quality, its subjects, what stands in their way, and what changed. What a CRA reads before a visit. */

import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { useClient } from "@/api/context";
import { changesQuestion, cleanQuestion, cleanSubjectsQuestion, signalsQuestion, waterfallQuestion } from "@/api/questions";
import { Answered, Empty } from "@/components/Conditions";
import { Figure } from "@/components/Figure";
import { StudyLink } from "@/components/Link";
import { PageFrame, Totals } from "@/components/Page";
import { ofSubjects, type Where } from "@/components/signal/evidence";
import { ofQuality } from "@/view/quality";
import { ofRisk, ofTotal } from "@/components/signal/totals";
import { useAsOf } from "@/view/asOf";
import { day } from "@/words/dates";
import type { At } from "./evidence";
import { SiteBlockers } from "./SiteBlockers";
import { SiteChanges } from "./SiteChanges";
import { SiteFlags } from "./SiteFlags";
import { SiteQuality } from "./SiteQuality";
import { SiteSubjects } from "./SiteSubjects";
import styles from "./Site.module.css";

export function SitePage() {
  const { studyId: study, siteId: site } = useParams({ from: "/studies/$studyId/sites/$siteId" });
  const client = useClient();
  const asOf = useAsOf();
  const where = useMemo((): Where => ({ study, level: "site" }), [study]);
  const signals = useQuery(signalsQuestion(client, study, asOf));
  const waterfall = useQuery(waterfallQuestion(client, study, asOf, "site", site));
  const subjects = useQuery(cleanSubjectsQuestion(client, study, asOf));
  const clean = useQuery(cleanQuestion(client, study, asOf));
  const changes = useQuery(changesQuestion(client, study, asOf));
  const group = useMemo(() => signals.data?.groups.find((one) => one.place.label === site), [signals.data, site]);
  const lines = useMemo(() => (subjects.data?.subjects ?? []).filter((line) => line.site_id === site), [subjects.data, site]);
  const as = waterfall.data?.value.as_of ?? null;
  const at = useMemo((): At => ({ where, site, asOf: as }), [where, site, as]);
  return (
    <PageFrame
      title={`${site}, ${study}`}
      heading={site}
      facts={
        <>
          <span>{study}</span>
          {group?.place.country ? <span>{group.place.country}</span> : null}
          {as ? (
            <span>
              data as of <b>{day(as)}</b>
            </span>
          ) : null}
        </>
      }
    >
      <Answered question={signals} what="the indicators of the site" rows={8}>
        {(answer) =>
          group === undefined ? (
            <Empty title={`${study} has no ${site}`} action={<StudyLink study={study} search={{ view: "risk" }}>All sites of {study}</StudyLink>}>
              No report of this snapshot names it.
            </Empty>
          ) : (
            <>
              <Totals
                items={[
                  { label: "Subjects", figure: <Figure size="large" evidence={ofSubjects(where, group.place, group.subjects)} /> },
                  { label: "Red flags", figure: <Figure size="large" evidence={ofTotal(where, answer.kris, group, "red")} /> },
                  { label: "Amber flags", figure: <Figure size="large" evidence={ofTotal(where, answer.kris, group, "amber")} /> },
                  { label: "Risk score", figure: <Figure size="large" evidence={ofRisk(where, answer.kris, group)} /> },
                  ...(waterfall.data ? [{ label: "Data quality", figure: <Figure size="large" evidence={ofQuality({ ...where, group: waterfall.data.value.place.label }, waterfall.data.value)} /> }] : []),
                ]}
              />
              <SiteFlags where={where} signals={answer} group={group} changes={changes.data} />
              <div className={styles["around"]}>
                <div className={styles["two"]}>
                  <Answered question={waterfall} what="the quality of the site" rows={8}>
                    {(fall) => <SiteQuality where={where} waterfall={fall} />}
                  </Answered>
                  <div className={styles["column"]}>
                    <Answered question={subjects} what="what stands in the way" rows={5}>
                      {(list) => <SiteBlockers at={at} answer={list} lines={lines} clean={clean.data} />}
                    </Answered>
                    <Answered question={changes} what="what changed" rows={3}>
                      {(change) => <SiteChanges at={at} changes={change} lines={lines} />}
                    </Answered>
                  </div>
                </div>
              </div>
              <Answered question={subjects} what="the subjects of the site" rows={6}>
                {(list) => <SiteSubjects at={at} answer={list} lines={lines} />}
              </Answered>
            </>
          )
        }
      </Answered>
    </PageFrame>
  );
}
