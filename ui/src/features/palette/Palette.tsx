import { useParams } from "@tanstack/react-router";
import { useEffect, useId, useRef, useState } from "react";
import { Dialogue } from "@/components/Dialogue";
import { useView } from "@/view/store";
import { useEntries } from "./entries";
import styles from "./Palette.module.css";

/** Jump to anything that has a name. */
export function Palette() {
  const { palette, setPalette } = useView();
  return (
    <Dialogue name="Jump to" opened={palette} onClose={() => setPalette(false)} size={620} padded={false}>
      <Jump onDone={() => setPalette(false)} />
    </Dialogue>
  );
}

function Jump({ onDone }: { onDone: () => void }) {
  const { studyId } = useParams({ strict: false });
  const [asked, setAsked] = useState("");
  const [at, setAt] = useState(0);
  const { entries, searching } = useEntries(asked, studyId);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const chosen = Math.min(at, entries.length - 1);

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  function go(index: number) {
    const entry = entries[index];
    if (!entry) return;
    onDone();
    entry.go();
  }
  return (
    <div>
      <input
        className={styles["field"]}
        role="combobox"
        aria-label="Jump to a study, site, subject, table, page, meaning or cell"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={entries[chosen] ? `${id}-${chosen}` : undefined}
        placeholder={studyId === undefined ? "Study, site, subject, page or cell reference" : `In ${studyId}: site, subject, table, page or cell reference`}
        value={asked}
        data-autofocus
        onChange={(event) => {
          setAsked(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            setAt((chosen + (event.key === "ArrowDown" ? 1 : -1) + entries.length) % Math.max(1, entries.length));
          }
          if (event.key === "Enter") go(chosen);
        }}
      />
      <div ref={list} id={`${id}-list`} role="listbox" aria-label="Places" className={styles["list"]}>
        {entries.map((entry, index) => (
          <div key={entry.id} id={`${id}-${index}`} role="option" aria-selected={index === chosen} className={styles["item"]} onClick={() => go(index)} onPointerMove={() => setAt(index)}>
            <span className={styles["sort"]}>{entry.sort}</span>
            <span>{entry.name}</span>
            <span className={styles["where"]}>{entry.where}</span>
          </div>
        ))}
      </div>
      <div className={styles["note"]} role="status">
        {entries.length === 0 ? (searching ? "Searching sites and subjects" : "Nothing of this name. Two letters or more also search sites and subjects.") : searching && asked.trim().length >= 2 ? "Searching sites and subjects" : "Up and down choose, Enter opens, Esc closes"}
      </div>
    </div>
  );
}
