/** One key risk indicator: what it means, which groups differ, and how sure that is. */

import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { useClient } from "@/api/context";
import { kriQuestion } from "@/api/questions";
import type { KriDetail } from "@/api/types";
import { Chart } from "@/components/chart/Chart";
import { Answered, Empty } from "@/components/Conditions";
import { StudyLink } from "@/components/Link";
import { PageFrame } from "@/components/Page";
import { metricText, ofSignal } from "@/components/signals";
import { useAsOf, usePageSearch } from "@/view/asOf";
import { useView } from "@/view/store";
import { counted, number } from "@/words/numbers";
import { bars, caterpillar, drawn, funnel, lines, type Drawn } from "./charts";
import { Groups } from "./Groups";
import styles from "./Kri.module.css";

const MOST_BARS = 120;
const MOST_LINES = 8;

export function KriPage() {
  const { studyId, kri } = useParams({ from: "/studies/$studyId/kris/$kri" });
  const search = usePageSearch();
  const level = search.level === "country" ? "country" : "site";
  const client = useClient();
  const question = useQuery(kriQuestion(client, studyId, useAsOf(), kri, level, search.method ?? "calibrated"));
  return (
    <PageFrame
      title={question.data?.kri.title ?? kri}
      facts={
        <>
          <StudyLink study={studyId} search={{ view: "risk" }}>
            {studyId}, all indicators
          </StudyLink>
          {question.data ? <Facts found={question.data} /> : null}
        </>
      }
    >
      <Answered question={question} what="the indicator" rows={14}>
        {(found) => <Parts study={studyId} found={found} level={level} />}
      </Answered>
    </PageFrame>
  );
}

function Facts({ found }: { found: KriDetail }) {
  const { kri } = found;
  return (
    <>
      <span>
        <b>{number(kri.red)}</b> red, <b>{number(kri.amber)}</b> amber; chance alone would raise about {kri.expected_false.toFixed(1)}
      </span>
      {kri.overall === null ? null : <span>study: {metricText(kri, kri.overall)}</span>}
      <span>
        {counted(kri.scored, "group")} scored, from {kri.accrual}
      </span>
    </>
  );
}

function Parts({ study, found, level }: { study: string; found: KriDetail; level: "site" | "country" }) {
  const { code } = usePageSearch();
  const points = useMemo(() => drawn(found), [found]);
  return (
    <div className={styles["board"]}>
      <Meaning found={found} />
      {found.kri.silent === null ? <Charts study={study} found={found} level={level} points={points} chosen={code} /> : <div className={styles["box"]}><Empty title="No group can be scored">{found.kri.silent}</Empty></div>}
      <section className={`${styles["box"] ?? ""} ${styles["wide"] ?? ""}`} aria-label="All groups">
        <Groups study={study} found={found} level={level} />
      </section>
    </div>
  );
}

/** Its definition, beside the numbers. */
function Meaning({ found }: { found: KriDetail }) {
  const { definition } = found;
  return (
    <section className={`${styles["box"] ?? ""} ${styles["definition"] ?? ""}`} aria-label="Definition">
      <p>{definition.what}</p>
      <details>
        <summary>Why it matters, how it is computed, what it does not say</summary>
        <dl>
          <dt>Why</dt>
          <dd>{definition.why}</dd>
          <dt>Formula</dt>
          <dd>{definition.formula}</dd>
          <dt>Example</dt>
          <dd>{definition.example}</dd>
          <dt>Limits</dt>
          <dd>{definition.limits}</dd>
          <dt>Source</dt>
          <dd>{definition.source}</dd>
        </dl>
      </details>
      {found.kri.unplaced[0] > 0 || found.kri.unplaced[1] > 0 ? (
        <p className="quiet">
          Rows that name no site: {number(found.kri.unplaced[0])} in the numerator, {number(found.kri.unplaced[1])} in the denominator.
        </p>
      ) : null}
    </section>
  );
}

