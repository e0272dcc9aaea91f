import { Link } from "@tanstack/react-router";
import type { Changes, Delta, FlagLine } from "@/api/types";
import { Empty } from "@/components/Conditions";
import { Figure } from "@/components/Figure";
import { Flag, FlagSteps } from "@/components/Flag";
import { tableStyles } from "@/components/Page";
import { day } from "@/words/dates";
import { counted, number } from "@/words/numbers";
import { between, tenth } from "@/words/shares";
import type { Scope } from "./evidence";
import { ofChange, ofDelta, ofFlow, ofMoved } from "./overTime";
import styles from "./Overview.module.css";

const GOOD: ReadonlySet<FlagLine["change"]> = new Set(["cleared", "eased"]);

/** What changed between the last two days: subjects, flags, measures and queries. */
export function ChangesSince({ scope, changes }: { scope: Scope; changes: Changes }) {
  const { moments, reason } = changes;
  const before = moments.at(-2);
  if (reason !== null || before === undefined) {
    return (
      <Empty title={`Not known: ${reason ?? "no earlier snapshot"}`}>
        {"Subjects that became clean, flags that are new or gone, and queries opened and closed are told once two snapshots of different days are loaded. "}
        {changes.flags.length > 0 ? `${counted(changes.flags.length, "flag stands", "flags stand")} now; the Sites tab shows them.` : ""}
      </Empty>
    );
  }
  return (
    <>
      <p className={styles["foot"]}>
        Since <b>{day(before.as_of)}</b> (snapshot {before.snapshot}):{" "}
        {(["newly_clean", "no_longer_clean", "newly_listed"] as const).map((what) => (
          <span key={what} className={styles["pair"]}>
            <Figure evidence={ofMoved(scope, what, changes)} /> {{ newly_clean: "newly clean", no_longer_clean: "no longer clean", newly_listed: "newly listed" }[what]}
          </span>
        ))}
      </p>
      <Flags study={scope.study} flags={changes.flags} />
      <Deltas scope={scope} deltas={changes.deltas} />
      <Queries scope={scope} changes={changes} />
      <Moments changes={changes} />
    </>
  );
}

function Flags({ study, flags }: { study: string; flags: readonly FlagLine[] }) {
  const standing = flags.filter((one) => one.change === "standing");
  const moved = flags.filter((one) => one.change !== "standing");
  return (
    <>
      <h3 className={styles["part"]}>
        Flags of sites <small>{moved.length === 0 ? "none is new and none was cleared" : counted(moved.length, "changed", "changed")}{standing.length > 0 ? `, ${counted(standing.length, "stands", "stand")} as before` : ""}</small>
      </h3>
      {flags.length === 0 ? null : (
        <table className={tableStyles["plain"]}>
          <thead>
            <tr>
              <th scope="col">Site</th>
              <th scope="col">Indicator</th>
              <th scope="col">Now</th>
              <th scope="col">Steps</th>
              <th scope="col">Change</th>
            </tr>
          </thead>
          <tbody>
            {[...moved, ...standing].map((flag) => (
              <tr key={`${flag.kri} ${flag.site_id}`}>
                <td>
                  <Link to="/studies/$studyId/sites/$siteId" params={{ studyId: study, siteId: flag.site_id }} search={{}}>
                    {flag.site_id}
                  </Link>
                </td>
                <td>
                  <Link to="/studies/$studyId/kris/$kri" params={{ studyId: study, kri: flag.kri }} search={{}}>
                    {flag.title}
                  </Link>
                </td>
                <td>
                  <Flag flag={flag.flag} state={flag.flag === null ? "unknown" : "ok"} word />
                </td>
                <td>
                  <FlagSteps history={historyOf(flag.history)} />
                </td>
                <td>
                  {flag.change}
                  {GOOD.has(flag.change) ? <span className="quiet"> (better)</span> : null}
                  {flag.consecutive > 1 ? <span className={styles["small"]} data-plain="date"> {counted(flag.days, "day")}</span> : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

/** "0,0,1,2"; what is no number was not scored. */
export function historyOf(text: string): (number | null)[] {
  return text.split(",").map((one) => (/^-?\d+$/.test(one.trim()) ? Number(one) : null));
}

function Deltas({ scope, deltas }: { scope: Scope; deltas: readonly Delta[] }) {
  return (
    <>
      <h3 className={styles["part"]}>Counts of the study</h3>
      <table className={tableStyles["plain"]}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col" className={tableStyles["n"]}>
              Now
            </th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {deltas.map((delta) => (
            <tr key={delta.code}>
              <td>{delta.title}</td>
              <td className={tableStyles["n"]}>
                <Figure evidence={ofDelta(scope, delta)} />
              </td>
              <td>{delta.delta === null ? <span className="quiet">not known: {delta.reason}</span> : <Figure evidence={ofChange(scope, delta)} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Queries({ scope, changes: { flow, flow_reason } }: { scope: Scope; changes: Changes }) {
  return (
    <>
      <h3 className={styles["part"]}>Queries</h3>
      <p className={styles["foot"]}>
        {flow === null ? (
          <span className="quiet">Opened and closed are not known: {flow_reason ?? "the snapshots do not tell"}.</span>
        ) : (
          <>
            <Figure evidence={ofFlow(scope, flow, "opened")} /> opened, <Figure evidence={ofFlow(scope, flow, "closed")} /> closed, <Figure evidence={ofFlow(scope, flow, "outstanding")} /> outstanding; {balance(flow.net)}{" "}
            <span className="quiet">(90 % interval {between(flow.interval)}; {flow.pace})</span>. {flow.days_to_clear === null ? <span>{flow.clearing.charAt(0).toUpperCase() + flow.clearing.slice(1)}</span> : <span>At this pace cleared in {counted(Math.round(flow.days_to_clear), "day")}</span>}.
          </>
        )}
      </p>
    </>
  );
}

function balance(net: number): string {
  if (net === 0) return "as many closed as opened";
  return net > 0 ? `${tenth(net)} more closed than opened a day` : `${tenth(-net)} more opened than closed a day`;
}

function Moments({ changes: { moments } }: { changes: Changes }) {
  return (
    <details className={styles["more"]}>
      <summary>All {counted(moments.length, "snapshot")} that can be compared</summary>
      <table className={tableStyles["plain"]}>
        <thead>
          <tr>
            <th scope="col">As of</th>
            <th scope="col" className={tableStyles["n"]}>
              Clean
            </th>
            <th scope="col" className={tableStyles["n"]}>
              Unknown
            </th>
            <th scope="col" className={tableStyles["n"]}>
              Subjects
            </th>
            <th scope="col" className={tableStyles["n"]}>
              Quality index
            </th>
            <th scope="col" className={tableStyles["n"]}>
              Sites red
            </th>
            <th scope="col" className={tableStyles["n"]}>
              Sites amber
            </th>
          </tr>
        </thead>
        <tbody>
          {[...moments].reverse().map((one) => (
            <tr key={one.snapshot}>
              <td>
                <Link to="." search={{ as_of: String(one.snapshot) }}>
                  {day(one.as_of)}
                </Link>
              </td>
              {[one.clean, one.unknown, one.members, one.quality, one.red, one.amber].map((value, at) => (
                <td key={at} className={tableStyles["n"]}>
                  {value === null ? (
                    <span className="quiet">not computable</span>
                  ) : (
                    <Link to="." search={{ as_of: String(one.snapshot) }} title={`As of ${day(one.as_of)}: opens the study as it was, where the number has its rows`}>
                      {at === 3 ? tenth(value) : number(value)}
                    </Link>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
