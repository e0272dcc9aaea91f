import type { Waterfall } from "@/api/types";
import { Figure } from "@/components/Figure";
import { Panel, tableStyles as styles } from "@/components/Page";
import { State } from "@/components/State";
import type { Where } from "@/components/signal/evidence";
import { bound, ofCeiling, ofIndicator, ofMost, ofQuality, ofRange, ofStep } from "@/view/quality";
import { number } from "@/words/numbers";
import { oneDecimal } from "@/words/signals";
import { wordFor } from "@/words/vocabulary";
import own from "./Site.module.css";
import { BANDS } from "@/words/quality";

/** From 100 down to the index: what each indicator takes off at this site. */
export function SiteQuality({ where, waterfall }: { where: Where; waterfall: Waterfall }) {
  const { value } = waterfall;
  const of = { ...where, group: value.place.label, index: waterfall.index, asOf: value.as_of };
  const steps = [...waterfall.steps].sort((a, b) => (b.points ?? Infinity) - (a.points ?? Infinity));
  const rank = value.rank === null ? "no rank: the index is unknown" : `rank ${number(value.rank)} of ${number(value.ranked ?? 0)} from the lowest`;
  return (
    <Panel title="Data Quality Index" aside={`${rank}${value.interval ? `; 90 % interval ${oneDecimal(value.interval[0])} to ${oneDecimal(value.interval[1])}` : ""}`} padded={false}>
      <div className={styles["scroll"]}>
        <table className={styles["plain"]}>
          <thead>
            <tr>
              <th scope="col">From 100, less</th>
              <th scope="col" className={styles["n"]}>
                Value
              </th>
              <th scope="col" className={styles["n"]}>
                Points
              </th>
              <th scope="col" className={styles["n"]}>
                At most
              </th>
            </tr>
          </thead>
          <tbody>
            {steps.map((step) => (
              <tr key={step.code}>
                <td title={step.formula}>{step.title}</td>
                <td className={styles["n"]}>
                  <Figure narrow evidence={ofIndicator(of, step)} />
                </td>
                <td className={styles["n"]}>
                  <Figure narrow evidence={ofStep(of, step)} />
                </td>
                <td className={styles["n"]}>
                  <Figure evidence={{ ...ofMost(of, step), text: oneDecimal(step.most) }} />
                </td>
              </tr>
            ))}
            {value.ceiling === null || !bound(value) ? null : (
              <tr>
                <td colSpan={2} data-plain="words">
                  Ceiling of {value.at_most === null ? "unknown" : oneDecimal(value.at_most)}: {value.ceiling}
                </td>
                <td className={styles["n"]}>
                  <Figure narrow evidence={ofCeiling(of, waterfall)} />
                </td>
                <td />
              </tr>
            )}
            <tr className={own["sum"]}>
              <td colSpan={2}>Index {value.band === null ? null : <State word={wordFor(BANDS, value.band)} bare />}</td>
              <td className={styles["n"]}>
                <Figure evidence={ofQuality(of, value)} />
              </td>
              <td className={styles["n"]}>{value.value === null ? <Figure evidence={ofRange(of, value)} /> : null}</td>
            </tr>
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
