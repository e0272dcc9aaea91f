import styles from "./Demo.module.css";

/** Stands beside everything that was generated and never came from a trial. */
export function DemoBadge() {
  return (
    <span className={styles["badge"]} title="Generated demonstration data; no trial, site or subject of this name exists.">
      DEMO
    </span>
  );
}

export function DemoBanner() {
  return (
    <aside className={styles["banner"]} aria-label="Demonstration data">
      <DemoBadge /> Demonstration data: generated, not from any trial. Do not act on it.
    </aside>
  );
}
