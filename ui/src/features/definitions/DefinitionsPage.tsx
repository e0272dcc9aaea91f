import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { useClient } from "@/api/context";
import { definitionsQuestion } from "@/api/questions";
import type { Definitions } from "@/api/types";
import { Answered, Empty } from "@/components/Conditions";
import { PageFrame } from "@/components/Page";
import { usePageSearch } from "@/view/asOf";
import type { Search } from "@/view/search";
import { counted, number } from "@/words/numbers";
import { DefinitionPart, GapPart } from "./DefinitionPart";
import styles from "./Definitions.module.css";
import { found, GAPS, type Shelf, shelves } from "./shelves";

/** What every number means, and which numbers cannot be had. */
export function DefinitionsPage() {
  const question = useQuery(definitionsQuestion(useClient()));
  return (
    <PageFrame title="Definitions" full facts={<span>what each number means, how it is computed, and what cannot be</span>}>
      <Answered question={question} what="the definitions" rows={14}>
        {(answer) => <Shelves answer={answer} />}
      </Answered>
    </PageFrame>
  );
}

function Shelves({ answer }: { answer: Definitions }) {
  const { code, view } = usePageSearch();
  const [asked, setAsked] = useState("");
  const navigate = useNavigate();
  const id = useId();
  const all = useMemo(() => shelves(answer), [answer]);
  const listed = useMemo(() => found(all, asked, view), [all, asked, view]);
  const count = listed.reduce((sum, shelf) => sum + shelf.entries.length, 0);
  const first = listed[0]?.entries[0]?.code;
  const shown = code ?? first;
  const definition = answer.definitions.find((one) => one.code === shown);
  const gap = answer.gaps.find((one) => one.code === shown);
  const go = (change: Partial<Search>) => void navigate({ to: ".", replace: true, search: (old: Search) => ({ ...old, ...change }) });

  const opened = useRef(false);
  useEffect(() => {
    if (opened.current || code === undefined) return;
    opened.current = true;
    document.getElementById(`${id}-${code}`)?.scrollIntoView({ block: "center" });
  }, [id, code]);

  function step(by: number) {
    const codes = listed.flatMap((shelf) => shelf.entries.map((one) => one.code));
    const next = codes[Math.min(codes.length - 1, Math.max(0, codes.indexOf(shown ?? "") + by))];
    if (next === undefined) return;
    go({ code: next });
    requestAnimationFrame(() => document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" }));
  }

  return (
    <>
      <div className={styles["tools"]}>
        <input
          type="search"
          className={styles["field"]}
          aria-label="Search the definitions"
          placeholder="Search by name, code or words"
          value={asked}
          onChange={(event) => setAsked(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown" || event.key === "ArrowUp") {
              event.preventDefault();
              step(event.key === "ArrowDown" ? 1 : -1);
            }
            if (event.key === "Escape") setAsked("");
          }}
        />
        <div className={styles["chips"]} role="group" aria-label="Kinds">
          <button type="button" className={styles["chip"]} aria-pressed={view === undefined} onClick={() => go({ view: undefined })}>
            all {number(answer.definitions.length + answer.gaps.length)}
          </button>
          {all.map((shelf) => (
            <button key={shelf.kind} type="button" className={styles["chip"]} aria-pressed={view === shelf.kind} onClick={() => go({ view: view === shelf.kind ? undefined : shelf.kind })}>
              {shelf.title.toLowerCase()} {number(shelf.entries.length)}
            </button>
          ))}
        </div>
        <span className="quiet" role="status">
          {counted(count, "definition")}
        </span>
      </div>
      <div className={styles["beside"]}>
        <nav className={styles["list"]} aria-label="Definitions">
          {listed.length === 0 ? <Empty title="Nothing of this name">Fewer words find more; a code such as op01 is found too.</Empty> : null}
          {listed.map((shelf) => (
            <ShelfPart key={shelf.kind} id={id} shelf={shelf} shown={shown} onOpen={(next) => go({ code: next })} />
          ))}
        </nav>
        <div className={styles["shown"]} tabIndex={0} role="region" aria-label="Definition">
          {definition ? <DefinitionPart definition={definition} onOpen={(next) => go({ code: next })} known={answer.definitions} /> : null}
          {gap ? <GapPart gap={gap} /> : null}
          {definition || gap ? null : <Empty title={shown === undefined ? "Nothing is shown" : `Nothing is called ${shown}`}>Choose one of the list.</Empty>}
        </div>
      </div>
    </>
  );
}

function ShelfPart({ id, shelf, shown, onOpen }: { id: string; shelf: Shelf; shown: string | undefined; onOpen: (code: string) => void }) {
  return (
    <section aria-labelledby={`${id}-${shelf.kind}`}>
      <h2 id={`${id}-${shelf.kind}`} className={styles["shelf"]}>
        {shelf.title} <small>{number(shelf.entries.length)}</small>
      </h2>
      <ul className={styles["entries"]}>
        {shelf.entries.map((entry) => (
          <li key={entry.code}>
            <button type="button" id={`${id}-${entry.code}`} className={styles["entry"]} aria-current={entry.code === shown} onClick={() => onOpen(entry.code)}>
              <span>{entry.title}</span>
              {shelf.kind === GAPS ? null : <code>{entry.code}</code>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
