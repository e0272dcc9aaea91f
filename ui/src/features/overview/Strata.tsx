import type { Clean } from "@/api/types";
import { Figure } from "@/components/Figure";
import { StudyLink } from "@/components/Link";
import { percent } from "@/words/numbers";
import { ofMembers, ofOneStep, ofShare, ofStanding } from "./evidence";
import styles from "./Overview.module.css";

/** Strictly clean by subject status: most clean subjects are screen failures, so no headline mixes statuses. */
export function Strata({ study, clean }: { study: string; clean: Clean }) {
  return (
    <>
      <div className={styles["scroll"]}>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">Status</th>
            {["Members", "Clean", "Unknown", "Strictly clean", "Of submitted"].map((title) => (
              <th key={title} scope="col" className={styles["number"]}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {clean.strata.map((stratum) => {
            const of = stratum.standing;
            return (
              <tr key={stratum.status ?? ""}>
                <td>{stratum.status ?? <span className="hatched">status unknown</span>}</td>
                <td className={styles["number"]}>
                  <Figure evidence={ofMembers(study, clean, of, stratum)} />
                </td>
                <td className={styles["number"]}>
                  <Figure evidence={ofStanding(study, clean, of, "pass", stratum)} />
                </td>
                <td className={styles["number"]}>
                  <Figure evidence={ofStanding(study, clean, of, "unknown", stratum)} />
                </td>
                <td className={styles["number"]}>
                  <Figure evidence={ofShare(study, clean, of, stratum)} />
                  {of.interval ? (
                    <div className={styles["why"]}>
                      {percent(of.interval[0])} to {percent(of.interval[1])}
                    </div>
                  ) : null}
                </td>
                <td className={styles["number"]}>{of.submitted_share === null ? <span className="quiet">unknown</span> : percent(of.submitted_share)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      </div>
      <div className={styles["choose"]}>
        <span>
          One step from clean: <Figure evidence={ofOneStep(study, clean)} />
        </span>
        <StudyLink study={study} search={{ view: "clean" }}>
          Open the subjects
        </StudyLink>
      </div>
    </>
  );
}
