/** The columns of what is measured: clean, quality, flags, critical items; each says when it is still on its way or failed. */

import type { ReactNode } from "react";
import type { CellValue, StudyLine, StudyMeasures } from "@/api/types";
import { Figure } from "@/components/Figure";
import { Flag } from "@/components/Flag";
import type { GridColumn } from "@/components/grid/columns";
import { State } from "@/components/State";
import { BANDS } from "@/words/quality";
import { between } from "@/words/shares";
import { ofQuality } from "@/view/quality";
import { type Measured, ofClean, ofCritical, ofFlagged, ofFlags, ofUnknown } from "./measured";
import styles from "./Portfolio.module.css";

export function measuredColumns(measured: Measured): GridColumn<StudyLine>[] {
  const column = (id: string, title: string, width: number, hint: string, value: (of: StudyMeasures) => CellValue, cell: (study: StudyLine, of: StudyMeasures) => ReactNode, more: readonly [string, (of: StudyMeasures) => CellValue][] = []): GridColumn<StudyLine> => {
    const at = (read: (of: StudyMeasures) => CellValue) => (study: StudyLine) => {
      const of = measured.of.get(study.study_id);
      return of === undefined ? null : read(of);
    };
    return {
      id,
      title,
      type: "number",
      width,
      hint,
      value: at(value),
      exports: [{ title: hint, value: at(value) }, ...more.map(([name, read]) => ({ title: name, value: at(read) }))],
      render: (study) => {
        const of = measured.of.get(study.study_id);
        return of === undefined ? <Absent state={measured.state} /> : <span className={styles["report"]}>{cell(study, of)}</span>;
      },
    };
  };
  return [
    column(
      "clean",
      "Clean, strict",
      68,
      "Clean subjects at database lock, strict; beneath it the share that is unknown",
      ({ standing }) => standing.share,
      (study, of) => (
        <>
          <Figure narrow evidence={ofClean(study, of)} />
          <small>
            ? <Figure evidence={ofUnknown(study, of)} />
          </small>
        </>
      ),
      [
        ["Clean subjects", ({ standing }) => standing.clean],
        ["Subjects of whom it is unknown", ({ standing }) => standing.unknown],
        ["Clean, strict: lower end of the 95 % interval", ({ standing }) => standing.interval_if?.[0] ?? null],
        ["Clean, strict: upper end of the 95 % interval", ({ standing }) => standing.interval_if?.[1] ?? null],
      ],
    ),
    column(
      "quality",
      "DQI",
      80,
      "Data Quality Index; beneath it its 90 % interval, or where it lies when it is not computable",
      ({ quality }) => quality.value,
      (study, of) => (
        <>
          <span className={styles["value"]}>
            {of.quality.band === null ? null : <State iconOnly bare word={BANDS[of.quality.band]} title={`${BANDS[of.quality.band].word}: ${BANDS[of.quality.band].meaning}`} />}
            <Figure narrow evidence={ofQuality({ study: study.study_id, asOf: study.as_of }, of.quality)} />
          </span>
          <small>
            <Figure evidence={{ ...ofQuality({ study: study.study_id, asOf: study.as_of }, of.quality), title: of.quality.interval ? "90 % interval of the Data Quality Index" : "Where the Data Quality Index lies", value: of.quality.worst, text: between(of.quality.interval ?? [of.quality.worst, of.quality.best]) }} />
          </small>
        </>
      ),
      [
        ["DQI: band", ({ quality }) => quality.band],
        ["DQI: lower end", ({ quality }) => quality.interval?.[0] ?? quality.worst],
        ["DQI: upper end", ({ quality }) => quality.interval?.[1] ?? quality.best],
        ["DQI: not computable because", ({ quality }) => (quality.value === null ? [...new Set(quality.missing.map((one) => one.reason))].join("; ") : "")],
      ],
    ),
    column(
      "flagged",
      "Sites flagged",
      66,
      "Sites with a red or amber flag; beneath it how many flags are red and amber",
      ({ sites_flagged }) => sites_flagged,
      (study, of) => (
        <>
          <Figure evidence={ofFlagged(study, of)} />
          <small>
            {of.red + of.amber === 0 ? (
              "no flag"
            ) : (
              <>
                <Flag flag={2} state="ok" size={9} /> <Figure evidence={ofFlags(study, of, "red")} /> <Flag flag={1} state="ok" size={9} /> <Figure evidence={ofFlags(study, of, "amber")} />
              </>
            )}
          </small>
        </>
      ),
      [
        ["Sites", ({ sites }) => sites],
        ["Red flags", ({ red }) => red],
        ["Amber flags", ({ amber }) => amber],
      ],
    ),
    column("critical", "Open critical", 60, "Items of the highest urgency in the way of database lock", ({ critical }) => critical, (study, of) => <Figure evidence={ofCritical(study, of)} />),
  ];
}

function Absent({ state }: { state: Measured["state"] }) {
  if (state === "loading") {
    return (
      <span className={styles["coming"]}>
        <span className="unseen">loading</span>
      </span>
    );
  }
  return (
    <span className="quiet" title={state === "failed" ? "The measures could not be loaded; the line above the grid says why" : "The server tells nothing of this study"}>
      {state === "failed" ? "not loaded" : "unknown"}
    </span>
  );
}
