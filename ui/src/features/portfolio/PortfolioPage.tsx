import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useClient } from "@/api/context";
import { portfolioMeasuresQuestion, portfolioQuestion } from "@/api/questions";
import type { Kind, Portfolio, ReportCell, StudyLine } from "@/api/types";
import { Answered, Empty } from "@/components/Conditions";
import { Day } from "@/components/Day";
import { DemoBadge } from "@/components/Demo";
import { Figure } from "@/components/Figure";
import type { GridColumn } from "@/components/grid/columns";
import { Grid } from "@/components/grid/Grid";
import { Icon } from "@/components/Icon";
import { StudyLink, useOpen } from "@/components/Link";
import { Legend, PageFrame, Totals } from "@/components/Page";
import { State } from "@/components/State";
import { useAsOf } from "@/view/asOf";
import { useGridInUrl } from "@/view/grid";
import { day } from "@/words/dates";
import { noteWord, PARTIAL, REPORT_STATES, STALE, wordFor } from "@/words/vocabulary";
import type { Measured } from "./measured";
import { measuredColumns } from "./measuredColumns";
import { Notice } from "./Notice";
import { ofFiles, ofPortfolio, ofRejected, ofReport, ofStudies, ofStudy } from "./evidence";
import styles from "./Portfolio.module.css";

/** The first page: what there is, how fresh it is, and where something is missing. */
export function PortfolioPage() {
  const client = useClient();
  const question = useQuery(portfolioQuestion(client, useAsOf()));
  return (
    <PageFrame title="Portfolio" full>
      <Answered question={question} what="the portfolio" works="The command palette, uploads and the Data page." rows={14}>
        {(portfolio) => (portfolio.studies.length === 0 ? <NoStudies portfolio={portfolio} /> : <Studies portfolio={portfolio} />)}
      </Answered>
    </PageFrame>
  );
}

function NoStudies({ portfolio }: { portfolio: Portfolio }) {
  const open = useOpen();
  return (
    <Empty title={portfolio.snapshot === null ? "Nothing is loaded yet" : "No study in this snapshot"} action={<Button onClick={() => open.data()}>Go to Data and upload</Button>}>
      A folder of exported spreadsheets fills this page: one line per study, one cell per report. Drop the folder anywhere on this window.
    </Empty>
  );
}

function Studies({ portfolio }: { portfolio: Portfolio }) {
  const open = useOpen();
  const [state, setState] = useGridInUrl();
  const client = useClient();
  const measures = useQuery(portfolioMeasuresQuestion(client, useAsOf()));
  const measured = useMemo(
    (): Measured => ({ state: measures.data ? "here" : measures.error ? "failed" : "loading", of: new Map((measures.data ?? []).map((one) => [one.study_id, one])) }),
    [measures.data, measures.error],
  );
  const columns = useMemo(() => columnsOf(portfolio.kinds, measured), [portfolio.kinds, measured]);
  const { snapshot } = portfolio;
  const asOf = snapshot ? `${snapshot.as_of ? day(snapshot.as_of) : "no date"} (snapshot ${snapshot.snapshot})` : "nothing loaded";
  return (
    <>
      <Totals
        items={[
          { label: "Studies", figure: <Figure size="large" evidence={ofStudies(portfolio)} /> },
          { label: "Subjects", figure: <Figure size="large" evidence={ofPortfolio("subjects", portfolio)} /> },
          { label: "Sites", figure: <Figure size="large" evidence={ofPortfolio("sites", portfolio)} /> },
          { label: "Countries", figure: <Figure size="large" evidence={ofPortfolio("countries", portfolio)} /> },
          { label: "Files", figure: <Figure size="large" evidence={ofFiles(portfolio)} /> },
          { label: "Rows", figure: <Figure size="large" evidence={ofPortfolio("rows", portfolio)} /> },
          { label: "Rejected lines", figure: <Figure size="large" evidence={ofPortfolio("rejected", portfolio)} /> },
          { label: "Refused", figure: <Figure size="large" evidence={ofPortfolio("refused", portfolio)} /> },
          { label: "Quarantined", figure: <Figure size="large" evidence={ofPortfolio("quarantined", portfolio)} /> },
          { label: "Findings", figure: <Figure size="large" evidence={ofPortfolio("findings", portfolio)} /> },
        ]}
      />
      {measured.state === "failed" ? <Notice cause={measures.error} retry={() => void measures.refetch()} /> : null}
      <Grid
        name="Studies by report"
        noun="study"
        plural="studies"
        fill
        columns={columns}
        items={portfolio.studies}
        itemKey={(study) => study.study_id}
        state={state}
        onState={setState}
        asOf={asOf}
        rowHeight={44}
        onOpen={(study) => open.study(study.study_id)}
      />
      <Legend label="What the cells say">
        {Object.entries(REPORT_STATES)
          .filter(([code]) => code !== "present")
          .map(([code, word]) => (
            <span key={code} title={word.meaning}>
              <State word={word} /> {word.short}
            </span>
          ))}
        {[STALE, PARTIAL].map((word) => (
          <span key={word.word} title={word.meaning}>
            <span className={styles["stale"]}>{word.word}</span> {word.short}
          </span>
        ))}
        <span>
          <span className={styles["rejected"]}>
            <Icon name="cross" size={9} /> 8
          </span>
          lines rejected
        </span>
        <span>14 Nov ? date assumed</span>
        <span>? 12 % subjects unknown</span>
        <span>≥ at least (no whole subject sheet)</span>
      </Legend>
    </>
  );
}

