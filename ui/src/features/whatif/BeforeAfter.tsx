/** A number before and after a change: the head of its table, and both in one line. */
import type { ReactNode } from "react";
import { Figure } from "@/components/Figure";
import { tableStyles } from "@/components/Page";
import type { Evidence } from "@/view/evidence";
import { ofDifference } from "./evidence";
import { difference } from "./words";
import styles from "./WhatIf.module.css";

/** What stands in the lines, the two sides, the difference, and the version beside them where one is open. */
export function Head({ what, version }: { what: string; version?: number | undefined }) {
  return (
    <thead>
      <tr>
        <th scope="col">{what}</th>
        <th scope="col" className={tableStyles["n"]}>
          As published
        </th>
        <th scope="col" className={tableStyles["n"]}>
          With the change
        </th>
        <th scope="col">Difference</th>
        {version === undefined ? null : (
          <th scope="col" className={tableStyles["n"]}>
            Version {version}
          </th>
        )}
      </tr>
    </thead>
  );
}

export function Fromto({ before, after, same = before === after }: { before: ReactNode; after: ReactNode; same?: boolean }) {
  if (same) return <>{after}</>;
  return (
    <>
      {before}
      <span aria-hidden="true"> → </span>
      <span className="unseen"> then </span>
      {after}
    </>
  );
}

/** A line of a count: both sides and their difference, each open to its own. */
export function Both({ label, before, after }: { label: string; before: Evidence; after: Evidence }) {
  const same = before.value === after.value;
  const told = difference(before.value, after.value);
  return (
    <tr className={same ? "" : styles["differs"]}>
      <th scope="row">{label}</th>
      <td className={tableStyles["n"]}>
        <Figure evidence={before} />
      </td>
      <td className={tableStyles["n"]}>
        <Figure evidence={after} />
      </td>
      <td className={styles["told"]}>{same || before.value === null || after.value === null ? told : <Figure evidence={ofDifference(label, before, after, told)} />}</td>
    </tr>
  );
}
