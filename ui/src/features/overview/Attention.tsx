import type { Study } from "@/api/types";
import { StudyLink } from "@/components/Link";
import { Panel } from "@/components/Page";
import { counted } from "@/words/numbers";
import styles from "./Overview.module.css";

/** What was not read, and so is in no number above. */
export function Attention({ study }: { study: Study }) {
  const missing = study.reports.filter((one) => one.state === "missing").length;
  const lines = [
    { count: missing, words: `${counted(missing, "report")} not delivered: what they would say is unknown`, view: "reports" },
    { count: study.rejected, words: `${counted(study.rejected, "line")} rejected, each with its reason`, view: "reports" },
    { count: study.refused, words: `${counted(study.refused, "file")} refused`, view: "files" },
    { count: study.quarantined, words: `${counted(study.quarantined, "sheet or file", "sheets or files")} quarantined`, view: "files" },
    { count: study.findings, words: `${counted(study.findings, "finding")} of the checks`, view: "findings" },
  ].filter((one) => one.count > 0);
  return (
    <Panel title="What was not read?">
      {lines.length === 0 ? (
        <p>Every line of every report was read.</p>
      ) : (
        <ul className={styles["list"]}>
          {lines.map((one) => (
            <li key={one.words}>
              <StudyLink study={study.study_id} search={{ view: one.view }}>
                {one.words}
              </StudyLink>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
