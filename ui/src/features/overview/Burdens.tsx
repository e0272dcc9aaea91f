import type { Burden, Clean } from "@/api/types";
import { Empty } from "@/components/Conditions";
import { Figure } from "@/components/Figure";
import { counted, number } from "@/words/numbers";
import { ofBurden } from "./evidence";
import styles from "./Overview.module.css";

const AGES = ["up to 30 days", "31 to 60 days", "61 to 90 days", "over 90 days", "age unknown"] as const;
const HEADS = ["\u2264 30 d", "31\u201360", "61\u201390", "> 90", "?"] as const;

/** What waits for whom and how old it is; then who frees most subjects by its own work alone. */
export function Burdens({ study, clean }: { study: string; clean: Clean }) {
  if (clean.burdens.length === 0) return <Empty title="Nothing waits">No criterion of this milestone fails for any subject.</Empty>;
  const owners = new Map<string, Burden[]>();
  for (const burden of clean.burdens) owners.set(burden.owner, [...(owners.get(burden.owner) ?? []), burden]);
  const lines = [...owners].map(([owner, burdens]) => ({ owner, burdens, items: total(burdens) })).sort((a, b) => b.items - a.items);
  const title = (code: string) => clean.criteria.find((one) => one.code === code)?.title ?? code;
  return (
    <>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">Owner</th>
            <th scope="col" className={styles["number"]}>
              Items
            </th>
            {HEADS.map((head, index) => (
              <th key={head} scope="col" className={styles["number"]} title={AGES[index]}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ owner, burdens, items }) => {
            const codes = [...new Set(burdens.map((one) => one.criterion))].map((code) => ({ code, title: title(code) }));
            const sources = [...new Set(burdens.map((one) => one.owner_source))];
            return (
              <tr key={owner}>
                <td>
                  <b>{owner}</b> <span className={styles["why"]}>({sources.join(", ")})</span>
                  <div className={styles["why"]}>{codes.map((one) => one.title.toLowerCase()).join(", ")}</div>
                </td>
                <td className={styles["number"]}>
                  <Figure evidence={ofBurden(study, owner, items, codes)} />
                </td>
                {AGES.map((age) => {
                  const of = total(burdens.filter((one) => one.age === age));
                  return (
                    <td key={age} className={styles["number"]}>
                      {of === 0 ? <span className="quiet">0</span> : number(of)}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
      <div className={styles["choose"]}>
        {clean.freed_by_owner.length === 0 ? (
          <span className="quiet">Nobody is one step from clean.</span>
        ) : (
          <>
            <span>
              Would free most: {clean.freed_by_owner.slice(0, 3).map((one) => `${one.who} ${counted(one.subjects, "subject")}`).join(", ")}
            </span>
            <span>by site: {clean.freed_by_site.slice(0, 3).map((one) => `${one.who} ${number(one.subjects)}`).join(", ")}</span>
          </>
        )}
      </div>
    </>
  );
}

function total(burdens: readonly Burden[]): number {
  return burdens.reduce((sum, one) => sum + one.items, 0);
}
