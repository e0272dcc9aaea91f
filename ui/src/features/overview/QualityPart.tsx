import type { QualityValue, Waterfall } from "@/api/types";
import { Figure } from "@/components/Figure";
import { tableStyles } from "@/components/Page";
import { State } from "@/components/State";
import { number } from "@/words/numbers";
import { BANDS } from "@/words/quality";
import { between, tenth } from "@/words/shares";
import { bound, ofCeiling, ofIndicator, ofMost, ofStep } from "@/view/quality";
import { ofIndex, type Scope } from "./evidence";
import styles from "./Overview.module.css";
import { type Axis, type Bar, drawn } from "./waterfall";

/** The index, and what takes it down from 100. */
export function QualityPart({ scope, waterfall }: { scope: Scope; waterfall: Waterfall }) {
  const { value, steps, index } = waterfall;
  const { bars, ceiling, axis } = drawn(waterfall);
  const of = { study: scope.study, index, asOf: scope.asOf };
  return (
    <>
      <div className={styles["index"]}>
        <Figure size="large" evidence={ofIndex(scope, waterfall)} word="not computable" />
        {value.band === null ? null : <State word={BANDS[value.band]} />}
        {value.band !== null && value.settled === false ? <span className={styles["small"]}>the interval reaches another band</span> : null}
        {value.interval ? <span className={styles["small"]}>90 % interval {between(value.interval)}</span> : null}
        {value.value === null ? (
          <span className={styles["small"]}>
            lies between {tenth(value.worst)} and {tenth(value.best)}
          </span>
        ) : null}
      </div>
      {value.ceiling !== null && value.at_most !== null && bound(value) ? (
        <p className={styles["foot"]}>
          <b>Never above {tenth(value.at_most)}</b>: {value.ceiling}
          {ceiling === null ? (
            <>
              ; it takes off <Figure narrow evidence={ofCeiling(of, waterfall)} /> points
            </>
          ) : null}.
        </p>
      ) : null}
      {value.missing.length > 0 ? <Missing value={value} /> : null}
      <table className={`${tableStyles["plain"] ?? ""} ${styles["waterfall"] ?? ""}`}>
        <thead>
          <tr>
            <th scope="col">Indicator</th>
            <th scope="col" className={styles["fall"]}>
              <span className={styles["axis"]}>
                <span>{number(axis.from)}</span>
                <span>{number(axis.middle)}</span>
                <span>100</span>
              </span>
            </th>
            <th scope="col" className={tableStyles["n"]}>
              Value
            </th>
            <th scope="col" className={tableStyles["n"]}>
              Points off
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step, at) => (
            <tr key={step.code}>
              <td title={step.formula}>{step.title}</td>
              <td className={styles["fall"]}>
                <Drawn axis={axis} bar={bars[at]} />
              </td>
              <td className={tableStyles["n"]}>
                <Figure narrow evidence={ofIndicator(of, step)} />
              </td>
              <td className={`${tableStyles["n"] ?? ""} ${styles["whole"] ?? ""}`}>
                <Figure narrow evidence={ofStep(of, step)} /> <span className={styles["small"]}>of <Figure evidence={ofMost(of, step)} /></span>
              </td>
            </tr>
          ))}
          {ceiling === null ? null : (
            <tr>
              <td data-plain="words">Ceiling: {value.ceiling}</td>
              <td className={styles["fall"]}>
                <Drawn axis={axis} bar={ceiling} />
              </td>
              <td />
              <td className={tableStyles["n"]}>
                <Figure evidence={ofCeiling(of, waterfall)} />
              </td>
            </tr>
          )}
          <tr className={styles["total"]}>
            <td>
              <b>Data Quality Index</b>
            </td>
            <td className={styles["fall"]}>
              <Ends axis={axis} value={value} />
            </td>
            <td />
            <td className={tableStyles["n"]}>
              <Figure evidence={ofIndex(scope, waterfall)} />
            </td>
          </tr>
        </tbody>
      </table>
    </>
  );
}

function Drawn({ axis, bar }: { axis: Axis; bar: Bar | undefined }) {
  if (!bar) return null;
  return (
    <div className={styles["lane"]} aria-hidden="true">
      <i className={bar.unknown ? `${styles["unknown"] ?? ""} hatched` : styles["off"]} style={{ left: `${axis.at(bar.from)}%`, width: `max(1px, ${axis.at(bar.to) - axis.at(bar.from)}%)` }} />
    </div>
  );
}

/** Where the index ends: a mark with its interval, or the range in which it can be. */
function Ends({ axis, value }: { axis: Axis; value: QualityValue }) {
  if (value.value === null) return <Drawn axis={axis} bar={{ from: value.worst, to: value.best, unknown: true }} />;
  return (
    <div className={styles["lane"]} aria-hidden="true">
      {value.interval ? <i className={styles["whisker"]} style={{ left: `${axis.at(value.interval[0])}%`, width: `${axis.at(value.interval[1]) - axis.at(value.interval[0])}%` }} /> : null}
      <i className={styles["end"]} style={{ left: `${axis.at(value.value)}%` }} />
    </div>
  );
}

/** Why it is not computable: what is missing, brought together by its reason. */
function Missing({ value }: { value: QualityValue }) {
  const reasons = new Map<string, string[]>();
  for (const { title, reason } of value.missing) reasons.set(reason, [...(reasons.get(reason) ?? []), title]);
  return (
    <ul className={styles["missing"]}>
      {[...reasons].map(([reason, titles]) => (
        <li key={reason}>
          <b>{reason}</b> <span className="quiet">{titles.length === value.missing.length && titles.length > 3 ? `leaves all ${titles.length} indicators unknown` : titles.join(", ")}</span>
        </li>
      ))}
    </ul>
  );
}
