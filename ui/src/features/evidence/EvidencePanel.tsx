import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Fragment, useEffect, useRef, useState } from "react";
import { useClient } from "@/api/context";
import { definitionsQuestion } from "@/api/questions";
import { Empty, Guard } from "@/components/Conditions";
import { Day } from "@/components/Day";
import { Figure } from "@/components/Figure";
import { Icon } from "@/components/Icon";
import type { Evidence, Part } from "@/view/evidence";
import { useView } from "@/view/store";
import { number } from "@/words/numbers";
import styles from "./Evidence.module.css";
import { SourceRows } from "./SourceRows";

/** What the number that was clicked is, and what it is made of. It stands beside the page and never replaces it. */
export function EvidencePanel() {
  const { evidence, asked, back, closeEvidence } = useView();
  const shown = evidence.at(-1);
  const panel = useRef<HTMLElement>(null);
  const from = useRef<Element | null>(null);

  useEffect(() => {
    if (asked === 0) return undefined;
    from.current = document.activeElement;
    panel.current?.focus({ preventScroll: true });
    return undefined;
  }, [asked]);

  if (!shown) return null;
  function close() {
    closeEvidence();
    if (from.current instanceof HTMLElement) from.current.focus({ preventScroll: true });
  }
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label={`Evidence: ${shown.title}`}
      className={styles["panel"]}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        close();
      }}
    >
      <div className={styles["head"]}>
        {evidence.length > 1 ? (
          <button type="button" className={styles["icon"]} onClick={back}>
            <Icon name="left" size={14} /> Back
          </button>
        ) : null}
        <h2>Evidence</h2>
        <button type="button" className={styles["icon"]} onClick={close} title="Close (Esc)">
          <Icon name="cross" size={14} /> <span className="unseen">Close evidence</span>
        </button>
      </div>
      <Guard what="the evidence" resetKeys={[shown]}>
        <What evidence={shown} />
        <MadeOf key={`${asked}-${evidence.length}`} evidence={shown} />
      </Guard>
    </aside>
  );
}

function What({ evidence }: { evidence: Evidence }) {
  return (
    <div className={styles["what"]} tabIndex={0} role="group" aria-label="What it is">
      <div>
        <h3>{evidence.title}</h3>
        <span className="quiet">{evidence.scope}</span>
      </div>
      {evidence.value === null && evidence.notApplicable !== undefined ? (
        <span className={styles["value"]}>{"\u2013 not applicable"}</span>
      ) : evidence.value === null ? (
        <span className={`${styles["unknown"] ?? ""} hatched`}>
          <span>unknown</span>
        </span>
      ) : (
        <span className={styles["value"]}>
          {evidence.lowerBound ? "at least " : ""}
          {evidence.text ?? `${number(evidence.value)} ${evidence.unit ?? ""}`}
        </span>
      )}
      <p>{evidence.definition}</p>
      <dl className={styles["facts"]}>
        {evidence.asOf !== undefined ? (
          <>
            <dt>As of</dt>
            <dd>
              <Day iso={evidence.asOf} assumed={evidence.asOfAssumed ?? false} />
            </dd>
          </>
        ) : null}
        {evidence.note ? (
          <>
            <dt>Note</dt>
            <dd>{evidence.note}</dd>
          </>
        ) : null}
        {evidence.formula ? (
          <>
            <dt>Formula</dt>
            <dd>{evidence.formula}</dd>
          </>
        ) : null}
        {evidence.notApplicable ? (
          <>
            <dt>Not applicable</dt>
            <dd>{evidence.notApplicable}</dd>
          </>
        ) : null}
        {evidence.unknown ? (
          <>
            <dt>Unknown</dt>
            <dd>{evidence.unknown}</dd>
          </>
        ) : null}
      </dl>
      {evidence.code ? <Defined code={evidence.code} /> : null}
      {evidence.parts && evidence.parts.length > 0 ? <Parts title={evidence.partsTitle ?? "Parts"} parts={evidence.parts} /> : null}
    </div>
  );
}

/** Its definition, folded: why it matters, how it is computed, where that is written, and what it does not say. */
function Defined({ code }: { code: string }) {
  const client = useClient();
  const { data } = useQuery(definitionsQuestion(client));
  const found = data?.definitions.find((one) => one.code === code);
  if (!found) return null;
  return (
    <details className={styles["defined"]}>
      <summary>What it means</summary>
      <dl className={styles["facts"]}>
        {(
          [
            ["What", found.what],
            ["Why", found.why],
            ["Formula", found.formula],
            ["Example", found.example],
            ["Limits", found.limits],
            ["Source", found.source],
          ] as const
        ).map(([name, said]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{said}</dd>
          </Fragment>
        ))}
      </dl>
      <Link to="/definitions" search={{ code }}>
        Its page
      </Link>
    </details>
  );
}

function Parts({ title, parts }: { title: string; parts: readonly Part[] }) {
  return (
    <table className={styles["parts"]}>
      <thead>
        <tr>
          <th scope="col" colSpan={2}>
            {title}
          </th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part, index) => (
          <tr key={index}>
            <td>{part.label}</td>
            <td>{part.evidence ? <Figure deeper evidence={part.evidence} /> : part.value === null ? "unknown" : number(part.value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function MadeOf({ evidence }: { evidence: Evidence }) {
  const sources = evidence.sources ?? [];
  const [chosen, choose] = useState(0);
  const source = sources[chosen];
  if (!source) {
    return (evidence.parts ?? []).length > 0 ? null : (
      <Empty title="No rows stand behind this">{evidence.notApplicable !== undefined ? "What does not apply has none." : evidence.value === null ? "What is unknown has no rows. Loading the missing report would give them." : evidence.value === 0 ? "It is a count of none." : "It is computed: what it is and what from stands above."}</Empty>
    );
  }
  return (
    <div className={styles["rows"]}>
      {sources.length > 1 ? (
        <div className={styles["chips"]} role="group" aria-label="Made of">
          {sources.map((one, index) => (
            <button key={index} type="button" className={styles["chip"]} aria-pressed={index === chosen} onClick={() => choose(index)}>
              {one.label}
            </button>
          ))}
        </div>
      ) : null}
      <SourceRows key={chosen} source={source} />
    </div>
  );
}
