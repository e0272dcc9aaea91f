import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useClient } from "@/api/context";
import { cleanSubjectQuestion } from "@/api/questions";
import type { CleanSubject, Judged } from "@/api/types";
import { Answered, Empty, Guard } from "@/components/Conditions";
import { Figure } from "@/components/Figure";
import { Icon } from "@/components/Icon";
import { tableStyles } from "@/components/Page";
import { State } from "@/components/State";
import { useAsOf } from "@/view/asOf";
import { CLEAN_OUTCOMES, STANDINGS, URGENCY_WORDS } from "@/words/clean";
import { counted } from "@/words/numbers";
import { Blockers } from "./Blockers";
import styles from "./Clean.module.css";
import { ofCriterion, ofProgress, type Where } from "./evidence";
import { type Criterion, inTheWay } from "./subjects";

/** One subject beside the list: every criterion, and every row that stands in its way. */
export function SubjectPanel({ study, subject, milestone, asOf, onClose }: { study: string; subject: string; milestone: string; asOf: string | null; onClose: () => void }) {
  const question = useQuery(cleanSubjectQuestion(useClient(), study, useAsOf(), subject, milestone));
  return (
    <section className={styles["panel"]} aria-label={`${subject}: what stands in its way`}>
      <div className={styles["panelHead"]}>
        <h2>{subject}</h2>
        {question.data ? <span className="quiet">{[question.data.line.site_id, question.data.line.country, question.data.line.status ?? "status unknown"].filter(Boolean).join(", ")}</span> : null}
        <button type="button" className={styles["close"]} onClick={onClose} title="Close (Esc)">
          <Icon name="cross" size={14} /> <span className="unseen">Close {subject}</span>
        </button>
      </div>
      <Guard what={subject} resetKeys={[subject, milestone]}>
        <Answered question={question} what={subject} works="The list of subjects." rows={10}>
          {(answer) => <What study={study} answer={answer} asOf={asOf} />}
        </Answered>
      </Guard>
    </section>
  );
}

function What({ study, answer, asOf }: { study: string; answer: CleanSubject; asOf: string | null }) {
  const { line, milestone, criteria: judged, blockers, reasons } = answer;
  const where = useMemo((): Where => ({ study, asOf, reasons }), [study, asOf, reasons]);
  const criteria = useMemo(() => judged.map(({ code, title, gate }, place): Criterion => ({ code, title, gate, place })), [judged]);
  const { steps, unknown } = inTheWay(line, criteria);
  return (
    <div className={styles["panelBody"]}>
      <div className={styles["summary"]} role="status">
        <State word={STANDINGS[line.outcome]} />
        <span>
          at {milestone.title.toLowerCase()}
          {steps > 0 ? `: ${counted(steps, "criterion fails", "criteria fail")}` : ""}
          {unknown > 0 ? `${steps > 0 ? "," : ":"} ${counted(unknown, "unknown", "unknown")}` : ""}
        </span>
        {line.progress === null ? null : (
          <span>
            <span className="quiet">progress</span> <Figure evidence={ofProgress(where, line, criteria)} />
          </span>
        )}
        {line.owner === null ? null : (
          <span>
            <span className="quiet">most for</span> {line.owner}
          </span>
        )}
      </div>
      <table className={`${tableStyles["plain"] ?? ""} ${styles["criteria"] ?? ""}`}>
        <thead>
          <tr>
            <th scope="col">Criterion</th>
            <th scope="col">Says</th>
            <th scope="col" className={tableStyles["n"]}>
              Items
            </th>
            <th scope="col">Urgency</th>
          </tr>
        </thead>
        <tbody>
          {judged.map((one, place) => (
            <Line key={one.code} judged={one} where={where} answer={answer} criterion={criteria[place]} />
          ))}
        </tbody>
      </table>
      {blockers.length === 0 ? (
        <Empty title="No row stands in the way">{line.outcome === "unknown" ? "Nothing is known to stand in the way; what is unknown may." : "Every criterion passes or does not apply."}</Empty>
      ) : (
        <Blockers answer={answer} />
      )}
    </div>
  );
}

function Line({ judged, where, answer, criterion }: { judged: Judged; where: Where; answer: CleanSubject; criterion: Criterion | undefined }) {
  if (!criterion) return null;
  const { outcome, reason } = judged;
  return (
    <tr>
      <th scope="row" className={styles["criterion"]}>
        {judged.title}
        {judged.gate ? null : <small>not needed at this milestone</small>}
        {reason === null ? null : <small>{reason}</small>}
      </th>
      <td>
        <State word={CLEAN_OUTCOMES[outcome]} />
      </td>
      <td className={tableStyles["n"]}>{outcome === "not_applicable" ? <span className="quiet">–</span> : <Figure narrow evidence={{ ...ofCriterion(where, answer.line, criterion), text: String(judged.items ?? "") }} />}</td>
      <td>{judged.urgency === null ? null : <State word={URGENCY_WORDS[judged.urgency]} />}</td>
    </tr>
  );
}
