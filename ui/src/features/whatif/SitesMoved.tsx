import { Link } from "@tanstack/react-router";
import type { WhatIf } from "@/api/types";
import { Figure } from "@/components/Figure";
import { Panel, tableStyles } from "@/components/Page";
import { counted } from "@/words/numbers";
import { Fromto, Head } from "./BeforeAfter";
import { ofBand } from "./evidence";
import { Names } from "./Names";
import { difference } from "./words";
import styles from "./WhatIf.module.css";

const BANDS = ["green", "yellow", "red"] as const;
const MOST = 10;

function indexWords({ value, band }: { value: number | null; band: string | null }): string {
  return `${value?.toFixed(1) ?? "not computable"} (${band ?? "no band"})`;
}

/** Which sites are flagged newly or no more, and whose index is in another band. */
export function Sites({ study, found }: { study: string; found: WhatIf }) {
  const count = (band: string | null, side: "before" | "after") => found.sites.filter((one) => one[side].band === band).length;
  const moved = found.sites
    .filter((one) => one.before.band !== one.after.band)
    .sort((one, other) => Math.abs((other.after.value ?? 0) - (other.before.value ?? 0)) - Math.abs((one.after.value ?? 0) - (one.before.value ?? 0)));
  const ranked = found.sites.filter((one) => one.before.rank !== one.after.rank).length;
  return (
    <Panel title="Sites">
      <div className={styles["stack"]}>
        <Names title="Newly flagged" none="No site is newly flagged." labels={found.newly_flagged} study={study} />
        <Names title="Flagged no more" none="No flagged site is cleared." labels={found.cleared} study={study} />
        {found.silenced.length === 0 ? null : <Names title="Asked no more, and not clear: too little data" labels={found.silenced} study={study} />}
        <table className={`${tableStyles["plain"] ?? ""} ${styles["table"] ?? ""}`} aria-label="Sites by band of the Data Quality Index">
          <Head what="Index of the site" />
          <tbody>
            {[...BANDS, null].map((band) => (
              <tr key={band ?? "none"}>
                <th scope="row">{band === null ? "not computable" : `${band} (${{ green: "90 and more", yellow: "75 to 90", red: "below 75" }[band]})`}</th>
                <td className={tableStyles["n"]}><Figure evidence={ofBand(found, study, "before", band)} /></td>
                <td className={tableStyles["n"]}><Figure evidence={ofBand(found, study, "after", band)} /></td>
                <td className={styles["told"]}>{difference(count(band, "before"), count(band, "after"))}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {moved.length === 0 ? null : (
          <ul className={styles["moves"]}>
            {moved.slice(0, MOST).map((one) => (
              <li key={one.place.label}>
                <Link to="/studies/$studyId/sites/$siteId" params={{ studyId: study, siteId: one.place.site_id ?? one.place.label }} search={{}}>
                  {one.place.label}
                </Link>
                <span>
                  <Fromto before={indexWords(one.before)} after={indexWords(one.after)} />
                </span>
              </li>
            ))}
            {moved.length > MOST ? <li className="quiet">and {counted(moved.length - MOST, "site")} more in another band</li> : null}
          </ul>
        )}
        <p className="quiet">{ranked === 0 ? "No site has another rank." : `${counted(ranked, "site has", "sites have")} another rank.`}</p>
      </div>
    </Panel>
  );
}
