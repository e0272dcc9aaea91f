import { Fragment } from "react";
import type { Definition, Gap } from "@/api/types";
import { State } from "@/components/State";
import styles from "./Definitions.module.css";

/** One definition: what it counts, why, how, an example, and what it does not say. */
export function DefinitionPart({ definition, known, onOpen }: { definition: Definition; known: readonly Definition[]; onOpen: (code: string) => void }) {
  const said = [
    ["What", definition.what],
    ["Why it matters", definition.why],
    ["Formula", definition.formula],
    ["Unit", definition.unit],
    ["Example", definition.example],
    ["Limits", definition.limits],
    ["Source", definition.source],
  ] as const;
  const titles = new Map(known.map((one) => [one.code, one.title]));
  return (
    <article>
      <h2>{definition.title}</h2>
      <p className="quiet">
        {definition.kind} <code>{definition.code}</code>
      </p>
      <dl className={styles["facts"]}>
        {said
          .filter(([, text]) => text !== "")
          .map(([name, text]) => (
            <Fragment key={name}>
              <dt>{name}</dt>
              <dd>{name === "Formula" ? <code>{text}</code> : text}</dd>
            </Fragment>
          ))}
        {definition.facts.map((fact) => (
          <Fragment key={fact.name}>
            <dt>{fact.name.charAt(0).toUpperCase() + fact.name.slice(1)}</dt>
            <dd>
              {fact.told.map((one) => (
                <div key={one}>
                  {titles.has(one) ? (
                    <button type="button" className={styles["other"]} onClick={() => onOpen(one)}>
                      {titles.get(one)}
                    </button>
                  ) : (
                    one
                  )}
                </div>
              ))}
            </dd>
          </Fragment>
        ))}
      </dl>
    </article>
  );
}

/** A number that does not exist, why, and what would make it one. */
export function GapPart({ gap }: { gap: Gap }) {
  return (
    <article>
      <h2>{gap.title}</h2>
      <p>
        <State word={{ word: "cannot be computed", tone: "unknown", meaning: "These exports do not tell it, so no number of it exists." }} />
      </p>
      <dl className={styles["facts"]}>
        <dt>Why</dt>
        <dd>{gap.why}</dd>
        <dt>What is needed</dt>
        <dd>{gap.needed}</dd>
        <dt>Source</dt>
        <dd>{gap.source}</dd>
      </dl>
    </article>
  );
}