const SPINE = [
  ["subjects", "Subjects", 66],
  ["sites", "Sites", 52],
  ["countries", "Countries", 76],
  ["findings", "Findings", 68],
] as const;
/** Said of a study, and less often than what is measured: there when asked for. */
const BACKGROUND: ReadonlySet<string> = new Set(["countries", "findings"]);

function columnsOf(kinds: readonly Kind[], measured: Measured): GridColumn<StudyLine>[] {
  return [
    {
      id: "study_id",
      title: "Study",
      width: 132,
      value: (study) => study.study_id,
      exports: [
        { title: "Study", value: (study) => study.study_id },
        { title: "Study as of", type: "date", value: (study) => study.as_of },
        { title: "Demo data", value: (study) => (study.demo ? "demo" : "") },
      ],
      render: (study) => (
        <span className={styles["study"]}>
          <StudyLink study={study.study_id}>{study.study_id}</StudyLink>
          <small>
            <Day iso={study.as_of} /> {study.demo ? <DemoBadge /> : null}
          </small>
        </span>
      ),
    },
    ...SPINE.map(
      ([what, title, width]): GridColumn<StudyLine> => ({
        id: what,
        title,
        type: "number",
        width,
        background: BACKGROUND.has(what),
        value: (study) => study[what],
        exports: [
          { title, value: (study) => study[what] },
          ...(what === "subjects" ? [{ title: "Counts are at least", value: (study: StudyLine) => (study.lower_bound ? "at least" : "") }] : []),
        ],
        render: (study) => <Figure narrow evidence={ofStudy(what, study, kinds)} />,
      }),
    ),
    ...measuredColumns(measured),
    ...kinds.map(({ kind, title }): GridColumn<StudyLine> => {
      const of = (study: StudyLine) => study.reports.find((report) => report.kind === kind);
      return {
        id: kind,
        title,
        type: "number",
        width: Math.max(...title.split(" ").map((word) => word.length)) > 8 ? 80 : 73,
        hint: `${title}: rows, and beneath them the as-of date`,
        value: (study) => of(study)?.rows ?? null,
        exports: [
          { title: `${title}: rows`, value: (study) => of(study)?.rows ?? null },
          { title: `${title}: state`, value: (study) => of(study)?.state ?? null },
          { title: `${title}: note`, value: (study) => of(study)?.note ?? null },
          { title: `${title}: as of`, type: "date", value: (study) => of(study)?.as_of ?? null },
          { title: `${title}: rejected lines`, value: (study) => (of(study)?.rows === null ? null : (of(study)?.rejected ?? null)) },
        ],
        render: (study) => {
          const report = of(study);
          return report ? <Report report={report} study={study} kinds={kinds} /> : null;
        },
      };
    }),
  ];
}

function Report({ report, study, kinds }: { report: ReportCell; study: StudyLine; kinds: readonly Kind[] }) {
  const word = wordFor(REPORT_STATES, report.state);
  return (
    <span className={styles["report"]}>
      <span className={styles["value"]}>
        {report.rejected > 0 ? (
          <span className={styles["rejected"]}>
            <Icon name="cross" size={9} />
            <Figure evidence={ofRejected(report, study, kinds)} />
          </span>
        ) : null}
        <Figure evidence={ofReport(report, study, kinds)} {...(report.state === "missing" ? { word: word.word } : {})} />
      </span>
      {report.state === "missing" ? null : (
        <small>
          {report.state === "present" ? (
            <>
              <Day iso={report.as_of} short />
              {report.as_of_assumed ? <span title="The as-of date is assumed">?</span> : null}
            </>
          ) : (
            <State word={word} bare />
          )}
          {report.note === null ? null : (
            <span className={styles["stale"]} title={report.note}>
              {noteWord(report.note).word}
            </span>
          )}
        </small>
      )}
    </span>
  );
}
