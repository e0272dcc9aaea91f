/** The subjects behind a count of Clean Patient Status, each with what stands in its way. */

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useClient } from "@/api/context";
import { cleanSubjectsQuestion, LOCK } from "@/api/questions";
import type { CleanLine } from "@/api/types";
import { Answered, Empty } from "@/components/Conditions";
import { Figure } from "@/components/Figure";
import { StudyLink } from "@/components/Link";
import { VirtualList } from "@/components/VirtualList";
import { useAsOf } from "@/view/asOf";
import type { Evidence, Kept } from "@/view/evidence";
import { counted } from "@/words/numbers";
import { CLEAN_OUTCOMES } from "@/words/clean";
import styles from "./Evidence.module.css";
import { inTheWay, keeps, type Way } from "./standing";

/** One criterion that stands in the way of one subject, and the rows that decide. */
function ofWay(study: string, { subject_id, site_id }: CleanLine, { code, title, outcome, items, why }: Way): Evidence {
  return {
    title,
    scope: [study, site_id, subject_id].filter(Boolean).join(", "),
    value: items,
    unit: items === 1 ? "item" : "items",
    code,
    definition: CLEAN_OUTCOMES[outcome].meaning,
    ...(items === null ? { unknown: why ?? "no report says it" } : { sources: [{ of: "measure" as const, study, code, level: "subject" as const, group: subject_id, label: title }] }),
  };
}

export function OfStanding({ study, milestone, keep }: { study: string; milestone: string; keep: Kept }) {
  const client = useClient();
  const question = useQuery(cleanSubjectsQuestion(client, study, useAsOf(), milestone));
  const answer = question.data;
  const kept = useMemo(() => answer?.subjects.filter((line) => keeps(line, keep, answer)) ?? [], [answer, keep]);
  return (
    <Answered question={question} what="the subjects" rows={4}>
      {(all) =>
        kept.length === 0 ? (
          <Empty title="No subject here" />
        ) : (
          <>
            <div className={styles["count"]} role="status">
              {counted(kept.length, "subject")}
            </div>
            <VirtualList label="the subjects" items={kept} itemKey={(line) => line.subject_id}>
              {(line) => (
                <div className={styles["item"]}>
                  <StudyLink study={study} search={{ view: "clean", subject: line.subject_id, ...(milestone === LOCK ? {} : { milestone }) }}>
                    {line.subject_id}
                  </StudyLink>
                  <span>
                    {line.site_id ?? "site unknown"}, {line.status ?? "status unknown"}
                    <div className="quiet">
                      {inTheWay(line, keep, all).map((one) => (
                        <span key={one.code} className={styles["pair"]}>
                          {one.title} <Figure deeper evidence={ofWay(study, line, one)} />
                        </span>
                      ))}
                    </div>
                  </span>
                </div>
              )}
            </VirtualList>
          </>
        )
      }
    </Answered>
  );
}
