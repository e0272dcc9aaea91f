import { useQuery } from "@tanstack/react-query";
import { useClient } from "@/api/context";
import { studyQuestion } from "@/api/questions";
import { Icon } from "@/components/Icon";
import { StudyLink } from "@/components/Link";
import { useAsOf } from "@/view/asOf";
import { counted } from "@/words/numbers";
import styles from "./Overview.module.css";

/** Receipts that need attention: what could not be loaded, with the way to it. */
export function ReceiptsPart({ study }: { study: string }) {
  const { data } = useQuery(studyQuestion(useClient(), study, useAsOf()));
  if (!data) return null;
  const said = [
    data.refused > 0 ? `${counted(data.refused, "file")} refused` : null,
    data.quarantined > 0 ? `${counted(data.quarantined, "file or sheet", "files or sheets")} quarantined` : null,
    data.rejected > 0 ? `${counted(data.rejected, "line")} rejected` : null,
  ].filter((one) => one !== null);
  return (
    <span className={styles["receipts"]} role="group" aria-label="Receipts">
      {said.length === 0 ? (
        <>
          <Icon name="check" size={14} /> <span className="quiet">No receipt needs attention</span>
        </>
      ) : (
        <>
          <Icon name="triangle" size={14} />
          <StudyLink study={study} search={{ view: "reports" }} title="The reports of the study with their receipts">
            Receipts to look at: {said.join(", ")}
          </StudyLink>
        </>
      )}
    </span>
  );
}
