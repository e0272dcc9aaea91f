import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useClient } from "@/api/context";
import { cleanSubjectQuestion } from "@/api/questions";
import type { CleanSubject } from "@/api/types";
import { Answered, Empty, Guard } from "@/components/Conditions";
import { Figure } from "@/components/Figure";
import { Icon } from "@/components/Icon";
import { State } from "@/components/State";
import { useAsOf } from "@/view/asOf";
import { type Criterion, ofCriterion, ofProgress, outcomeSaid, type Where } from "@/view/subject";
import { useView } from "@/view/store";
import { CLEAN_OUTCOMES, STANDINGS } from "@/words/clean";
import { counted, number } from "@/words/numbers";
import { Blockers } from "./Blockers";
import styles from "./Clean.module.css";
import { inTheWay } from "./subjects";

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
  const unknownWhy = [...new Set(judged.flatMap(({ outcome, reason }) => (outcome === "unknown" ? [reason ?? "no report says it"] : [])))];
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
      </div>
      <ul className={styles["criteria"]} aria-label="Criteria">
        {criteria.map((criterion) => (
          <Line key={criterion.code} where={where} answer={answer} criterion={criterion} />
        ))}
      </ul>
      {unknownWhy.length === 0 ? null : (
        <p className={styles["why"]}>
          Unknown: {unknownWhy.join("; ")}.
        </p>
      )}
      {blockers.length === 0 ? (
        <Empty title="No row stands in the way">{line.outcome === "unknown" ? "Nothing is known to stand in the way; what is unknown may." : "Every criterion passes or does not apply."}</Empty>
      ) : (
        <Blockers answer={answer} />
      )}
    </div>
  );
}

/** One criterion: its mark, its name, how many items; it opens to its rows. */
function Line({ where, answer, criterion }: { where: Where; answer: CleanSubject; criterion: Criterion }) {
  const openEvidence = useView((view) => view.openEvidence);
  const { outcome, items, urgency } = answer.criteria[criterion.place] ?? { outcome: "unknown" as const, items: null, urgency: null };
  const evidence = ofCriterion(where, answer.line, criterion);
  const said = `${criterion.title}: ${outcomeSaid(answer.line, criterion)}${urgency === null ? "" : `, ${urgency}`}${criterion.gate ? "" : ", not needed at this milestone"}`;
  const rest = [outcome === "fail" ? (items === 1 ? "item" : "items") : "", urgency === null ? "" : `, ${urgency}`, criterion.gate ? "" : ", not needed at this milestone"].join("");
  return (
    <li>
      <button type="button" className={styles["criterion"]} title={said} data-evidence="" onClick={() => openEvidence(evidence)}>
        <State word={CLEAN_OUTCOMES[outcome]} iconOnly />
        <span className={styles["criterionTitle"]} data-shown={!criterion.gate}>
          {criterion.title}
        </span>
        {outcome === "fail" ? <b>{number(items ?? 0)}</b> : null}
        <span className="unseen">{rest}</span>
      </button>
    </li>
  );
}
