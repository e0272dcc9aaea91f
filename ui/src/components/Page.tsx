/** The frame parts of every page: its heading, a line of totals, panels and tabs. */

import { type KeyboardEvent, type ReactNode, useEffect, useId } from "react";
import { number } from "@/words/numbers";
import { Guard } from "./Conditions";
import styles from "./Page.module.css";

export function PageFrame({ title, heading, facts, full = false, children }: { title: string; heading?: ReactNode; facts?: ReactNode; full?: boolean; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} \u00b7 Neural Clinical Data Mesh`;
  }, [title]);
  return (
    <div className={`${styles["page"] ?? ""} ${full ? (styles["full"] ?? "") : ""}`}>
      <header className={styles["head"]}>
        <h1>{heading ?? title}</h1>
        {facts ? <div className={styles["facts"]}>{facts}</div> : null}
      </header>
      {children}
    </div>
  );
}

export function Totals({ items }: { items: readonly { label: string; figure: ReactNode }[] }) {
  return (
    <div className={styles["totals"]}>
      {items.map(({ label, figure }) => (
        <div key={label} className={styles["total"]}>
          <span>{label}</span>
          <span>{figure}</span>
        </div>
      ))}
    </div>
  );
}

export function Panel({ title, aside, padded = true, children }: { title: string; aside?: ReactNode; padded?: boolean; children: ReactNode }) {
  return (
    <section className={styles["panel"]} aria-label={title}>
      <div className={styles["panelHead"]}>
        <h2>{title}</h2>
        {aside ? <span className="quiet">{aside}</span> : null}
      </div>
      <div className={padded ? styles["panelBody"] : styles["scroll"]}>
        <Guard what={title}>{children}</Guard>
      </div>
    </section>
  );
}

export interface Tab {
  id: string;
  title: string;
  count?: number | null;
}

export function Tabs({ label, tabs, value, onValue, children }: { label: string; tabs: readonly Tab[]; value: string; onValue: (tab: string) => void; children: ReactNode }) {
  const id = useId();
  function press(event: KeyboardEvent) {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const next = tabs[(tabs.findIndex((tab) => tab.id === value) + step + tabs.length) % tabs.length];
    if (!next) return;
    onValue(next.id);
    document.getElementById(`${id}-${next.id}`)?.focus();
  }
  return (
    <>
      <div role="tablist" aria-label={label} className={styles["tabs"]} onKeyDown={press}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            id={`${id}-${tab.id}`}
            type="button"
            role="tab"
            aria-selected={tab.id === value}
            aria-controls={`${id}-panel`}
            tabIndex={tab.id === value ? 0 : -1}
            className={styles["tab"]}
            onClick={() => onValue(tab.id)}
          >
            {tab.title} {tab.count === undefined || tab.count === null ? null : <small>{number(tab.count)}</small>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`} style={{ display: "flex", flexDirection: "column", gap: 12, flex: "1 1 auto", minHeight: 0, minWidth: 0 }}>
        {children}
      </div>
    </>
  );
}

export function Legend({ children, label }: { children: ReactNode; label: string }) {
  return (
    <div className={styles["legend"]} role="group" aria-label={label}>
      {children}
    </div>
  );
}

export const tableStyles = styles;
