import { useMemo } from "react";
import type { Clean, CleanLine, CleanSubjects } from "@/api/types";
import { Empty } from "@/components/Conditions";
import { Figure } from "@/components/Figure";
import { StudyLink } from "@/components/Link";
import { Panel, tableStyles as styles } from "@/components/Page";
import { criteriaOf } from "@/view/subject";
import { waits, ways } from "./blocking";
import { type At, ofFreed, ofOldestOf, ofOwned, ofStanding, ofWay } from "./evidence";

/** What stands in the way of the site's subjects, and who must act. */
export function SiteBlockers({ at, answer, lines, clean }: { at: At; answer: CleanSubjects; lines: readonly CleanLine[]; clean: Clean | undefined }) {
  const { where, site, asOf } = at;
  const all = useMemo(() => ways(answer, lines), [answer, lines]);
  const owners = useMemo(() => waits(lines), [lines]);
  const criteria = useMemo(() => criteriaOf(answer), [answer]);
  const freed = clean?.freed_by_site.find((one) => one.who === site)?.subjects;
  return (
    <Panel title={`In the way of ${answer.milestone.title.toLowerCase()}`} aside={freed === undefined ? undefined : <>work of this site alone would make <Figure evidence={ofFreed(at, freed)} unit={freed === 1 ? "subject" : "subjects"} /> clean</>} padded={false}>
      {all.length === 0 ? (
        <Empty title="Nothing stands in the way">Every criterion passes or does not apply at each subject of the site.</Empty>
      ) : (
        <>
          <div className={styles["scroll"]}>
            <table className={styles["plain"]}>
              <thead>
                <tr>
                  <th scope="col">Criterion</th>
                  <th scope="col" className={styles["n"]}>
                    Items
                  </th>
                  <th scope="col" className={styles["n"]}>
                    Subjects
                  </th>
                  <th scope="col" className={styles["n"]}>
                    Unknown
                  </th>
                </tr>
              </thead>
              <tbody>
                {all.map((way) => (
                  <tr key={way.code}>
                    <td>
                      {way.title} {way.gate ? null : <span className="quiet">(only shown)</span>}
                    </td>
                    <td className={styles["n"]}>
                      <Figure evidence={ofWay(at, way)} />
                    </td>
                    <td className={styles["n"]}>
                      <Figure evidence={ofStanding(at, way, "fail")} />
                    </td>
                    <td className={styles["n"]}>
                      <Figure evidence={ofStanding(at, way, "unknown")} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <div className={styles["scroll"]}>
            <table className={styles["plain"]}>
              <thead>
                <tr>
                  <th scope="col">Owns the most of it</th>
                  <th scope="col" className={styles["n"]}>
                    Subjects
                  </th>
                  <th scope="col" className={styles["n"]}>
                    Oldest item
                  </th>
                </tr>
              </thead>
              <tbody>
                {owners.map((one) => (
                  <tr key={one.owner}>
                    <td>
                      <StudyLink study={where.study} search={{ view: "clean", filter: [`site_id:=${site}`, `owner:${one.owner}`] }}>
                        {one.owner}
                      </StudyLink>
                    </td>
                    <td className={styles["n"]}>
                      <Figure evidence={ofOwned(at, one)} />
                    </td>
                    <td className={styles["n"]}>
                      <Figure word="age unknown" evidence={ofOldestOf(at, one, { study: where.study, asOf, reasons: answer.reasons }, criteria)} unit={one.oldest === 1 ? "day" : "days"} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Panel>
  );
}
