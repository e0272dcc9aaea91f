import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useClient } from "@/api/context";
import { cleanQuestion, LOCK } from "@/api/questions";
import { useAsOf } from "@/view/asOf";
import type { Search } from "@/view/search";
import { counted } from "@/words/numbers";
import styles from "./Overview.module.css";
import { ReceiptsPart } from "./ReceiptsPart";

/** What subjects are to be clean for; the choice stands in the address. */
export function Milestones({ study, chosen }: { study: string; chosen: string }) {
  const { data } = useQuery(cleanQuestion(useClient(), study, useAsOf(), chosen));
  const navigate = useNavigate();
  const choose = (code: string) => void navigate({ to: ".", replace: true, search: (old: Search) => ({ ...old, milestone: code === LOCK ? undefined : code }) });
  return (
    <div className={styles["bar"]}>
      <label className={styles["choice"]}>
        <span className="quiet">Milestone</span>
        <select value={chosen} onChange={(event) => choose(event.target.value)}>
          {(data?.milestones ?? [{ code: chosen, title: chosen.replaceAll("_", " ") }]).map(({ code, title }) => (
            <option key={code} value={code}>
              {title}
            </option>
          ))}
        </select>
      </label>
      {data ? <span className="quiet">{counted(data.milestone.gates.length, "criterion", "criteria")} must pass</span> : null}
      <ReceiptsPart study={study} />
    </div>
  );
}