function Charts({ study, found, level, points, chosen }: { study: string; found: KriDetail; level: "site" | "country"; points: readonly Drawn[]; chosen: string | undefined }) {
  const open = useView((view) => view.openEvidence);
  const ranked = useMemo(() => [...points].sort((a, b) => b.metric - a.metric).slice(0, MOST_BARS), [points]);
  const shrunken = useMemo(() => points.filter((one) => one.group.signal.ratio !== null).sort((a, b) => (b.group.signal.ratio ?? 0) - (a.group.signal.ratio ?? 0)).slice(0, MOST_BARS), [points]);
  const followed = useMemo(() => {
    const flagged = found.groups.filter((one) => one.history.some((flag) => flag !== null && flag !== 0) || one.place.label === chosen);
    return flagged.sort((a, b) => Number(b.place.label === chosen) - Number(a.place.label === chosen) || Math.abs(b.signal.flag ?? 0) - Math.abs(a.signal.flag ?? 0)).slice(0, MOST_LINES);
  }, [found, chosen]);
  const drawFunnel = useMemo(() => funnel(found, points, chosen), [found, points, chosen]);
  const drawBars = useMemo(() => bars(found, ranked, chosen), [found, ranked, chosen]);
  const drawRatios = useMemo(() => caterpillar(found, shrunken, chosen), [found, shrunken, chosen]);
  const drawLines = useMemo(() => lines(found, followed, chosen), [found, followed, chosen]);
  const opener = (of: readonly Drawn[]) => (series: number, place: number) => {
    const one = series === 0 ? of[place] : undefined;
    if (one) open(ofSignal(study, level, found.kri, one.group.place, one.group.signal));
  };
  const noun = level === "site" ? "sites" : "countries";
  const cut = points.length > MOST_BARS ? `, the first ${MOST_BARS}` : "";
  return (
    <>
      <div className={styles["box"]}>
        <Chart
          title={`Which ${noun} lie outside what chance explains?`}
          summary={`${points.length} points; lines at z of 2 and 3.`}
          height={320}
          points={[points.length]}
          onPoint={opener(points)}
          option={drawFunnel}
          table={{ columns: [level === "site" ? "Site" : "Country", "Numerator", "Denominator", "Metric", "z", "Flag"], rows: points.map(({ group, metric, denominator }) => [group.place.label, group.signal.numerator, denominator, metric, group.signal.score, group.signal.flag]) }}
        />
      </div>
      <div className={styles["box"]}>
        <Chart
          title={`How do the ${noun} rank, with their uncertainty${cut}?`}
          summary="Ratios to the study, pulled toward it as far as a group's own data are few, with 90 % intervals."
          height={320}
          points={[shrunken.length]}
          onPoint={opener(shrunken)}
          option={drawRatios}
          table={{ columns: [level === "site" ? "Site" : "Country", "Ratio", "from", "to"], rows: shrunken.map(({ group }) => [group.place.label, group.signal.ratio, group.signal.interval?.[0] ?? null, group.signal.interval?.[1] ?? null]) }}
        />
      </div>
      <div className={styles["box"]}>
        <Chart
          title={`How high is it in each of the ${noun}${cut}?`}
          summary="Metrics, highest first, with the line of the study."
          height={280}
          points={[ranked.length]}
          onPoint={opener(ranked)}
          option={drawBars}
          table={{ columns: [level === "site" ? "Site" : "Country", "Metric"], rows: ranked.map(({ group, metric }) => [group.place.label, metric]) }}
        />
      </div>
      <div className={styles["box"]}>
        {found.days.length < 2 ? (
          <Empty title="No earlier snapshot">How it changed stands here once a snapshot of another day is loaded.</Empty>
        ) : followed.length === 0 ? (
          <Empty title={`0 ${noun} were ever flagged`}>Choose one in the table below to follow it.</Empty>
        ) : (
          <Chart
            title="How did it change over the snapshots?"
            summary={`${followed.length} groups that are or were flagged.`}
            height={280}
            points={followed.map(() => found.days.length)}
            option={drawLines}
            table={{ columns: ["Group", ...found.days], rows: followed.map((one) => [one.place.label, ...one.metrics]) }}
          />
        )}
      </div>
    </>
  );
}
