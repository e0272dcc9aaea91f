/** The columns of the work, by action and by owner. */

import type { WorkAction, WorkOwner } from "@/api/types";
import type { GridColumn } from "@/components/grid/columns";
import { State } from "@/components/State";
import { OWNER_SOURCES, URGENCY_RANK, URGENCY_WORDS } from "@/words/clean";
import { counted, number } from "@/words/numbers";
import styles from "./Clean.module.css";

interface Amount {
  items: number;
  undated: number;
  oldest: number | null;
  subjects: number;
  sites: number;
  urgency: "critical" | "high" | "medium";
}

/** A number of work as a button to its rows. */
type Opens<One> = (one: One, said: string, children: React.ReactNode) => React.ReactNode;

function amounts<One extends Amount>(opens: Opens<One>): GridColumn<One>[] {
  return [
    { id: "items", title: "Items", type: "number", width: 76, value: (one) => one.items, render: (one) => opens(one, counted(one.items, "item"), number(one.items)) },
    { id: "subjects", title: "Subjects", type: "number", width: 76, value: (one) => one.subjects, render: (one) => opens(one, counted(one.subjects, "subject"), number(one.subjects)) },
    { id: "sites", title: "Sites", type: "number", width: 64, value: (one) => one.sites, render: (one) => opens(one, counted(one.sites, "site"), number(one.sites)) },
    {
      id: "urgency",
      title: "Urgency",
      width: 92,
      hint: "The highest urgency of its items",
      descFirst: true,
      value: (one) => URGENCY_RANK[one.urgency] ?? null,
      text: (value) => Object.keys(URGENCY_RANK).find((word) => URGENCY_RANK[word] === value) ?? "",
      exports: [{ title: "Urgency", value: (one) => one.urgency }],
      render: (one) => <State word={URGENCY_WORDS[one.urgency]} />,
    },
    { id: "oldest", title: "Oldest, days", type: "number", width: 76, hint: "Days of the oldest item whose age is known", value: (one) => one.oldest },
    {
      id: "undated",
      title: "Age unknown",
      type: "number",
      width: 84,
      hint: "Items without a date from which an age could be counted",
      value: (one) => one.undated,
      render: (one) => (one.undated === 0 ? <span className="quiet">0</span> : opens(one, `${counted(one.undated, "item")} of unknown age`, number(one.undated))),
    },
  ];
}

export function actionColumns(opens: Opens<WorkAction>): GridColumn<WorkAction>[] {
  return [
    { id: "next_action", title: "Next action", width: 372, value: (one) => one.next_action, render: (one) => opens(one, "its rows", one.next_action) },
    { id: "owner", title: "Owner", width: 140, value: (one) => one.owner },
    {
      id: "source",
      title: "Owner known from",
      width: 96,
      hint: "What says who must act: the workbook, the report's own row, or neither, so the default",
      value: (one) => one.owner_source,
      render: (one) => <span title={OWNER_SOURCES[one.owner_source].meaning}>{one.owner_source}</span>,
    },
    ...amounts(opens),
    { id: "criterion", title: "Criterion", width: 190, value: (one) => one.title },
  ];
}

export function ownerColumns(opens: Opens<WorkOwner>): GridColumn<WorkOwner>[] {
  return [
    { id: "owner", title: "Owner", width: 190, value: (one) => one.owner, render: (one) => opens(one, "the actions", one.owner) },
    ...amounts(opens),
    { id: "frees", title: "Would make clean", type: "number", width: 92, hint: "Subjects one step from clean whose step is for this owner: its work alone would make them clean", value: (one) => one.frees },
    {
      id: "criteria",
      title: "Made of",
      width: 420,
      value: (one) => one.criteria.map(({ title, items }) => `${title} ${number(items)}`).join(", "),
      exports: [{ title: "Made of", value: (one) => one.criteria.map(({ title, items }) => `${title} ${items}`).join(", ") }],
      render: (one) => (
        <span className={styles["made"]} title={one.criteria.map(({ title, items }) => `${title} ${number(items)}`).join(", ")}>
          {one.criteria.map(({ code, title, items }) => (
            <span key={code}>
              {title} <b>{number(items)}</b>
            </span>
          ))}
        </span>
      ),
    },
  ];
}
