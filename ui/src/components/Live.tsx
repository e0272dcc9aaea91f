import { useEffect, useState } from "react";
import { age } from "@/words/dates";
import { counted } from "@/words/numbers";
import styles from "./Live.module.css";

function useNow(every: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

export interface LiveProps {
  /** When what is shown was committed. */
  changedAt: number | null;
  /** When the server last answered, if it does not now. */
  silentSince: number | null;
  /** Snapshots newer than the one on the screen. */
  newer: number;
  onShow: () => void;
}

/** How fresh the screen is. Newer data waits until a person asks for it, so that nothing moves under the eyes. */
export function Live({ changedAt, silentSince, newer, onShow }: LiveProps) {
  const now = useNow(5_000);
  return (
    <span className={styles["live"]} role="status">
      {newer > 0 ? (
        <button type="button" className={styles["show"]} onClick={onShow}>
          {newer === 1 ? "New data: show" : `${counted(newer, "new snapshot")}: show`}
        </button>
      ) : null}
      {silentSince === null ? (
        <span title="The server answers; it is asked every 15 seconds.">
          <i className={styles["dot"]} aria-hidden="true" />
          {changedAt === null ? "live" : `changed ${age(now - changedAt)} ago`}
        </span>
      ) : (
        <span className={styles["warn"]} title="The server does not answer. What is on the screen stays readable and may be out of date.">
          <i className={styles["ring"]} aria-hidden="true" />
          reconnecting, silent for {age(now - silentSince)}
        </span>
      )}
    </span>
  );
}
