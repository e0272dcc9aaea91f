import { useMemo } from "react";
import type { KriDetail, KriGroup } from "@/api/types";
import { Figure } from "@/components/Figure";
import { FlagSteps, flagWord } from "@/components/Flag";
import { Grid } from "@/components/grid/Grid";
import type { GridColumn } from "@/components/grid/columns";
import { ofSignal, type Where } from "@/components/signal/evidence";
import { FlagFigure } from "@/components/signal/FlagFigure";
import { SiteLink, useOpenSite } from "@/components/signal/links";
import { useGridInUrl } from "@/view/grid";
import { day } from "@/words/dates";
import { bareMetric, chanceText, intervalText, LEVELS, metricTitle, ratioText, scoreText } from "@/words/signals";

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

function columnsOf(where: Where, { kri, level, days }: KriDetail): Columns {
  const bySite = level === "site";
  return [
    { id: "group", title: LEVELS[level]?.title ?? "Group", width: 92, value: (one) => one.place.label, ...(bySite ? { render: (one: KriGroup) => <SiteLink study={where.study} site={one.place.label} /> } : {}) },
    ...(bySite ? [{ id: "country", title: "Country", width: 66, value: (one: KriGroup) => one.place.country }] : []),
    { id: "flag", title: "Flag", width: 174, value: ({ signal }) => flagWord(signal.flag, signal.state), render: ({ place, signal }) => <FlagFigure where={where} kri={kri} place={place} signal={signal} word /> },
    ...(days.length > 1 ? [{ id: "history", title: "Past flags", hint: "Flags of the snapshots, oldest first", width: 84, value: (one: KriGroup) => one.history.map((flag) => flag ?? "\u00b7").join(" "), render: (one: KriGroup) => <FlagSteps history={one.history} /> }] : []),
    known("numerator", "Numerator", ({ signal }) => signal.numerator, 82),
    known("denominator", "Denominator", ({ signal }) => signal.denominator, 90),
    {
      id: "metric",
      title: metricTitle(kri),
      type: "number",
      width: 104,
      value: ({ signal }) => signal.metric,
      render: ({ place, signal }) => <Figure narrow evidence={{ ...ofSignal(where, kri, place, signal), ...(signal.metric === null ? {} : { text: bareMetric(signal.metric, kri.unit), unit: kri.unit }) }} />,
    },
    known("score", "z", ({ signal }) => signal.score, 58, scoreText, "not scored"),
    known("p", "p", ({ signal }) => signal.p, 70, chanceText, "not scored"),
    { ...known("q", "q", ({ signal }) => signal.q, 70, chanceText, "not scored"), hint: "False discovery rate over all groups and indicators of the study (Benjamini and Hochberg)" },
    { ...known("ratio", "Shrunken ratio", ({ signal }) => signal.ratio, 72, ratioText, "no ratio"), hint: "To the level of the study, pulled toward 1 as far as own data are few; for ranking only" },
    {
      id: "interval",
      title: "90 % interval",
      width: 118,
      value: ({ signal }) => (signal.interval === null ? null : intervalText(signal.interval)),
      render: ({ signal }) => (signal.interval === null ? <Silence reason="no interval" /> : <span className="digits">{intervalText(signal.interval)}</span>),
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
      render: ({ detectable }) => <Detectable {...detectable} />,
    },
    { id: "reason", title: "Why it is silent", width: 240, value: ({ signal }) => signal.reason, render: ({ signal }) => <span title={signal.reason ?? undefined}>{signal.flag === null ? (signal.reason ?? "") : ""}</span> },
  ];
}

/** A number, or a dash whose hover says why there is none. */
function known(id: string, title: string, value: (group: KriGroup) => number | null, width: number, text?: (value: number) => string, without?: string): GridColumn<KriGroup> {
  return {
    id,
    title,
    type: "number",
    width,
    value,
    ...(text
      ? {
          render: (group: KriGroup) => {
            const one = value(group);
            return one === null ? <Silence reason={group.signal.reason ?? without ?? "unknown"} /> : <span>{text(one)}</span>;
          },
        }
      : {}),
  };
}

function Silence({ reason }: { reason: string }) {
  return (
    <span className="quiet" title={reason}>
      {"\u2013"}
      <span className="unseen">{reason}</span>
    </span>
  );
}

function Detectable({ up, down, silence }: KriGroup["detectable"]) {
  if (up === null && down === null && silence === null) return <Silence reason="The method of this view tells no detectable ratio." />;
  const said = [up === null ? "" : `${ratioText(up)} up`, down === null ? "" : `${ratioText(down)} down`].filter(Boolean).join(", ");
  const words = `${said || "no departure would be noticed"}${silence === false ? "; silence cannot be detected here" : ""}`;
  return (
    <span title={words}>
      {said || "none"}
      {silence === false ? <span className="quiet">; silence not detectable</span> : null}
    </span>
  );
}
