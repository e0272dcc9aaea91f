import type { Clean } from "@/api/types";
import { State } from "@/components/State";
import { number, percent } from "@/words/numbers";
import { READINESS, wordFor } from "@/words/vocabulary";
import styles from "./Overview.module.css";

/** Each population on its own members, with the reason for the answer. */
export function Readiness({ clean }: { clean: Clean }) {
  return (
    <table className={styles["table"]}>
      <thead>
        <tr>
          <th scope="col">Population</th>
          <th scope="col">Answer</th>
          <th scope="col" className={styles["number"]}>
            Clean
          </th>
          <th scope="col" className={styles["number"]}>
            Target
          </th>
        </tr>
      </thead>
      <tbody>
        {clean.readiness.map((one) => (
          <tr key={one.code}>
            <td>
              <b>{one.title}</b>
              <div className={styles["why"]}>{one.members_by}</div>
            </td>
            <td>
              <State word={wordFor(READINESS, one.answer)} />
              <div className={styles["why"]}>{one.why}</div>
            </td>
            <td className={styles["number"]}>
              {one.members === 0 ? (
                <span className="quiet">no member known</span>
              ) : (
                <>
                  {number(one.clean)} of {number(one.members)}
                  <div className={styles["why"]}>
                    {one.unknown > 0 ? `${number(one.unknown)} unknown; ` : ""}
                    {one.interval ? `${percent(one.interval[0])} to ${percent(one.interval[1])}` : ""}
                  </div>
                </>
              )}
            </td>
            <td className={styles["number"]}>{percent(one.target)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
