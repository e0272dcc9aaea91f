import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useClient } from "@/api/context";
import { findingsQuestion } from "@/api/questions";
import type { CheckLine, Finding, Study } from "@/api/types";
import { Answered, Empty } from "@/components/Conditions";
import type { GridColumn } from "@/components/grid/columns";
import { Grid } from "@/components/grid/Grid";
import { RefLink, useOpen } from "@/components/Link";
import { Panel, tableStyles as styles } from "@/components/Page";
import { State } from "@/components/State";
import { useKinds } from "@/components/useKinds";
import { useList } from "@/components/useEvery";
import { Figure } from "@/components/Figure";
import { useAsOf, usePageSearch } from "@/view/asOf";
import { useGridInUrl } from "@/view/grid";
import { day } from "@/words/dates";
import { counted } from "@/words/numbers";
import { SEVERITIES, wordFor } from "@/words/vocabulary";
import { ofCheck, ofFinding } from "./evidence";
import type { Search } from "@/view/search";

/** What the checks found: one line per check, and under it every finding with the rows it is about. */
export function Findings({ study }: { study: Study }) {
  const { code } = usePageSearch();
  if (study.checks.length === 0)
    return <Empty title="No check reported anything">The checks compare sheets and reports of this study with each other. Their list would stand here.</Empty>;
  return (
    <>
      <Checks study={study} chosen={code} />
      <List key={code ?? ""} study={study} code={code} />
    </>
  );
}

function Checks({ study, chosen }: { study: Study; chosen: string | undefined }) {
  const navigate = useNavigate();
  const choose = (check: CheckLine) =>
    void navigate({ to: ".", replace: true, search: (old: Search) => ({ as_of: old.as_of, view: "findings", ...(chosen === check.code ? {} : { code: check.code }) }) });
  return (
    <Panel title="By check" aside={`${counted(study.checks.filter((check) => check.count > 0).length, "check")} found something`} padded={false}>
      <div style={{ maxHeight: 224, overflow: "auto" }} tabIndex={0} role="group" aria-label="Checks">
        <table className={styles["plain"]}>
          <thead>
            <tr>
              <th scope="col">Check</th>
              <th scope="col">Severity</th>
              <th scope="col" className={styles["n"]}>
                Findings
              </th>
              <th scope="col">Show</th>
            </tr>
          </thead>
          <tbody>
            {study.checks.map((check) => (
              <tr key={check.code} style={chosen === check.code ? { background: "var(--surface-hover)" } : undefined}>
                <td data-plain="code">
                  <code>{check.code}</code> {check.title}
                </td>
                <td>
                  <State word={wordFor(SEVERITIES, check.severity)} />
                </td>
                <td className={styles["n"]}>
                  <Figure evidence={ofCheck(study, check)} />
                </td>
                <td style={{ whiteSpace: "nowrap" }}>
                  <a
                    href="#findings"
                    aria-current={chosen === check.code}
                    onClick={(event) => {
                      event.preventDefault();
                      choose(check);
                    }}
                  >
                    {chosen === check.code ? "all checks" : "only these"}
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function List({ study, code }: { study: Study; code: string | undefined }) {
  const client = useClient();
  const asOf = useAsOf();
  const open = useOpen();
  const [state, setState] = useGridInUrl();
  const { titleOf } = useKinds();
  const list = useList<Finding>(findingsQuestion(client, study.study_id, asOf, code), true);
  const columns = useMemo(
    (): GridColumn<Finding>[] => [
      { id: "code", title: "Check", width: 150, plain: "code", value: (finding) => finding.code, render: (finding) => <code title={finding.title}>{finding.code}</code> },
      { id: "severity", title: "Severity", width: 92, value: (finding) => finding.severity, render: (finding) => <State word={wordFor(SEVERITIES, finding.severity)} /> },
      { id: "what", title: "What was found", width: 380, plain: "words", value: (finding) => finding.what },
      { id: "site_id", title: "Site", width: 96, plain: "code", value: (finding) => finding.site_id, render: (finding) => <span>{finding.site_id ?? ""}</span> },
      { id: "subject_id", title: "Subject", width: 120, plain: "code", value: (finding) => finding.subject_id, render: (finding) => <span>{finding.subject_id ?? ""}</span> },
      { id: "kind", title: "Report", width: 150, value: (finding) => (finding.kind === null ? null : titleOf(finding.kind)), render: (finding) => <span>{finding.kind === null ? "several" : titleOf(finding.kind)}</span> },
      {
        id: "refs",
        title: "Rows",
        width: 220,
        value: (finding) => finding.refs.join(" "),
        render: (finding) =>
          finding.refs.length === 0 ? (
            <span className="quiet">the whole report</span>
          ) : (
            <span>
              {finding.refs.slice(0, 2).map((ref, index) => (
                <span key={ref}>
                  {index > 0 ? ", " : ""}
                  <RefLink to={ref} />
                </span>
              ))}
              {finding.refs.length > 2 ? (
                <>
                  {" "}
                  of <Figure evidence={ofFinding(study, finding)} />
                </>
              ) : null}
            </span>
          ),
      },
    ],
    [titleOf, study],
  );
  return (
    <Answered question={list} what="the findings" rows={8}>
      {() => (
        <Grid
          name={code ? `Findings of ${study.study_id}, ${code}` : `Findings of ${study.study_id}`}
          noun="finding"
          fill
          columns={columns}
          items={list.items}
          arriving={list.arriving}
          itemKey={(finding, index) => `${finding.code}-${index}`}
          state={state}
          onState={setState}
          asOf={study.as_of ? day(study.as_of) : "no date"}
          onOpen={(finding) => {
            const [first] = finding.refs;
            if (first) open.cell(first);
          }}
        />
      )}
    </Answered>
  );
}

