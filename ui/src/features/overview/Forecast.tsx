import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCallback } from "react";
import { useClient } from "@/api/context";
import { forecastQuestion } from "@/api/questions";
import type { Forecast as Answer, ForecastScenario } from "@/api/types";
import { Chart } from "@/components/chart/Chart";
import type { Palette } from "@/components/chart/palette";
import { Answered, Empty } from "@/components/Conditions";
import { Panel } from "@/components/Page";
import { useAsOf } from "@/view/asOf";
import { day } from "@/words/dates";
import { number, percent } from "@/words/numbers";
import styles from "./Overview.module.css";

/** When the study will be clean, and whose work brings it nearest; or why nobody can say. */
export function Forecast({ study, milestone }: { study: string; milestone: string }) {
  const client = useClient();
  const question = useQuery(forecastQuestion(client, study, useAsOf(), milestone));
  return (
    <Panel title="When will it be clean?">
      <Answered question={question} what="the forecast" rows={8}>
        {(found) => (found.as_things_go === null || found.nothing_new === null ? <Silent found={found} /> : <Told study={study} found={found} going={found.as_things_go} still={found.nothing_new} />)}
      </Answered>
    </Panel>
  );
}

function Silent({ found }: { found: Answer }) {
  return (
    <Empty title="Nobody can say yet">
      {found.reason ?? "One snapshot has no pace."} Two snapshots of different days show how fast items come and go.
    </Empty>
  );
}

function when(iso: string | null): string {
  return iso === null ? "not within 2 years" : day(iso);
}

function Told({ study, found, going, still }: { study: string; found: Answer; going: ForecastScenario; still: ForecastScenario }) {
  return (
    <>
      <p>
        {number(found.clean_now)} of {number(found.subjects)} subjects are clean{found.start ? ` on ${day(found.start)}` : ""}
        {found.unknown > 0 ? `; ${number(found.unknown)} of whom something is unknown count as not clean` : ""}.
      </p>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">Share clean</th>
            <th scope="col">As things go, 50 %</th>
            <th scope="col">10 to 90 %</th>
            <th scope="col">Nothing new arrives, 50 %</th>
          </tr>
        </thead>
        <tbody>
          {going.reached.map((one, index) => (
            <tr key={one.target}>
              <td>{percent(one.target)}</td>
              <td>{when(one.middle)}</td>
              <td>
                {when(one.early)} to {when(one.late)}
              </td>
              <td>{when(still.reached[index]?.middle ?? null)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Curve going={going} still={still} subjects={found.subjects} />
      {found.sites.length > 0 ? (
        <table className={styles["table"]}>
          <thead>
            <tr>
              <th scope="col">Sites whose work gains most{found.sites_arriving ? "" : ", if nothing new arrives"}</th>
              <th scope="col" className={styles["number"]}>
                Items
              </th>
              <th scope="col" className={styles["number"]}>
                Subjects
              </th>
              <th scope="col" className={styles["number"]}>
                Days gained
              </th>
              <th scope="col" className={styles["number"]}>
                Clean subjects more
              </th>
            </tr>
          </thead>
          <tbody>
            {found.sites.map((one) => (
              <tr key={one.site_id}>
                <td>
                  <Link to="/studies/$studyId/sites/$siteId" params={{ studyId: study, siteId: one.site_id }} search={{}}>
                    {one.site_id}
                  </Link>
                </td>
                <td className={styles["number"]}>{number(one.items)}</td>
                <td className={styles["number"]}>{number(one.subjects)}</td>
                <td className={styles["number"]}>{one.days === null ? <span className="quiet">out of reach</span> : number(one.days)}</td>
                <td className={styles["number"]}>{one.expected.toFixed(1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </>
  );
}

function Curve({ going, still, subjects }: { going: ForecastScenario; still: ForecastScenario; subjects: number }) {
  const option = useCallback(
    (palette: Palette) => ({
      tooltip: { trigger: "axis" as const },
      xAxis: { type: "time" as const, axisLine: { lineStyle: { color: palette.lineStrong } }, axisLabel: { color: palette.muted } },
      yAxis: { type: "value" as const, max: subjects, name: "subjects", nameTextStyle: { color: palette.muted }, axisLabel: { color: palette.muted }, splitLine: { lineStyle: { color: palette.line } } },
      series: [
        { type: "line" as const, name: "As things go", showSymbol: false, itemStyle: { color: palette.accent }, data: going.curve.map((one) => [one.day, one.expected]) },
        { type: "line" as const, name: "Nothing new arrives", showSymbol: false, lineStyle: { type: "dashed" as const }, itemStyle: { color: palette.pass }, data: still.curve.map((one) => [one.day, one.expected]) },
      ],
    }),
    [going, still, subjects],
  );
  return (
    <Chart
      title="How many subjects are clean by a day?"
      summary="The full line is what is expected as things go, the dashed line if nothing new arrives."
      height={220}
      points={[going.curve.length, still.curve.length]}
      table={{ columns: ["Day", "As things go", "Nothing new arrives"], rows: going.curve.map((one, index) => [one.day, one.expected, still.curve[index]?.expected ?? null]) }}
      option={option}
    />
  );
}
