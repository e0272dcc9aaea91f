/** The columns of the list of subjects. */

import { useSearch } from "@tanstack/react-router";
import type { CleanLine } from "@/api/types";
import type { GridColumn } from "@/components/grid/columns";
import { Icon } from "@/components/Icon";
import { State } from "@/components/State";
import type { Evidence } from "@/view/evidence";
import type { Search } from "@/view/search";
import { type Criterion, ofCriterion, ofItems, ofOldest, ofProgress, outcomeSaid, reasonOf, type Where } from "@/view/subject";
import { CLEAN_OUTCOMES, criterionWord, progressWord, STANDINGS, URGENCY_RANK, URGENCY_WORDS } from "@/words/clean";
import { number } from "@/words/numbers";
import styles from "./Clean.module.css";
import { inTheWay } from "./subjects";

interface Acts {
  evidence: (evidence: Evidence) => void;
  subject: (subject: string) => void;
}

export function columnsOf(where: Where, criteria: readonly Criterion[], milestone: string, acts: Acts): GridColumn<CleanLine>[] {
  const open = (evidence: () => Evidence, said: string, children: React.ReactNode, className = styles["plain"]) => (
    <button type="button" tabIndex={-1} className={className} title={said} aria-label={said} data-evidence="" onClick={() => acts.evidence(evidence())}>
      {children}
    </button>
  );
  return [
    {
      id: "subject_id",
      title: "Subject",
      width: 104,
      hint: "Opens everything that stands in the way of the subject",
      value: (line) => line.subject_id,
      render: (line) => <Name subject={line.subject_id} onOpen={acts.subject} />,
    },
    { id: "site_id", title: "Site", width: 88, plain: "code", value: (line) => line.site_id },
    {
      id: "outcome",
      title: milestone,
      width: 96,
      hint: `Whether the subject is clean at ${milestone.toLowerCase()}`,
      value: (line) => line.outcome,
      text: (value) => STANDINGS[value as CleanLine["outcome"]].word,
      exports: [{ title: `Clean at ${milestone.toLowerCase()}`, value: (line) => STANDINGS[line.outcome].word }],
      render: (line) => <State word={STANDINGS[line.outcome]} />,
    },
    {
      id: "steps",
      title: "Steps",
      type: "number",
      width: 50,
      hint: "Criteria of the milestone that fail: steps from clean; at least, where one is unknown",
      value: (line) => {
        const { steps, unknown } = inTheWay(line, criteria);
        return unknown > 0 || line.outcome === "not_applicable" ? null : steps;
      },
      exports: [
        { title: "Steps from clean", type: "number", value: (line) => inTheWay(line, criteria).steps },
        { title: "Criteria unknown", type: "number", value: (line) => inTheWay(line, criteria).unknown },
      ],
      render: (line) => {
        const { steps, unknown, items } = inTheWay(line, criteria);
        if (line.outcome === "not_applicable") return <Nothing said="No criterion applies" />;
        return open(
          () => ofItems(where, line, criteria, items, unknown > 0),
          `Steps from clean, ${line.subject_id}: ${unknown > 0 ? "at least " : ""}${number(steps)}`,
          <Amount value={steps} lowerBound={unknown > 0} />,
        );
      },
    },
    {
      id: "items",
      title: "Items",
      type: "number",
      width: 60,
      background: true,
      hint: "Items in the way of the milestone; at least, where a criterion is unknown",
      value: (line) => inTheWay(line, criteria).items,
      exports: [{ title: "Items in the way", type: "number", value: (line) => inTheWay(line, criteria).items }],
      render: (line) => {
        const { unknown, items } = inTheWay(line, criteria);
        return open(() => ofItems(where, line, criteria, items, unknown > 0), `Items in the way, ${line.subject_id}: ${unknown > 0 ? "at least " : ""}${number(items)}`, <Amount value={items} lowerBound={unknown > 0} />);
      },
    },
    {
      id: "progress",
      title: "Progress",
      type: "number",
      width: 98,
      hint: "How much of what applies is done; a range where something is unknown. Sorts by the least",
      value: (line) => (line.progress === null ? null : line.progress[0]),
      text: (value) => `${number(Math.floor(Number(value)))} %`,
      exports: [
        { title: "Progress at least, %", type: "number", value: (line) => rounded(line.progress?.[0]) },
        { title: "Progress at most, %", type: "number", value: (line) => rounded(line.progress?.[1]) },
      ],
      render: (line) =>
        line.progress === null ? <Nothing said="No criterion applies" /> : open(() => ofProgress(where, line, criteria), `Progress, ${line.subject_id}: ${progressWord(line.progress)}`, progressWord(line.progress)),
    },
    {
      id: "urgency",
      title: "Urgency",
      width: 88,
      hint: "The highest urgency of what stands in the way",
      descFirst: true,
      value: (line) => (line.urgency === null ? null : (URGENCY_RANK[line.urgency] ?? null)),
      text: (value) => Object.keys(URGENCY_RANK).find((word) => URGENCY_RANK[word] === value) ?? "",
      exports: [{ title: "Urgency", value: (line) => line.urgency }],
      render: (line) => (line.urgency === null ? <Nothing said="Nothing known in the way" /> : <State word={URGENCY_WORDS[line.urgency]} />),
    },
    {
      id: "oldest",
      title: "Oldest, days",
      type: "number",
      width: 62,
      hint: "Days of the oldest item in the way, at the as-of date of its report",
      value: (line) => line.oldest,
      render: (line) => {
        if (line.urgency === null) return <Nothing said="Nothing known in the way" />;
        if (line.oldest === null)
          return open(() => ofOldest(where, line, criteria), `Oldest item in the way, ${line.subject_id}: age unknown, no item in the way has a date`, <span>?</span>, `${styles["unknown"] ?? ""} hatched`);
        return open(() => ofOldest(where, line, criteria), `Oldest item in the way, ${line.subject_id}: ${number(line.oldest)} days`, number(line.oldest));
      },
    },
    {
      id: "owner",
      title: "Owner",
      width: 96,
      hint: "Who owns most of what stands in the way",
      value: (line) => line.owner,
      render: (line) => (line.owner === null ? <Nothing said="Nothing known in the way" /> : <span title={line.owner}>{line.owner}</span>),
    },
    ...criteria.map((criterion) => ofOne(criterion)),
    { id: "country", title: "Country", width: 70, value: (line) => line.country },
    { id: "status", title: "Status", width: 130, value: (line) => line.status },
  ];

  function ofOne(criterion: Criterion): GridColumn<CleanLine> {
    const { code, title, place, gate } = criterion;
    return {
      id: code,
      title: criterionWord(code, title),
      width: 63,
      hint: `${title}${gate ? "" : "; not needed at this milestone, only shown"}. Filter: fail, pass, >5, ? for unknown`,
      descFirst: true,
      value: (line) => (line.outcomes[place] === "not_applicable" ? CLEAN_OUTCOMES.not_applicable.word : line.outcomes[place] === "unknown" ? null : (line.items[place] ?? null)),
      text: (value) => (value === 0 ? CLEAN_OUTCOMES.pass.word : typeof value === "number" ? `${CLEAN_OUTCOMES.fail.word} ${number(value)}` : String(value)),
      exports: [
        { title, value: (line) => CLEAN_OUTCOMES[line.outcomes[place] ?? "unknown"].word },
        { title: `${title}: items`, type: "number", value: (line) => (line.outcomes[place] === "not_applicable" ? null : (line.items[place] ?? null)) },
      ],
      render: (line) => {
        const outcome = line.outcomes[place] ?? "unknown";
        const reason = reasonOf(where, line, criterion);
        return open(
          () => ofCriterion(where, line, criterion),
          `${title}, ${line.subject_id}: ${outcomeSaid(line, criterion)}${reason === null ? "" : `: ${reason}`}`,
          <>
            <Icon name={MARKS[outcome]} size={12} />
            {outcome === "fail" ? number(line.items[place] ?? 0) : null}
          </>,
          `${styles["judged"] ?? ""} ${styles[outcome] ?? ""} ${outcome === "unknown" ? "hatched" : ""} ${gate ? "" : (styles["shown"] ?? "")}`,
        );
      },
    };
  }
}

/** Opens the subject; marked while it is open. It asks the address alone, so that opening one draws no other line again. */
function Name({ subject, onOpen }: { subject: string; onOpen: (subject: string) => void }) {
  const isOpen = useSearch({ strict: false, select: (search: Search) => search.subject === subject });
  return (
    <button type="button" tabIndex={-1} className={styles["subject"]} aria-current={isOpen ? "true" : undefined} onClick={() => onOpen(subject)}>
      {subject}
    </button>
  );
}

const MARKS = { pass: "check", fail: "cross", not_applicable: "dash", unknown: "question" } as const;

function rounded(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value * 100) / 100;
}

function Amount({ value, lowerBound }: { value: number; lowerBound: boolean }) {
  return (
    <>
      {lowerBound ? <span className={styles["bound"]}>≥ </span> : null}
      {number(value)}
    </>
  );
}

/** A cell that has nothing to say, which is neither zero nor unknown. */
function Nothing({ said }: { said: string }) {
  return (
    <span className={styles["nothing"]} title={said}>
      <span aria-hidden="true">–</span>
      <span className="unseen">{said}</span>
    </span>
  );
}
