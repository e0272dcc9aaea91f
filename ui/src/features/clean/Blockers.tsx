import { useMemo, useState } from "react";
import type { Blocker, CleanSubject } from "@/api/types";
import { RefLink } from "@/components/Link";
import { State } from "@/components/State";
import { VirtualList } from "@/components/VirtualList";
import { OWNER_SOURCES, URGENCY_WORDS } from "@/words/clean";
import { counted, number } from "@/words/numbers";
import styles from "./Clean.module.css";

/** Every row in the way of a subject: what to do, who, since when, how urgent, and the way to its cell. */
export function Blockers({ answer }: { answer: CleanSubject }) {
  const { blockers, criteria } = answer;
  const [owner, choose] = useState<string | null>(null);
  const owners = useMemo(() => {
    const counts = new Map<string, number>();
    for (const one of blockers) counts.set(one.owner, (counts.get(one.owner) ?? 0) + 1);
    return [...counts].sort(([, a], [, b]) => b - a);
  }, [blockers]);
  const shown = owner === null ? blockers : blockers.filter((one) => one.owner === owner);
  const titles = useMemo(() => new Map(criteria.map(({ code, title, gate }) => [code, gate ? title : `${title} (not needed at this milestone)`])), [criteria]);
  return (
    <>
      <div className={styles["blockersHead"]}>
        <h3>{counted(blockers.length, "row")} in the way</h3>
        <label className={styles["choice"]}>
          <span className="quiet">for</span>
          <select value={owner ?? ""} data-set={owner !== null} onChange={(event) => choose(event.target.value === "" ? null : event.target.value)}>
            <option value="">anyone ({number(blockers.length)})</option>
            {owners.map(([name, count]) => (
              <option key={name} value={name}>
                {name} ({number(count)})
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className={styles["blockers"]}>
        <VirtualList label="Rows in the way" items={shown} itemKey={(one, index) => `${one.criterion}-${one.ref}-${index}`} estimate={50}>
          {(one) => <Row blocker={one} criterion={titles.get(one.criterion) ?? one.criterion} />}
        </VirtualList>
      </div>
    </>
  );
}

function Row({ blocker, criterion }: { blocker: Blocker; criterion: string }) {
  const source = OWNER_SOURCES[blocker.owner_source];
  return (
    <div className={styles["blocker"]}>
      <span className={styles["next"]}>{blocker.next_action}</span>
      {blocker.days === null ? (
        <span className={`${styles["unknownAge"] ?? ""} hatched`} title="The row has no date from which its age could be counted.">
          <span>age unknown</span>
        </span>
      ) : (
        <span className={styles["age"]}>{counted(blocker.days, "day")}</span>
      )}
      <span className={styles["who"]}>
        <b>{blocker.owner}</b> <span title={source.meaning}>{source.word}</span> {"\u00b7"} <span title={blocker.state === "" ? criterion : `${criterion}, ${blocker.state}`}>{criterion}</span>
      </span>
      <span className={styles["ends"]}>
        <State word={URGENCY_WORDS[blocker.urgency]} bare />
        <RefLink to={blocker.ref} />
      </span>
    </div>
  );
}
