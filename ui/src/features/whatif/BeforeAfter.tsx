/** A number before and after a change: the head of its table, and both in one line. */
import type { ReactNode } from "react";
import { tableStyles } from "@/components/Page";

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
