import type { Waterfall } from "@/api/types";
import { Figure } from "@/components/Figure";
import { Panel, tableStyles as styles } from "@/components/Page";
import { State } from "@/components/State";
import type { Where } from "@/components/signal/evidence";
import { ofQuality } from "@/components/signal/quality";
import type { Evidence } from "@/view/evidence";
import { number } from "@/words/numbers";
import { oneDecimal } from "@/words/signals";
import { wordFor } from "@/words/vocabulary";
import own from "./Site.module.css";
import { BANDS } from "@/words/quality";

type Step = Waterfall["steps"][number];

function ofStep(where: Where, waterfall: Waterfall, step: Step): Evidence {
  const group = waterfall.value.place.label;
  return {
    title: `${step.title}: points off`,
    scope: `${where.study}, ${group}`,
    value: step.points,
    ...(step.points === null ? { unknown: step.reason ?? "A report that it needs is missing." } : { text: oneDecimal(step.points) }),
    definition: `At most ${oneDecimal(step.most)} points, all of them from ${number(step.cap)} ${step.unit} on.`,
    formula: `100 x ${number(step.weight)} x min(1, value / ${number(step.cap)}); value = ${step.formula}`,
    note: step.value === null ? `The value is ${step.state}.` : `Value ${number(step.value)} ${step.unit}${step.numerator === null || step.denominator === null ? "" : `: ${number(step.numerator)} of ${number(step.denominator)}`}.`,
    code: `dqi_${waterfall.index}`,
    sources: step.points === null ? [] : [{ of: "measure", study: where.study, code: `dqi_${waterfall.index}.${step.code}`, level: where.level, group, label: step.title }],
  };
}

/** From 100 down to the index: what each indicator takes off at this site. */
export function SiteQuality({ where, waterfall }: { where: Where; waterfall: Waterfall }) {
  const { value } = waterfall;
  const steps = [...waterfall.steps].sort((a, b) => (b.points ?? Infinity) - (a.points ?? Infinity));
  const rank = value.rank === null ? "no rank: the index is unknown" : `rank ${number(value.rank)} of ${number(value.ranked ?? 0)} from the lowest`;
  return (
    <Panel title="Data quality index" aside={`${rank}${value.interval ? `; 90 % interval ${oneDecimal(value.interval[0])} to ${oneDecimal(value.interval[1])}` : ""}`} padded={false}>
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
              <td className={styles["n"]} title={step.unit}>
                {step.value === null ? <span className="quiet">{step.reason ?? step.state}</span> : number(step.value)}
              </td>
              <td className={styles["n"]}>
                <Figure narrow evidence={ofStep(where, waterfall, step)} />
              </td>
              <td className={styles["n"]}>{oneDecimal(step.most)}</td>
            </tr>
          ))}
          {value.ceiling === null || value.ceiling_effect === 0 ? null : (
            <tr>
              <td colSpan={2}>
                Ceiling of {value.at_most === null ? "unknown" : oneDecimal(value.at_most)}: {value.ceiling}
              </td>
              <td className={styles["n"]}>{value.ceiling_effect === null ? <span className="quiet">unknown</span> : oneDecimal(value.ceiling_effect)}</td>
              <td />
            </tr>
          )}
          <tr className={own["sum"]}>
            <td colSpan={2}>Index {value.band === null ? null : <State word={wordFor(BANDS, value.band)} bare />}</td>
            <td className={styles["n"]}>
              <Figure evidence={ofQuality(where, value)} />
            </td>
            <td className={styles["n"]}>{value.value === null ? `${oneDecimal(value.worst)} to ${oneDecimal(value.best)}` : ""}</td>
          </tr>
        </tbody>
      </table>
    </Panel>
  );
}
