/** Where a person changes what a study is measured by: thresholds, weights and caps, gates, targets. */
import { useState } from "react";
import type { WhatIf, WhatIfPlan } from "@/api/types";
import { Panel } from "@/components/Page";
import { number } from "@/words/numbers";
import { withEntry } from "./change";
import { NumberField } from "./NumberField";
import { Scores } from "./Scores";
import type { Tried } from "./useTried";
import styles from "./WhatIf.module.css";

interface Props {
  plan: WhatIfPlan;
  tried: Tried;
  study: string;
  /** What the change comes to, once it is worked out. */
  found: WhatIf | undefined;
}

export function Controls(props: Props) {
  return (
    <div className={styles["controls"]}>
      <Thresholds {...props} />
      <Gates {...props} />
      <Weights {...props} />
      <Targets {...props} />
    </div>
  );
}

const SIDES: Readonly<Record<string, string>> = { high: "the high side", low: "the low side", both: "both sides" };

function Thresholds({ plan, tried, study, found }: Props) {
  const { limits } = tried.shown;
  const [picked, setPicked] = useState(() => Object.keys(limits)[0]);
  const silent = (code: string) => found?.kris.find((one) => one.code === code)?.before.scored === 0;
  // Until one is picked: the first that has a score at all.
  const chosen = picked ?? plan.kris.find((one) => !silent(one.code))?.code ?? plan.kris[0]?.code ?? "";
  const kri = plan.kris.find((one) => one.code === chosen);
  if (!kri) return null;
  const now = limits[chosen] ?? { amber: kri.amber, red: kri.red, accrual: null };
  const accrual = now.accrual ?? kri.accrual;
  const set = (next: Partial<typeof now>) => {
    setPicked(chosen);
    const all = { ...now, ...next };
    const same = all.amber === kri.amber && all.red === kri.red && (all.accrual ?? kri.accrual) === kri.accrual;
    tried.move(withEntry(tried.shown, "limits", chosen, same ? undefined : all));
  };
  return (
    <Panel title="Thresholds of an indicator" aside={`flags on ${SIDES[kri.direction] ?? kri.direction}`}>
      <div className={styles["stack"]}>
        <label className={styles["choose"]}>
          Indicator
          <select value={chosen} onChange={(event) => setPicked(event.currentTarget.value)}>
            {plan.kris.map((one) => (
              <option key={one.code} value={one.code}>
                {`${one.code} ${one.title}${one.code in limits ? " (changed)" : silent(one.code) ? " (no score)" : ""}`}
              </option>
            ))}
          </select>
        </label>
        <Scores key={chosen} study={study} code={chosen} direction={kri.direction} amber={now.amber} red={now.red} />
        <NumberField key={`${chosen} amber`} label="Amber from a score of" value={now.amber} published={kri.amber} min={0.5} max={6} step={0.1} onValue={(amber) => set({ amber })} />
        <NumberField key={`${chosen} red`} label="Red from a score of" value={now.red} published={kri.red} min={0.5} max={8} step={0.1} onValue={(red) => set({ red })} />
        <NumberField key={`${chosen} accrual`} label={`Asked from a ${kri.accrual_of.toLowerCase()} of`} value={accrual} published={kri.accrual} min={0} max={Math.max(50, kri.accrual * 5)} step={1} onValue={(least) => set({ accrual: least === kri.accrual ? null : least })} />
        {now.amber >= now.red ? <p className={styles["wrong"]}>Amber must be below red.</p> : null}
        <p className="quiet">Red also needs that the flag survives the number of questions asked (q at most 0.05). Another least amount changes who is asked, and with it what is usual.</p>
      </div>
    </Panel>
  );
}

