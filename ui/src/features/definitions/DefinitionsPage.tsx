/** What every number means, and what these exports cannot tell. */

import { useQuery } from "@tanstack/react-query";
import { Fragment, useEffect, useRef, useState } from "react";
import { useClient } from "@/api/context";
import { definitionsQuestion } from "@/api/questions";
import type { Definition, Definitions, Gap } from "@/api/types";
import { Answered, Empty } from "@/components/Conditions";
import { PageFrame } from "@/components/Page";
import { usePageSearch } from "@/view/asOf";
import { counted } from "@/words/numbers";
import styles from "./Definitions.module.css";

const HEADINGS: Readonly<Record<string, string>> = {
  criterion: "Criteria of Clean Patient Status",
  "key risk indicator": "Key risk indicators",
  index: "Data quality indices",
  feature: "Engineered features and the forecast",
  count: "Counts",
  ratio: "Ratios",
  spread: "Spreads",
};

export function DefinitionsPage() {
  const client = useClient();
  const question = useQuery(definitionsQuestion(client));
  return (
    <PageFrame title="Definitions" facts={question.data ? <span>{counted(question.data.definitions.length, "definition")}</span> : null}>
      <Answered question={question} what="the definitions" rows={14}>
        {(found) => <All found={found} />}
      </Answered>
    </PageFrame>
  );
}

function All({ found }: { found: Definitions }) {
  const { code } = usePageSearch();
  const [asked, setAsked] = useState("");
  const wanted = asked.trim().toLowerCase();
  const fits = (...texts: readonly string[]) => wanted === "" || texts.some((text) => text.toLowerCase().includes(wanted));
  const kept = found.definitions.filter((one) => fits(one.code, one.title, one.what));
  const gaps = found.gaps.filter((one) => fits(one.code, one.title, one.why));
  return (
    <div>
      <input className={styles["search"]} type="search" aria-label="Search the definitions" placeholder="Name, code or words of a definition" value={asked} onChange={(event) => setAsked(event.currentTarget.value)} />
      <span className="quiet" role="status">
        {" "}
        {counted(kept.length + gaps.length, "entry", "entries")}
      </span>
      {Object.entries(HEADINGS).map(([kind, heading]) => {
        const here = kept.filter((one) => one.kind === kind);
        return here.length === 0 ? null : (
          <section key={kind} aria-label={heading}>
            <h2 className={styles["group"]}>{heading}</h2>
            {here.map((one) => (
              <One key={one.code} one={one} open={one.code === code} />
            ))}
          </section>
        );
      })}
      {gaps.length === 0 ? null : (
        <section aria-label="Not computable">
          <h2 className={styles["group"]}>Not computable from these exports</h2>
          {gaps.map((one) => (
            <NotThere key={one.code} one={one} open={one.code === code} />
          ))}
        </section>
      )}
      {kept.length + gaps.length === 0 ? <Empty title="Nothing is called so">Try a shorter word, or a code such as op01 or Q.</Empty> : null}
    </div>
  );
}

function One({ one, open }: { one: Definition; open: boolean }) {
  const place = useShown(open);
  const facts: readonly (readonly [string, string])[] = [
    ["What", one.what],
    ["Why it matters", one.why],
    ["Formula", one.formula],
    ["Unit", one.unit],
    ["Example", one.example],
    ["Limits", one.limits],
    ...one.facts.map((fact) => [fact.name.charAt(0).toUpperCase() + fact.name.slice(1), fact.told.join("; ") || "none"] as const),
    ["Source", one.source],
  ];
  return (
    <details ref={place} className={styles["item"]} open={open} id={one.code}>
      <summary>
        <b>{one.title}</b> <code>{one.code}</code> <span className="quiet">{one.unit}</span>
      </summary>
      <Facts facts={facts} />
    </details>
  );
}

function NotThere({ one, open }: { one: Gap; open: boolean }) {
  const place = useShown(open);
  return (
    <details ref={place} className={styles["item"]} open={open} id={one.code}>
      <summary>
        <b>{one.title}</b> <code>{one.code}</code>
      </summary>
      <Facts
        facts={[
          ["Why not", one.why],
          ["Needed", one.needed],
          ["Source", one.source],
        ]}
      />
    </details>
  );
}

function Facts({ facts }: { facts: readonly (readonly [string, string])[] }) {
  return (
    <dl className={styles["facts"]}>
      {facts.map(([name, said]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{said}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** The one that the address names is brought into view. */
function useShown(open: boolean) {
  const place = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (open) place.current?.scrollIntoView({ block: "center" });
  }, [open]);
  return place;
}
