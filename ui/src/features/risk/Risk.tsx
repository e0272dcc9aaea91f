/** Sites or countries of a study by key risk indicators: where something differs from the others more than chance. */

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useClient } from "@/api/context";
import { qualityQuestion, signalsQuestion } from "@/api/questions";
import type { Quality, Signals } from "@/api/types";
import { Answered, Empty, Failed } from "@/components/Conditions";
import { Grid } from "@/components/grid/Grid";
import type { Where } from "@/components/signal/evidence";
import { FlagLegend } from "@/components/signal/FlagLegend";
import { useOpenSite } from "@/components/signal/links";
import { Choice, type Compared, Switches, useCompared } from "@/components/signal/Switches";
import { useOpen } from "@/components/Link";
import { useAsOf } from "@/view/asOf";
import { useGridInUrl } from "@/view/grid";
import { day } from "@/words/dates";
import { LEVELS } from "@/words/signals";
import { columnsOf, type Line } from "./columns";
import { Said } from "./Said";
import { Silent } from "./Silent";
import styles from "./Risk.module.css";

export function Risk({ study }: { study: string }) {
  const client = useClient();
  const asOf = useAsOf();
  const compared = useCompared();
  const signals = useQuery(signalsQuestion(client, study, asOf, compared.level, compared.method));
  const quality = useQuery(qualityQuestion(client, study, asOf, compared.level));
  return (
    <>
      <div className={styles["bar"]}>
        <Switches />
        {signals.data ? <Silent kris={signals.data.kris} /> : null}
      </div>
      {quality.error ? <Failed what="the data quality index" cause={quality.error} works="The indicators below." retry={() => void quality.refetch()} /> : null}
      <Answered question={signals} what="the key risk indicators" rows={14}>
        {(answer) => (answer.groups.length === 0 ? <Nobody /> : <Groups study={study} signals={answer} quality={quality.data} compared={compared} />)}
      </Answered>
      <FlagLegend />
    </>
  );
}

function Nobody() {
  return <Empty title="No site is known in this study">The indicators compare sites. Any report that names the site of its subjects would fill this page.</Empty>;
}

/** Most to look at first: red, amber, then the risk score. Of equals the study's own order stays. */
function byAttention(a: Line, b: Line): number {
  return b.group.red - a.group.red || b.group.amber - a.group.amber || (b.group.risk ?? -1) - (a.group.risk ?? -1);
}

const FLAGGED = { id: "flags", value: ">0" };

function Groups({ study, signals, quality, compared }: { study: string; signals: Signals; quality: Quality | undefined; compared: Compared }) {
  const open = useOpen();
  const openSite = useOpenSite();
  const [state, setState] = useGridInUrl();
  const { level, method } = compared;
  const where = useMemo((): Where => ({ study, level }), [study, level]);
  const columns = useMemo(
    () => columnsOf(where, signals, { ...(level === "site" ? {} : { level }), ...(method === "calibrated" ? {} : { method }) }),
    [where, signals, level, method],
  );
  const lines = useMemo(() => {
    const values = new Map(quality?.values.map((value) => [value.place.label, value]));
    return signals.groups.map((group): Line => ({ group, quality: values.get(group.place.label) ?? null })).sort(byAttention);
  }, [signals, quality]);
  const words = LEVELS[level] ?? { one: "group", many: "groups", title: "Group" };
  const onlyFlagged = state.filter.some((one) => one.id === FLAGGED.id && one.value === FLAGGED.value);
  const others = state.filter.filter((one) => one.id !== FLAGGED.id);
  return (
    <Grid
      name={`Key risk indicators of ${study} by ${words.one}, ${method}`}
      noun={words.one}
      plural={words.many}
      fill
      columns={columns}
      items={lines}
      itemKey={(line) => line.group.place.label}
      state={state}
      onState={setState}
      asOf={asOfOf(quality)}
      rowHeight={28}
      onOpen={({ group }) => (level === "site" ? openSite(study, group.place.label) : open.study(study, { view: "risk", filter: [`country:=${group.place.label}`] }))}
      tools={
        <div className={styles["said"]}>
          <Said where={where} signals={signals} />
          <Choice
            label="Lines"
            value={onlyFlagged ? "flagged" : "all"}
            onValue={(id) => setState({ ...state, filter: id === "flagged" ? [...others, FLAGGED] : others })}
            options={[
              { id: "all", word: `All ${words.many}` },
              { id: "flagged", word: "Flagged only" },
            ]}
          />
        </div>
      }
    />
  );
}

/** The export says how current it is. */
function asOfOf(quality: Quality | undefined): string {
  const days = (quality?.values ?? []).map((value) => value.as_of).filter((one) => one !== null);
  const last = days.reduce((latest, one) => (one > latest ? one : latest), "");
  return last === "" ? "no date" : day(last);
}
