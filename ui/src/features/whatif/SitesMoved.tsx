import { Link } from "@tanstack/react-router";
import type { SiteIndexMove, WhatIf } from "@/api/types";
import { Figure } from "@/components/Figure";
import { Panel, tableStyles } from "@/components/Page";
import { counted } from "@/words/numbers";
import { Both, Fromto, Head } from "./BeforeAfter";
import { ofBand, ofRanked, ofSiteIndex, ofSites, type Side } from "./evidence";
import { Names } from "./Names";
import styles from "./WhatIf.module.css";

const BANDS = ["green", "yellow", "red"] as const;
const MOST = 10;

/** "81.3 (yellow)", open to its indicators. */
function Index({ study, side, one }: { study: string; side: Side; one: SiteIndexMove }) {
  const { value, band } = one[side];
  const evidence = ofSiteIndex(study, side, one);
  return (
    <>
      <Figure word="not computable" evidence={value === null ? evidence : { ...evidence, text: value.toFixed(1) }} /> ({band ?? "no band"})
    </>
  );
}

/** Which sites are flagged newly or no more, and whose index is in another band. */
export function Sites({ study, found }: { study: string; found: WhatIf }) {
  const moved = found.sites
    .filter((one) => one.before.band !== one.after.band)
    .sort((one, other) => Math.abs((other.after.value ?? 0) - (other.before.value ?? 0)) - Math.abs((one.after.value ?? 0) - (one.before.value ?? 0)));
  const ranked = ofRanked(found, study);
  return (
    <Panel title="Sites">
      <div className={styles["stack"]}>
        <Names title="Newly flagged" evidence={ofSites(found, study, "Newly flagged", "Sites without a flag as published, and with one with the change.", found.newly_flagged)} none="No site is newly flagged." labels={found.newly_flagged} study={study} />
        <Names title="Flagged no more" evidence={ofSites(found, study, "Flagged no more", "Sites with a flag as published, and without one with the change.", found.cleared)} none="No flagged site is cleared." labels={found.cleared} study={study} />
        {found.silenced.length === 0 ? null : <Names title="Asked no more, and not clear: too little data" evidence={ofSites(found, study, "Asked no more, and not clear: too little data", "Sites with a flag as published that the change no longer asks.", found.silenced)} labels={found.silenced} study={study} />}
        <table className={`${tableStyles["plain"] ?? ""} ${styles["table"] ?? ""}`} aria-label="Sites by band of the Data Quality Index">
          <Head what="Index of the site" />
          <tbody>
            {[...BANDS, null].map((band) => (
              <Both
                key={band ?? "none"}
                label={band === null ? "not computable" : `${band} (${{ green: "90 and more", yellow: "75 to 90", red: "below 75" }[band]})`}
                before={ofBand(found, study, "before", band)}
                after={ofBand(found, study, "after", band)}
              />
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
                  <Fromto before={<Index study={study} side="before" one={one} />} after={<Index study={study} side="after" one={one} />} />
                </span>
              </li>
            ))}
            {moved.length > MOST ? <li className="quiet">and {counted(moved.length - MOST, "site")} more in another band</li> : null}
          </ul>
        )}
        <p className="quiet">{ranked.value === 0 ? (
            "No site has another rank."
          ) : (
            <>
              <Figure evidence={ranked} /> {ranked.value === 1 ? "site has" : "sites have"} another rank.
            </>
          )}</p>
      </div>
    </Panel>
  );
}
