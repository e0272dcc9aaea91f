/** The files of a grid: exactly what is shown, with its as-of and filters. */

import { type ReactNode, useState } from "react";
import { Failure } from "@/api/client";
import { useClient } from "@/api/context";
import type { GridState } from "@/view/grid";
import { Icon } from "../Icon";
import { useDemo } from "../surroundings";
import type { GridColumn } from "./columns";
import { csv, download, fileName } from "./csv";
import { type FileFormat, shownOf } from "./export";
import styles from "./Grid.module.css";

type Kind = "csv" | FileFormat;

const WORDS: Readonly<Record<Kind, string>> = { csv: "CSV", xlsx: "XLSX", parquet: "Parquet" };

interface Props<Item> {
  name: string;
  asOf: string;
  /** Those shown, and all of them, for the names of filters. */
  columns: readonly GridColumn<Item>[];
  all: readonly GridColumn<Item>[];
  state: GridState;
  /** The lines shown, once all of them are here. */
  items: () => Promise<readonly Item[]> | readonly Item[];
}

export function useExports<Item>({ name, asOf, columns, all, state, items }: Props<Item>): { buttons: ReactNode; failed: ReactNode } {
  const client = useClient();
  const demo = useDemo();
  const [busy, setBusy] = useState<Kind | null>(null);
  const [failure, setFailure] = useState<{ kind: Kind; cause: unknown } | null>(null);

  async function save(kind: Kind) {
    setBusy(kind);
    setFailure(null);
    try {
      const lines = await items();
      const content = kind === "csv" ? csv(columns, lines, asOf, state) : await client.file("/exports", shownOf(kind, { name, asOf, demo, columns, all, items: lines, state }));
      download(fileName(name, asOf, kind), content);
    } catch (cause) {
      setFailure({ kind, cause });
    } finally {
      setBusy(null);
    }
  }

  return {
    buttons: (
      <div role="group" aria-label="Save exactly what is shown, with its as-of and filters" className={styles["exports"]}>
        <Icon name="download" size={14} />
        {(["csv", "xlsx", "parquet"] as const).map((kind) => (
          <button key={kind} type="button" className={styles["tool"]} disabled={busy !== null} onClick={() => void save(kind)} title={`${WORDS[kind]}: exactly what is shown, with its as-of and filters`}>
            {busy === kind ? "Collecting" : WORDS[kind]}
          </button>
        ))}
      </div>
    ),
    failed: failure ? (
      <div role="alert" className={styles["failed"]}>
        <span>
          <Icon name="cross" size={12} /> No {WORDS[failure.kind]} file. {said(failure.cause)}
        </span>
        <button type="button" className={styles["tool"]} onClick={() => setFailure(null)}>
          Dismiss
        </button>
      </div>
    ) : null,
  };
}

function said(cause: unknown): string {
  if (cause instanceof Failure) return [cause.problem.what, cause.problem.todo].filter(Boolean).join(" ");
  return cause instanceof Error ? cause.message : String(cause);
}
