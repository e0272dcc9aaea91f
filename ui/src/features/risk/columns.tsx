/** The columns of the grid: who, what adds up, and one column for each indicator. */

import type { Kri, QualityValue, SignalGroup, Signals } from "@/api/types";
import { Figure } from "@/components/Figure";
import { Flag, flagWord } from "@/components/Flag";
import type { GridColumn } from "@/components/grid/columns";
import { ofSubjects, type Where } from "@/components/signal/evidence";
import { FlagFigure } from "@/components/signal/FlagFigure";
import { KriLink, SiteLink } from "@/components/signal/links";
import { ofQuality } from "@/view/quality";
import { ofRisk, ofTotal } from "@/components/signal/totals";
import type { Search } from "@/view/search";
import { number } from "@/words/numbers";
import { accrualText, LEVELS, metricText, sideText } from "@/words/signals";
import styles from "./Risk.module.css";

export interface Line {
  group: SignalGroup;
  quality: QualityValue | null;
}

type Columns = GridColumn<Line>[];

export function columnsOf(where: Where, signals: Signals, search: Search): Columns {
  return [...groupColumns(where), ...totalColumns(where, signals.kris), ...signals.kris.map((kri, place) => kriColumn(where, kri, place, search))];
}

function groupColumns(where: Where): Columns {
  const bySite = where.level === "site";
  return [
    {
      id: "group",
      title: LEVELS[where.level]?.title ?? "Group",
      width: 92,
      value: ({ group }) => group.place.label,
      ...(bySite ? { render: ({ group }: Line) => <SiteLink study={where.study} site={group.place.label} /> } : {}),
    },
    ...(bySite ? [{ id: "country", title: "Country", width: 62, value: ({ group }: Line) => group.place.country }] : []),
    { id: "subjects", title: "Subjects", type: "number", width: 62, value: ({ group }) => group.subjects, render: ({ group }) => <Figure evidence={ofSubjects(where, group.place, group.subjects)} /> },
  ];
}

function totalColumns(where: Where, kris: readonly Kri[]): Columns {
  return [
    { id: "red", title: "Red", type: "number", width: 44, hint: "Red flags of indicators that are a risk of the site", value: ({ group }) => group.red, render: ({ group }) => <Figure evidence={ofTotal(where, kris, group, "red")} /> },
    { id: "amber", title: "Amber", type: "number", width: 52, hint: "Amber flags of indicators that are a risk of the site", value: ({ group }) => group.amber, render: ({ group }) => <Figure evidence={ofTotal(where, kris, group, "amber")} /> },
    { id: "flags", title: "Red and amber", type: "number", width: 64, background: true, value: ({ group }) => group.red + group.amber, render: ({ group }) => <Figure evidence={ofTotal(where, kris, group, "both")} /> },
    { id: "risk", title: "Risk score", type: "number", width: 56, hint: "Site risk score, 0 to 100: the weights of the flags that stand", value: ({ group }) => group.risk, render: ({ group }) => <Figure narrow evidence={ofRisk(where, kris, group)} /> },
    {
      id: "dqi",
      title: "DQI",
      type: "number",
      width: 52,
      hint: "Data quality index, 0 to 100",
      value: ({ quality }) => quality?.value ?? null,
      render: ({ quality }) => (quality === null ? <Waiting /> : <Figure narrow evidence={ofQuality({ ...where, group: quality.place.label }, quality)} />),
    },
    {
      id: "rank",
      title: "DQI rank",
      type: "number",
      plain: "rank",
      width: 46,
      hint: "Rank by the shrunken index; 1 is the lowest: where to look first",
      value: ({ quality }) => quality?.rank ?? null,
      render: ({ quality }) =>
        quality === null ? (
          <Waiting />
        ) : quality.rank === null ? (
          <span className="quiet" title="Without an index there is no rank.">
            {"\u2013"}
            <span className="unseen">no rank</span>
          </span>
        ) : (
          <span title={`${number(quality.rank)} of ${number(quality.ranked ?? 0)} from the lowest${quality.rank_range ? `; ${number(quality.rank_range[0])} to ${number(quality.rank_range[1])} when each top weight moves by a quarter` : ""}`}>{number(quality.rank)}</span>
        ),
    },
  ];
}

/** The index comes by an answer of its own, and has its own place while it is on its way. */
function Waiting() {
  return (
    <span className="quiet" title="The data quality index is not here yet, or could not be asked.">
      {"\u2026"}
      <span className="unseen">not here</span>
    </span>
  );
}

function kriColumn(where: Where, kri: Kri, place: number, search: Search): GridColumn<Line> {
  const of = ({ group }: Line) => group.signals[place];
  const said = (line: Line) => {
    const signal = of(line);
    return signal ? flagWord(signal.flag, signal.state) : "";
  };
  return {
    id: kri.code,
    title: kri.title,
    width: 92,
    background: kri.scored === 0,
    hint: `${kri.title}, ${kri.unit === "%" ? "per cent" : kri.unit}; ${sideText(kri.direction)}; ${accrualText(kri.accrual)}${kri.overall === null ? "" : `; study ${metricText(kri.overall, kri.unit)}`}. Sorts by score`,
    type: "number",
    value: (line) => of(line)?.score ?? null,
    said,
    exports: [
      { title: `${kri.title}: flag`, value: said },
      { title: `${kri.title}: numerator`, value: (line) => of(line)?.numerator ?? null },
      { title: `${kri.title}: denominator`, value: (line) => of(line)?.denominator ?? null },
      { title: `${kri.title}: metric`, value: (line) => of(line)?.metric ?? null },
      { title: `${kri.title}: score`, value: (line) => of(line)?.score ?? null },
      { title: `${kri.title}: q`, value: (line) => of(line)?.q ?? null },
      { title: `${kri.title}: shrunken ratio`, value: (line) => of(line)?.ratio ?? null },
      { title: `${kri.title}: reason`, value: (line) => of(line)?.reason ?? null },
    ],
    beneath: (
      <span className={styles["head"]}>
        <KriLink study={where.study} kri={kri.code} search={search} title={kri.silent === null ? `${kri.title}: ${number(kri.red)} red, ${number(kri.amber)} amber of ${number(kri.scored)} scored. Opens the page of the indicator` : `${kri.title}: no group is scored: ${kri.silent}. Opens the page of the indicator`}>
          {kri.silent === null ? (
            <>
              <span className={kri.red === 0 ? styles["nil"] : ""}>
                <Flag flag={2} state="ok" size={9} bare /> {kri.red}
                <span className="unseen"> red,</span>
              </span>
              <span className={kri.amber === 0 ? styles["nil"] : ""}>
                <Flag flag={1} state="ok" size={9} bare /> {kri.amber}
                <span className="unseen"> amber, {kri.title}</span>
              </span>
            </>
          ) : (
            <>
              silent<span className="unseen">, {kri.title}</span>
            </>
          )}
        </KriLink>
      </span>
    ),
    render: (line) => {
      const signal = of(line);
      return signal ? (
        <span className={styles["flag"]}>
          <FlagFigure where={where} kri={kri} place={line.group.place} signal={signal} word="short" />
        </span>
      ) : null;
    },
  };
}
