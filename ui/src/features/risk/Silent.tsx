import type { Kri } from "@/api/types";
import { tableStyles } from "@/components/Page";
import { counted } from "@/words/numbers";
import styles from "./Risk.module.css";

/** Indicators that say nothing in this study, each with its reason. Their columns stand in the background. */
export function Silent({ kris }: { kris: readonly Kri[] }) {
  const silent = kris.filter((kri) => kri.scored === 0);
  if (silent.length === 0) return null;
  return (
    <details>
      <summary>
        {counted(silent.length, "indicator")} of {kris.length} silent: why
      </summary>
      <div className={styles["silent"]} tabIndex={0} role="group" aria-label="Silent indicators">
        <table className={tableStyles["plain"]}>
          <thead>
            <tr>
              <th scope="col">Indicator</th>
              <th scope="col">Why no site has a score</th>
            </tr>
          </thead>
          <tbody>
            {silent.map((kri) => (
              <tr key={kri.code}>
                <td>{kri.title}</td>
                <td>{kri.silent}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
