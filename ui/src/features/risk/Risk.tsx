/** Every site by every key risk indicator: which differ from the others more than chance. */

import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useClient } from "@/api/context";
import { qualityQuestion, signalsQuestion } from "@/api/questions";
import type { Kri, QualityValue, Signal, SignalGroup, Signals } from "@/api/types";
import { Answered, Empty } from "@/components/Conditions";
import { Flag, flagWord } from "@/components/Flag";
import type { GridColumn } from "@/components/grid/columns";
import { Grid } from "@/components/grid/Grid";
import { Legend } from "@/components/Page";
import { ofSignal, signalWords } from "@/components/signals";
import { useTabIndex } from "@/components/surroundings";
import { useAsOf, usePageSearch } from "@/view/asOf";
import { useGridInUrl } from "@/view/grid";
import type { Search } from "@/view/search";
import { useView } from "@/view/store";
import { counted, number, short } from "@/words/numbers";
import styles from "./Risk.module.css";

export type Level = "site" | "country";
interface Line {
  group: SignalGroup;
  quality: QualityValue | undefined;
}

export function Risk({ study }: { study: string }) {
  const client = useClient();
  const asOf = useAsOf();
  const search = usePageSearch();
  const navigate = useNavigate();
  const level: Level = search.level === "country" ? "country" : "site";
  const method = search.method ?? "calibrated";
  const signals = useQuery(signalsQuestion(client, study, asOf, level, method));
  const quality = useQuery(qualityQuestion(client, study, asOf, level));
  const choose = (part: Partial<Search>) => void navigate({ to: ".", search: (old: Search) => ({ ...old, ...part }) });
  return (
    <>
      <div className={styles["head"]}>
        <label>
          Groups{" "}
          <select value={level} onChange={(event) => choose({ level: event.target.value === "site" ? undefined : event.target.value })}>
            <option value="site">Sites</option>
            <option value="country">Countries</option>
          </select>
        </label>
        <label>
          Method{" "}
          <select value={method} onChange={(event) => choose({ method: event.target.value === "calibrated" ? undefined : event.target.value })}>
            <option value="calibrated">Calibrated (default)</option>
            <option value="gsm-normal">gsm, normal approximation</option>
            <option value="gsm-poisson">gsm, Poisson</option>
            <option value="fisher">Fisher (shares only)</option>
          </select>
        </label>
        {signals.data ? <Said found={signals.data} level={level} /> : null}
      </div>
      <Answered question={signals} what="the key risk indicators" rows={14}>
        {(found) =>
          found.groups.length === 0 ? (
            <Empty title={`No ${level} is known`}>A report that names sites fills this table.</Empty>
          ) : (
            <Table study={study} found={found} level={level} quality={quality.data?.values ?? []} />
          )
        }
      </Answered>
    </>
  );
}

/** How many are flagged, and how many flags chance alone would raise: "0 sites flagged" is an answer. */
function Said({ found, level }: { found: Signals; level: Level }) {
  const red = found.groups.reduce((sum, one) => sum + one.red, 0);
  const amber = found.groups.reduce((sum, one) => sum + one.amber, 0);
  const noun = level === "site" ? ["site", "sites"] : ["country", "countries"];
  return (
    <span role="status">
      <b>
        {counted(found.flagged, noun[0] ?? "", noun[1])} of {number(found.groups.length)} flagged
      </b>
      : {number(red)} red and {number(amber)} amber; chance alone would raise about {found.expected_false.toFixed(1)} over all indicators
    </span>
  );
}

function Table({ study, found, level, quality }: { study: string; found: Signals; level: Level; quality: readonly QualityValue[] }) {
  const [state, setState] = useGridInUrl();
  const navigate = useNavigate();
  const { as_of } = usePageSearch();
  const lines = useMemo(() => {
    const values = new Map(quality.map((value) => [value.place.label, value]));
    return found.groups.map((group): Line => ({ group, quality: values.get(group.place.label) }));
  }, [found, quality]);
  const columns = useMemo(() => columnsOf(study, found, level), [study, found, level]);
  return (
    <>
      <Grid
        name={`Key risk indicators of ${study}`}
        noun={level}
        plural={level === "site" ? "sites" : "countries"}
        fill
        columns={columns}
        items={lines}
        itemKey={(line) => line.group.place.label}
        state={state}
        onState={setState}
        asOf={as_of ?? "latest"}
        onOpen={(line) => {
          if (level === "site") void navigate({ to: "/studies/$studyId/sites/$siteId", params: { studyId: study, siteId: line.group.place.label }, search: {} });
        }}
      />
      <Heads study={study} found={found} />
      <Legend label="What the marks say">
        {(
          [
            [2, "ok"],
            [1, "ok"],
            [-1, "ok"],
            [0, "ok"],
            [null, "below_accrual"],
            [null, "unknown"],
          ] as const
        ).map(([flag, silent]) => (
          <span key={`${flag ?? ""}${silent}`}>
            <Flag flag={flag} state={silent} word />
          </span>
        ))}
      </Legend>
    </>
  );
}

