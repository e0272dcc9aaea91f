import { useMemo } from "react";
import type { Clean, CleanLine, CleanSubjects } from "@/api/types";
import { Empty } from "@/components/Conditions";
import { Figure } from "@/components/Figure";
import { StudyLink } from "@/components/Link";
import { Panel, tableStyles as styles } from "@/components/Page";
import type { Where } from "@/components/signal/evidence";
import type { Evidence } from "@/view/evidence";
import { counted, number } from "@/words/numbers";
import { type Way, waits, ways } from "./blocking";

function ofWay(where: Where, site: string, way: Way): Evidence {
  return {
    title: `${way.title}: items in the way`,
    scope: `${where.study}, ${site}`,
    value: way.items,
    code: way.code,
    definition: "Items of this criterion that stand in the way of the subjects of the site.",
    ...(way.unknown > 0 ? { lowerBound: true, unknown: `Unknown for ${counted(way.unknown, "subject")}.` } : {}),
    sources: [{ of: "measure", study: where.study, code: way.code, level: where.level, group: site, label: way.title }],
  };
}

/** What stands in the way of the site's subjects, and who must act. */
export function SiteBlockers({ where, site, answer, lines, clean }: { where: Where; site: string; answer: CleanSubjects; lines: readonly CleanLine[]; clean: Clean | undefined }) {
  const all = useMemo(() => ways(answer, lines), [answer, lines]);
  const owners = useMemo(() => waits(lines), [lines]);
  const freed = clean?.freed_by_site.find((one) => one.who === site)?.subjects;
  return (
    <Panel title={`In the way of ${answer.milestone.title.toLowerCase()}`} aside={freed === undefined ? undefined : `work of this site alone would make ${counted(freed, "subject")} clean`} padded={false}>
      {all.length === 0 ? (
        <Empty title="Nothing stands in the way">Every criterion passes or does not apply at each subject of the site.</Empty>
      ) : (
        <>
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
                    <Figure evidence={ofWay(where, site, way)} />
                  </td>
                  <td className={styles["n"]}>{number(way.failed)}</td>
                  <td className={styles["n"]}>{number(way.unknown)}</td>
                </tr>
              ))}
            </tbody>
          </table>
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
                  <td className={styles["n"]}>{number(one.subjects)}</td>
                  <td className={styles["n"]}>{one.oldest === null ? <span className="quiet">age unknown</span> : counted(one.oldest, "day")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Panel>
  );
}
