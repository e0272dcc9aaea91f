import { useMemo } from "react";
import type { KriDetail, KriGroup } from "@/api/types";
import { Figure } from "@/components/Figure";
import { FlagSteps, flagWord } from "@/components/Flag";
import { Grid } from "@/components/grid/Grid";
import type { GridColumn } from "@/components/grid/columns";
import { ofComputed, ofCounted } from "@/components/signal/computed";
import { ofSignal, type Where } from "@/components/signal/evidence";
import { FlagFigure } from "@/components/signal/FlagFigure";
import { SiteLink, useOpenSite } from "@/components/signal/links";
import { useGridInUrl } from "@/view/grid";
import { day } from "@/words/dates";
import { bareMetric, intervalText, LEVELS, metricTitle } from "@/words/signals";
import { ofDetectable } from "./evidence";

/** Every group with all that is known of it, highest score first; the groups that cannot be judged last. */
export function Groups({ where, detail }: { where: Where; detail: KriDetail }) {
  const [state, setState] = useGridInUrl();
  const openSite = useOpenSite();
  const columns = useMemo(() => columnsOf(where, detail), [where, detail]);
  const groups = useMemo(() => [...detail.groups].sort((a, b) => weight(b) - weight(a) || (b.signal.score ?? -9) - (a.signal.score ?? -9)), [detail.groups]);
  const words = LEVELS[detail.level] ?? { one: "group", many: "groups", title: "Group" };
  const last = detail.days.at(-1);
  return (
    <Grid
      name={`${detail.kri.title} of ${where.study} by ${words.one}`}
      noun={words.one}
      plural={words.many}
      columns={columns}
      items={groups}
      itemKey={(group) => group.place.label}
      state={state}
      onState={setState}
      asOf={last === undefined ? "no date" : day(last)}
      rowHeight={28}
      maxHeight={520}
      {...(where.level === "site" ? { onOpen: (group: KriGroup) => openSite(where.study, group.place.label) } : {})}
    />
  );
}

/** Red, amber, none, and silent last. */
function weight({ signal }: KriGroup): number {
  return signal.flag === null ? -1 : Math.abs(signal.flag);
}

type Columns = GridColumn<KriGroup>[];

function columnsOf(where: Where, detail: KriDetail): Columns {
  const { kri, level, days } = detail;
  const bySite = level === "site";
  return [
    { id: "group", title: LEVELS[level]?.title ?? "Group", width: 92, value: (one) => one.place.label, ...(bySite ? { render: (one: KriGroup) => <SiteLink study={where.study} site={one.place.label} /> } : {}) },
    ...(bySite ? [{ id: "country", title: "Country", width: 66, value: (one: KriGroup) => one.place.country }] : []),
    { id: "flag", title: "Flag", width: 174, value: ({ signal }) => flagWord(signal.flag, signal.state), render: ({ place, signal }) => <FlagFigure where={where} kri={kri} place={place} signal={signal} word /> },
    ...(days.length > 1 ? [{ id: "history", title: "Past flags", hint: "Flags of the snapshots, oldest first", width: 84, value: (one: KriGroup) => one.history.map((flag) => flag ?? "\u00b7").join(" "), render: (one: KriGroup) => <FlagSteps history={one.history} /> }] : []),
    counted("numerator", "Numerator", 82),
    counted("denominator", "Denominator", 90),
    {
      id: "metric",
      title: metricTitle(kri),
      type: "number",
      width: 104,
      value: ({ signal }) => signal.metric,
      render: ({ place, signal }) => <Figure narrow evidence={{ ...ofSignal(where, kri, place, signal), ...(signal.metric === null ? {} : { text: bareMetric(signal.metric, kri.unit), unit: kri.unit }) }} />,
    },
    computed("score", "z", 58, "not scored"),
    computed("p", "p", 70, "not scored"),
    { ...computed("q", "q", 70, "not scored"), hint: "False discovery rate over all groups and indicators of the study (Benjamini and Hochberg)" },
    { ...computed("ratio", "Shrunken ratio", 72, "no ratio"), hint: "To the level of the study, pulled toward 1 as far as own data are few; for ranking only" },
    {
      id: "interval",
      title: "90 % interval",
      width: 118,
      value: ({ signal }) => (signal.interval === null ? null : intervalText(signal.interval)),
      render: ({ place, signal }) => (signal.interval === null ? <Silence reason={signal.reason ?? "no interval"} /> : <Figure evidence={ofComputed(where, kri, place, signal, "interval")} />),
    },
    {
      id: "detectable",
      title: "Detectable ratio",
      hint: "How far a group of this size must depart from the study to be noticed four times in five",
      width: 236,
      value: ({ detectable }) => detectable.up,
      exports: [
        { title: "Detectable ratio, high", value: ({ detectable }) => detectable.up },
        { title: "Detectable ratio, low", value: ({ detectable }) => detectable.down },
        { title: "Silence would be noticed", value: ({ detectable }) => (detectable.silence === null ? null : detectable.silence ? "yes" : "no") },
      ],
      render: (group) => <Detectable where={where} detail={detail} group={group} />,
    },
    { id: "reason", title: "Why it is silent", width: 240, plain: "words", value: ({ signal }) => signal.reason, render: ({ signal }) => <span title={signal.reason ?? undefined}>{signal.flag === null ? (signal.reason ?? "") : ""}</span> },
  ];

  /** Numerator or denominator, open to exactly its rows. */
  function counted(id: "numerator" | "denominator", title: string, width: number): GridColumn<KriGroup> {
    return { id, title, type: "number", width, value: ({ signal }) => signal[id], render: ({ place, signal }) => <Figure narrow evidence={ofCounted(where, kri, place, signal, id)} /> };
  }

  /** A figure of the statistics, open to what it was computed from; or a dash whose hover says why there is none. */
  function computed(id: "score" | "p" | "q" | "ratio", title: string, width: number, without: string): GridColumn<KriGroup> {
    return {
      id,
      title,
      type: "number",
      width,
      value: ({ signal }) => signal[id],
      render: ({ place, signal }) => (signal[id] === null ? <Silence reason={signal.reason ?? without} /> : <Figure evidence={ofComputed(where, kri, place, signal, id)} />),
    };
  }
}

function Silence({ reason }: { reason: string }) {
  return (
    <span className="quiet" title={reason}>
      {"\u2013"}
      <span className="unseen">{reason}</span>
    </span>
  );
}

function Detectable({ where, detail, group }: { where: Where; detail: KriDetail; group: KriGroup }) {
  const { up, down, silence } = group.detectable;
  if (up === null && down === null && silence === null) return <Silence reason="The method of this view tells no detectable ratio." />;
  return (
    <span>
      {up === null ? null : (
        <>
          <Figure evidence={ofDetectable(where, detail, group, "up")} /> up
        </>
      )}
      {up === null || down === null ? "" : ", "}
      {down === null ? null : (
        <>
          <Figure evidence={ofDetectable(where, detail, group, "down")} /> down
        </>
      )}
      {up === null && down === null ? <span title="No departure would be noticed.">none</span> : null}
      {silence === false ? <span className="quiet">; silence not detectable</span> : null}
    </span>
  );
}