function Gates({ plan, tried }: Props) {
  const milestone = plan.milestones.find((one) => one.code === tried.milestone);
  const gates = tried.shown.gates[tried.milestone] ?? milestone?.gates ?? [];
  const set = (code: string, on: boolean) => {
    const next = plan.criteria.map((one) => one.code).filter((one) => (one === code ? on : gates.includes(one)));
    const same = milestone !== undefined && next.length === milestone.gates.length && next.every((one) => milestone.gates.includes(one));
    tried.move(withEntry(tried.shown, "gates", tried.milestone, same ? undefined : next));
  };
  return (
    <Panel title="Gates of a milestone" aside={`${gates.length} of ${plan.criteria.length}`}>
      <div className={styles["stack"]}>
        <label className={styles["choose"]}>
          Milestone
          <select value={tried.milestone} onChange={(event) => tried.setMilestone(event.currentTarget.value)}>
            {plan.milestones.map((one) => (
              <option key={one.code} value={one.code}>
                {one.title}
              </option>
            ))}
          </select>
        </label>
        <fieldset className={styles["gates"]}>
          <legend>A subject is clean when these pass</legend>
          {plan.criteria.map(({ code, title }) => (
            <label key={code}>
              <input type="checkbox" checked={gates.includes(code)} onChange={(event) => set(code, event.currentTarget.checked)} />
              {title} {milestone && milestone.gates.includes(code) !== gates.includes(code) ? <span className={styles["was"]}>{gates.includes(code) ? "(added)" : "(left out)"}</span> : null}
            </label>
          ))}
        </fieldset>
        {gates.length === 0 ? <p className={styles["wrong"]}>A milestone that asks for nothing is none: choose at least one.</p> : null}
      </div>
    </Panel>
  );
}

const DIMENSIONS: Readonly<Record<string, string>> = { visits: "Visits", queries: "Queries", conformance: "Conformance", safety: "Safety" };

function Weights({ plan, tried, found }: Props) {
  const { weights, caps } = tried.shown;
  const dimensions = [...new Set(plan.index.map((one) => one.dimension))];
  const published = (dimension: string) => plan.index.filter((one) => one.dimension === dimension).reduce((sum, one) => sum + one.weight, 0);
  const effective = (dimension: string) => found?.weights.filter((one) => one.dimension === dimension).reduce((sum, one) => sum + one.weight_after, 0);
  const given = Object.values(weights).reduce((sum, one) => sum + one, 0);
  const single = plan.index.filter((one) => one.code in weights).map((one) => one.code);
  return (
    <Panel title="Weights of the Data Quality Index" aside={Object.keys(weights).length === 0 ? "as published" : `${number(Math.round(given * 1000) / 10)} % set, the others share the rest`}>
      <div className={styles["stack"]}>
        {dimensions.map((dimension) => {
          const own = weights[dimension];
          const value = own ?? effective(dimension) ?? published(dimension);
          return (
            <div key={dimension} className={styles["setting"]}>
              <NumberField
                label={DIMENSIONS[dimension] ?? dimension}
                value={value * 100}
                published={published(dimension) * 100}
                min={0}
                max={100}
                step={1}
                unit=" %"
                digits={1}
                onValue={(percent) => tried.move(withEntry(tried.shown, "weights", dimension, percent / 100))}
              />
              {own === undefined ? null : (
                <button type="button" className={styles["reset"]} onClick={() => tried.move(withEntry(tried.shown, "weights", dimension, undefined))}>
                  Let {DIMENSIONS[dimension] ?? dimension} share the rest
                </button>
              )}
            </div>
          );
        })}
        {single.length > 0 ? <p className="quiet">Also set one by one: {single.map((code) => `${code} ${number((weights[code] ?? 0) * 100)} %`).join(", ")}.</p> : null}
        <details className={styles["more"]}>
          <summary>Caps{Object.keys(caps).length === 0 ? "" : `, ${Object.keys(caps).length} changed`}: from where on an indicator costs its whole weight</summary>
          <div className={styles["stack"]}>
            {plan.index.map(({ code, title, unit, cap }) => (
              <NumberField
                key={code}
                label={`${title}, ${unit}`}
                value={caps[code] ?? cap}
                published={cap}
                min={cap / 20}
                max={cap * 4}
                step={cap / 20}
                onValue={(value) => tried.move(withEntry(tried.shown, "caps", code, value === cap ? undefined : value))}
              />
            ))}
          </div>
        </details>
      </div>
    </Panel>
  );
}

function Targets({ plan, tried }: Props) {
  const { targets } = tried.shown;
  return (
    <Panel title="Targets of readiness" aside="share of the population that must be clean">
      <div className={styles["stack"]}>
        {plan.targets.map(({ code, title, target }) => (
          <NumberField
            key={code}
            label={title}
            value={(targets[code] ?? target) * 100}
            published={target * 100}
            min={1}
            max={100}
            step={1}
            unit=" %"
            digits={1}
            onValue={(percent) => tried.move(withEntry(tried.shown, "targets", code, percent === target * 100 ? undefined : percent / 100))}
          />
        ))}
      </div>
    </Panel>
  );
}