/** The way to each indicator, with its red and amber flags. */
function Heads({ study, found }: { study: string; found: Signals }) {
  return (
    <nav className={styles["kris"]} aria-label="Indicators">
      {found.kris.map((kri) => (
        <span key={kri.code} title={kri.silent ?? undefined}>
          <Link to="/studies/$studyId/kris/$kri" params={{ studyId: study, kri: kri.code }} search={{}}>
            {kri.code.split("_")[0]} {kri.title}
          </Link>{" "}
          <span className="quiet">{kri.scored === 0 ? "silent" : `${number(kri.red)} red, ${number(kri.amber)} amber`}</span>
        </span>
      ))}
    </nav>
  );
}

function columnsOf(study: string, found: Signals, level: Level): GridColumn<Line>[] {
  return [
    { id: "label", title: level === "site" ? "Site" : "Country", width: 104, value: ({ group }) => group.place.label },
    ...(level === "site" ? [{ id: "country", title: "Country", width: 74, value: ({ group }: Line) => group.place.country }] : []),
    { id: "subjects", title: "Subjects", type: "number", width: 72, value: ({ group }) => group.subjects },
    { id: "red", title: "Red", type: "number", width: 48, hint: "Red flags of indicators that are a risk of the site", value: ({ group }) => group.red },
    { id: "amber", title: "Amber", type: "number", width: 58, hint: "Amber flags of indicators that are a risk of the site", value: ({ group }) => group.amber },
    { id: "risk", title: "Risk", type: "number", width: 54, hint: "Site risk score, 0 to 100: the weights of its flags over the most they can be", value: ({ group }) => (group.risk === null ? null : Number(group.risk.toFixed(1))) },
    { id: "quality", title: "DQI", type: "number", width: 54, hint: "Data quality index; unknown where it is not computable", value: ({ quality }) => (quality?.value == null ? null : Number(quality.value.toFixed(1))) },
    { id: "rank", title: "Rank", type: "number", width: 52, background: true, hint: "Rank by the shrunken index; 1 is where to look first", value: ({ quality }) => quality?.rank ?? null },
    ...found.kris.map((kri, index): GridColumn<Line> => {
      const of = ({ group }: Line) => group.signals[index];
      return {
        id: kri.code,
        title: kri.code.replace("_", " "),
        hint: `${kri.title}: ${kri.unit}. ${kri.silent ?? `${kri.red} red, ${kri.amber} amber`}`,
        type: "number",
        width: 52,
        value: (line) => of(line)?.flag ?? null,
        exports: [
          { title: `${kri.title}: flag`, value: (line) => of(line)?.flag ?? null },
          { title: `${kri.title}: numerator`, value: (line) => of(line)?.numerator ?? null },
          { title: `${kri.title}: denominator`, value: (line) => of(line)?.denominator ?? null },
          { title: `${kri.title}: metric`, value: (line) => of(line)?.metric ?? null },
          { title: `${kri.title}: shrunken ratio`, value: (line) => of(line)?.ratio ?? null },
          { title: `${kri.title}: q`, value: (line) => of(line)?.q ?? null },
          { title: `${kri.title}: state`, value: (line) => of(line)?.state ?? null },
        ],
        text: (value) => (typeof value === "number" ? flagWord(value, "ok") : ""),
        render: (line) => {
          const signal = of(line);
          return signal ? <Cell study={study} level={level} kri={kri} group={line.group} signal={signal} /> : null;
        },
      };
    }),
    { id: "composite", title: "Composite p", type: "number", width: 86, background: true, hint: "One p from all its indicators, by the Cauchy combination", value: ({ group }) => (group.composite === null ? null : Number(short(group.composite))) },
  ];
}

function Cell({ study, level, kri, group, signal }: { study: string; level: Level; kri: Kri; group: SignalGroup; signal: Signal }) {
  const open = useView((view) => view.openEvidence);
  const tabIndex = useTabIndex();
  const tone = signal.flag === null || signal.flag === 0 ? "" : Math.abs(signal.flag) >= 2 ? styles["red"] : styles["amber"];
  const words = signalWords(kri, signal);
  return (
    <button
      type="button"
      className={`${styles["cell"] ?? ""} ${tone ?? ""}`}
      tabIndex={tabIndex}
      title={words}
      aria-label={`${group.place.label}, ${kri.title}: ${words}`}
      data-evidence=""
      onClick={(event) => {
        event.stopPropagation();
        open(ofSignal(study, level, kri, group.place, signal));
      }}
    >
      <Flag flag={signal.flag} state={signal.state} />
    </button>
  );
}
