/** The subjects behind a count of Clean Patient Status, each with what stands in its way. */

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useClient } from "@/api/context";
import { cleanSubjectsQuestion, LOCK } from "@/api/questions";
import { Answered, Empty } from "@/components/Conditions";
import { StudyLink } from "@/components/Link";
import { VirtualList } from "@/components/VirtualList";
import { useAsOf } from "@/view/asOf";
import type { Kept } from "@/view/evidence";
import { counted, number } from "@/words/numbers";
import styles from "./Evidence.module.css";
import { inTheWay, keeps } from "./standing";

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
                      {inTheWay(line, all).map(({ title, items }) => (
                        <span key={title} className={styles["pair"]}>
                          {title} <b>{items === null ? "unknown" : number(items)}</b>
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
