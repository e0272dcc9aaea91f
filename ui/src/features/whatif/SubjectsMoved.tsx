import type { WhatIf } from "@/api/types";
import { Figure } from "@/components/Figure";
import { Panel, tableStyles } from "@/components/Page";
import { ofClean, ofMembers, ofMoved, ofNamed } from "./evidence";
import { Names } from "./Names";
import { difference } from "./words";
import styles from "./WhatIf.module.css";

/** Who would be clean and is not, who would no longer be, and the same by subject status. */
export function Subjects({ study, found }: { study: string; found: WhatIf }) {
  return (
    <Panel title={`Subjects, ${found.milestone.title.toLowerCase()}`}>
      <div className={styles["stack"]}>
        <Names title="Would be clean" none="No subject becomes clean." labels={found.becomes_clean} evidence={ofNamed(found, study, "Would be clean", found.becomes_clean)} />
        <Names title="No longer clean" none="No subject stops being clean." labels={found.no_longer_clean} evidence={ofNamed(found, study, "No longer clean", found.no_longer_clean)} />
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
                <td className={tableStyles["n"]}><Figure evidence={ofMembers(found, study, status)} /></td>
                <td className={tableStyles["n"]}><Figure evidence={ofClean(found, study, "before", "strict", { status })} /></td>
                <td className={tableStyles["n"]}><Figure evidence={ofClean(found, study, "after", "strict", { status })} /></td>
                <td className={styles["told"]}>{before.clean === after.clean ? "no change" : <Figure evidence={ofMoved(found, study, "strict", { value: after.clean - before.clean, text: difference(before.clean, after.clean) }, { status })} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
