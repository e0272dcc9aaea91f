import type { WhatIf } from "@/api/types";
import { Panel, tableStyles } from "@/components/Page";
import { number } from "@/words/numbers";
import { Names } from "./Names";
import { difference } from "./words";
import styles from "./WhatIf.module.css";

/** Who would be clean and is not, who would no longer be, and the same by subject status. */
export function Subjects({ found }: { found: WhatIf }) {
  return (
    <Panel title={`Subjects, ${found.milestone.title.toLowerCase()}`}>
      <div className={styles["stack"]}>
        <Names title="Would be clean" none="No subject becomes clean." labels={found.becomes_clean} />
        <Names title="No longer clean" none="No subject stops being clean." labels={found.no_longer_clean} />
        <table className={`${tableStyles["plain"] ?? ""} ${styles["table"] ?? ""}`} aria-label="Clean subjects by status">
          <thead>
            <tr>
              <th scope="col">Status</th>
              <th scope="col" className={tableStyles["n"]}>
                Subjects
              </th>
              <th scope="col" className={tableStyles["n"]}>
                Clean as published
              </th>
              <th scope="col" className={tableStyles["n"]}>
                With the change
              </th>
              <th scope="col">Difference</th>
            </tr>
          </thead>
          <tbody>
            {found.strata.map(({ status, before, after }) => (
              <tr key={status ?? "unknown"}>
                <th scope="row">{status ?? "status unknown"}</th>
                <td className={tableStyles["n"]}>{number(before.members)}</td>
                <td className={tableStyles["n"]}>{number(before.clean)}</td>
                <td className={tableStyles["n"]}>{number(after.clean)}</td>
                <td className={styles["told"]}>{difference(before.clean, after.clean)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
