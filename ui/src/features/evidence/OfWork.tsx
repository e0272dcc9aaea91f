/** The rows behind a part of the work: each with its subject, its age, what is next, and how many items it stands for. */

import { useQuery } from "@tanstack/react-query";
import { useClient } from "@/api/context";
import { cleanWorkRowsQuestion, LOCK } from "@/api/questions";
import { Answered, Empty } from "@/components/Conditions";
import { RefLink, StudyLink } from "@/components/Link";
import { VirtualList } from "@/components/VirtualList";
import { useAsOf } from "@/view/asOf";
import type { WorkAsked } from "@/view/evidence";
import { counted, number } from "@/words/numbers";
import styles from "./Evidence.module.css";

export function OfWork({ study, milestone, asked }: { study: string; milestone: string; asked: WorkAsked }) {
  const question = useQuery(cleanWorkRowsQuestion(useClient(), study, useAsOf(), milestone, { ...asked }));
  return (
    <Answered question={question} what="the rows" rows={4}>
      {({ rows, total, items }) =>
        rows.length === 0 ? (
          <Empty title="No row here" />
        ) : (
          <>
            <div className={styles["count"]} role="status">
              {counted(total, "row")}, {counted(items, "item")}
              {total > rows.length ? `; the oldest ${number(rows.length)} are listed` : ""}
            </div>
            <VirtualList label="the rows" items={rows} itemKey={(row, index) => `${row.ref}-${index}`} estimate={44}>
              {(row) => (
                <div className={styles["item"]}>
                  <RefLink to={row.ref} />
                  <span>
                    <StudyLink study={study} search={{ view: "clean", subject: row.subject_id, ...(milestone === LOCK ? {} : { milestone }) }}>
                      {row.subject_id}
                    </StudyLink>
                    , {row.site_id ?? "site unknown"}, {row.days === null ? "age unknown" : counted(row.days, "day")}
                    {row.items === 1 ? null : `, stands for ${counted(row.items, "item")}`}
                    <div className="quiet">{row.next_action}</div>
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
