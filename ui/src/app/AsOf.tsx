import { useNavigate } from "@tanstack/react-router";
import type { Snapshot } from "@/api/types";
import { usePageSearch } from "@/view/asOf";
import { day } from "@/words/dates";
import styles from "./Shell.module.css";
import type { Search } from "@/view/search";

function words(snapshot: Snapshot): string {
  return `${snapshot.as_of === null ? "no date" : day(snapshot.as_of)} (snapshot ${snapshot.snapshot})`;
}

/** The time of the page. It lives in the address; an older one tints the bar and says so. */
export function AsOf({ snapshots, seen }: { snapshots: readonly Snapshot[]; seen: Snapshot | undefined }) {
  const { as_of } = usePageSearch();
  const navigate = useNavigate();
  if (snapshots.length === 0) return null;
  const known = as_of === undefined || snapshots.some((one) => String(one.snapshot) === as_of);
  return (
    <label className={styles["asOf"]}>
      <span className="quiet">{as_of === undefined ? "as of" : "as it was"}</span>
      <select
        aria-label="Data as of"
        value={as_of ?? ""}
        onChange={(event) => {
          const chosen = event.target.value;
          void navigate({ to: ".", search: (old: Search) => ({ ...old, as_of: chosen === "" ? undefined : chosen }) });
        }}
      >
        <option value="">{seen && as_of === undefined ? `${seen.as_of === null ? "no date" : day(seen.as_of)}, latest` : "latest"}</option>
        {known ? null : <option value={as_of}>{`on ${day(as_of)}`}</option>}
        {snapshots.map((snapshot) => (
          <option key={snapshot.snapshot} value={String(snapshot.snapshot)}>
            {words(snapshot)}
          </option>
        ))}
      </select>
    </label>
  );
}
