import type { Clean, Standing } from "@/api/types";
import { Figure } from "@/components/Figure";
import { tableStyles } from "@/components/Page";
import { percents } from "@/words/shares";
import { ofCount, ofShare, type Scope, statusWord } from "./evidence";
import styles from "./Overview.module.css";

/** Clean subjects of each status. Most who are clean are screen failures, so the whole study stands last and small. */
export function StandingPart({ scope, clean }: { scope: Scope; clean: Clean }) {
  return (
    <table className={`${tableStyles["plain"] ?? ""} ${styles["standing"] ?? ""}`}>
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col" className={tableStyles["n"]}>
            Subjects
          </th>
          <th scope="col" className={tableStyles["n"]}>
            Clean
          </th>
          <th scope="col" className={tableStyles["n"]}>
            Unknown
          </th>
          <th scope="col" className={tableStyles["n"]} title="Unknown is not clean: where it is unknown of some, a range from none of them clean to all of them clean. In brackets the 95 % interval.">
            Clean, strict
          </th>
          <th scope="col" className={tableStyles["n"]} title="Without missing visits and pages: how clean is what came. Its interval stands in the evidence.">
            On submitted
          </th>
        </tr>
      </thead>
      <tbody>
        {clean.strata.map(({ status, standing }) => (
          <Line key={status ?? ""} scope={scope} standing={standing} status={status} />
        ))}
      </tbody>
      <tfoot className={styles["total"]}>
        <Line scope={scope} standing={clean.standing} status={undefined} />
      </tfoot>
    </table>
  );
}

function Line({ scope, standing, status }: { scope: Scope; standing: Standing; status: string | null | undefined }) {
  const all = status === undefined;
  return (
    <tr>
      <td className={status === null || all ? "quiet" : ""}>{all ? "all statuses together" : statusWord(status)}</td>
      {(["members", "clean", "unknown"] as const).map((what) => (
        <td key={what} className={tableStyles["n"]}>
          <Figure evidence={ofCount(scope, what, standing, status)} />
        </td>
      ))}
      {([false, true] as const).map((submitted) =>
        all ? (
          <td key={String(submitted)} className={`${tableStyles["n"] ?? ""} quiet`} title="No share mixes statuses: most clean subjects are screen failures.">
            {"\u2013"}
          </td>
        ) : (
          <td key={String(submitted)} className={tableStyles["n"]}>
            <Figure evidence={ofShare(scope, standing, status, submitted)} />
            {submitted || standing.interval_if === null ? null : <Interval scope={scope} standing={standing} status={status} interval={standing.interval_if} />}
          </td>
        ),
      )}
    </tr>
  );
}

/** " (20.6 to 38.2 %)", open to the subjects that the share counts. */
function Interval({ scope, standing, status, interval }: { scope: Scope; standing: Standing; status: string | null; interval: readonly [number, number] }) {
  const { unknown: _unknown, ...share } = ofShare(scope, standing, status, false);
  return (
    <span className={styles["small"]}>
      {" "}
      (<Figure evidence={{ ...share, title: "95 % interval of the clean share", value: interval[0], text: percents(interval) }} />)
    </span>
  );
}
