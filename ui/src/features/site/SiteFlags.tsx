import type { Changes, Kri, Place, Signal, SignalGroup, Signals } from "@/api/types";
import { Figure } from "@/components/Figure";
import { FlagSteps } from "@/components/Flag";
import { Panel, tableStyles as styles } from "@/components/Page";
import { ofComputed, ofCounted, ofOverall } from "@/components/signal/computed";
import { ofSignal, type Where } from "@/components/signal/evidence";
import { FlagFigure } from "@/components/signal/FlagFigure";
import { FlagLegend } from "@/components/signal/FlagLegend";
import { KriLink } from "@/components/signal/links";
import { counted, number } from "@/words/numbers";
import { bareMetric, metricText } from "@/words/signals";
import own from "./Site.module.css";

/** Every indicator of the site: flagged first, then those without flag, then the silent ones with their reason. */
export function SiteFlags({ where, signals, group, changes }: { where: Where; signals: Signals; group: SignalGroup; changes: Changes | undefined }) {
  const lines = signals.kris.flatMap((kri, index) => {
    const signal = group.signals[index];
    return signal ? [{ kri, signal }] : [];
  });
  lines.sort((a, b) => weight(b.signal.flag) - weight(a.signal.flag));
  const past = new Map(changes?.flags.filter((flag) => flag.site_id === group.place.site_id).map((flag) => [flag.kri, flag]));
  const days = new Set(changes?.moments.map((moment) => moment.as_of)).size;
  return (
    <Panel title="Flags" aside={`${counted(group.red, "red flag")}, ${counted(group.amber, "amber flag")}; chance alone flags about ${number(Math.round((100 * signals.expected_false) / Math.max(1, signals.groups.length)) / 100)} indicators at a healthy site`} padded={false}>
      <div className={styles["scroll"]}>
        <table className={styles["plain"]}>
          <thead>
            <tr>
              <th scope="col">Indicator</th>
              <th scope="col">Flag</th>
              <th scope="col">{days > 1 ? "Flags of the snapshots" : "Since"}</th>
              <th scope="col" className={styles["n"]}>
                Rate or share
              </th>
              <th scope="col" className={styles["n"]}>
                Study
              </th>
              <th scope="col" className={styles["n"]}>
                Made of
              </th>
              <th scope="col" className={styles["n"]}>
                q
              </th>
              <th scope="col" className={styles["n"]}>
                Ratio, 90 %
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ kri, signal }) => (
              <tr key={kri.code}>
                <td>
                  <KriLink study={where.study} kri={kri.code} search={{ code: group.place.label }}>
                    {kri.title}
                  </KriLink>
                </td>
                <td style={{ whiteSpace: "nowrap" }}>
                  <FlagFigure where={where} kri={kri} place={group.place} signal={signal} word />
                </td>
                <td data-plain="words">{signal.flag === null ? <span className="quiet">{signal.reason}</span> : <Since flag={past.get(kri.code)} changes={changes} standing={signal.flag !== 0} />}</td>
                <td className={styles["n"]}>
                  <Figure narrow evidence={{ ...ofSignal(where, kri, group.place, signal), ...(signal.metric === null ? {} : { text: bareMetric(signal.metric, kri.unit), unit: kri.unit }) }} {...unitOf(kri)} />
                </td>
                <td className={styles["n"]}>{kri.overall === null ? <Dash why={kri.silent ?? "Nobody knows what is usual."} /> : <Figure evidence={{ ...ofOverall(where, kri), text: kri.unit === "%" ? metricText(kri.overall, "%") : bareMetric(kri.overall, kri.unit) }} />}</td>
                <td className={styles["n"]} style={{ whiteSpace: "nowrap" }}><MadeOf where={where} kri={kri} place={group.place} signal={signal} /></td>
                <td className={styles["n"]}>{signal.q === null ? <Dash why={signal.reason ?? "not scored"} /> : <Figure evidence={ofComputed(where, kri, group.place, signal, "q")} />}</td>
                <td className={styles["n"]} style={{ whiteSpace: "nowrap" }}>
                  {signal.ratio === null || signal.interval === null ? (
                    <Dash why={signal.reason ?? "not scored"} />
                  ) : (
                    <>
                      <Figure evidence={ofComputed(where, kri, group.place, signal, "ratio")} /> (<Figure evidence={ofComputed(where, kri, group.place, signal, "interval")} />)
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={own["foot"]}>
        <FlagLegend />
      </div>
    </Panel>
  );
}

/** "80 in 6 visits" of a rate, "12 of 96 pages" of a share; each of both numbers opens to its own rows. */
function MadeOf({ where, kri, place, signal }: { where: Where; kri: Kri; place: Place; signal: Signal }) {
  if (signal.numerator === null || signal.denominator === null) return <span className="quiet">unknown</span>;
  return (
    <>
      <Figure evidence={ofCounted(where, kri, place, signal, "numerator")} /> {kri.kind === "rate" ? "in" : "of"} <Figure evidence={ofCounted(where, kri, place, signal, "denominator")} /> {kri.denominator_unit}
    </>
  );
}

function weight(flag: number | null): number {
  return flag === null ? -1 : Math.abs(flag);
}

function unitOf({ unit }: Kri): { unit: string } {
  return { unit };
}

function Dash({ why }: { why: string }) {
  return (
    <span className="quiet" title={why}>
      {"\u2013"}
      <span className="unseen">{why}</span>
    </span>
  );
}

/** "2 1 1, worse": what the flag was before, and what became of it. */
function Since({ flag, changes, standing }: { flag: Changes["flags"][number] | undefined; changes: Changes | undefined; standing: boolean }) {
  if (changes === undefined) return <span className="quiet">{"\u2026"}</span>;
  if (flag === undefined) return <span className="quiet">{standing ? "no past is told" : "no flag now or before"}</span>;
  const steps = flag.history.split(",").map((one) => (one.trim() === "" || Number.isNaN(Number(one)) ? null : Number(one)));
  return (
    <span title={`${counted(flag.consecutive, "snapshot")} in a row, ${counted(flag.days, "day")}, flagged ${counted(flag.breaches, "time")}`}>
      {steps.length > 1 ? (
        <>
          <FlagSteps history={steps} />{" "}
        </>
      ) : null}
      <span className="quiet">{flag.change}</span>
    </span>
  );
}
