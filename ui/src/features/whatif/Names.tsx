import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Figure } from "@/components/Figure";
import type { Evidence } from "@/view/evidence";
import { number } from "@/words/numbers";
import styles from "./WhatIf.module.css";

const MOST = 12;

/** A list of labels, the first of them at once and the others when asked for; said when there are none. */
export function Names({ title, none = "", labels, study, evidence }: { title?: string; none?: string; labels: readonly string[]; study?: string; evidence?: Evidence }) {
  const [all, setAll] = useState(false);
  if (labels.length === 0) return <p className="quiet">{none}</p>;
  const shown = all ? labels : labels.slice(0, MOST);
  return (
    <div>
      {title === undefined ? null : (
        <b>
          {title}: {evidence ? <Figure evidence={evidence} /> : number(labels.length)}
        </b>
      )}
      <ul className={styles["list"]} aria-label={title ?? "Sites"}>
        {shown.map((label) => (
          <li key={label}>
            {study === undefined ? (
              label
            ) : (
              <Link to="/studies/$studyId/sites/$siteId" params={{ studyId: study, siteId: label }} search={{}}>
                {label}
              </Link>
            )}
          </li>
        ))}
        {labels.length > MOST ? (
          <li>
            <button type="button" className={styles["link"]} aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? "show fewer" : `show all ${number(labels.length)}`}
            </button>
          </li>
        ) : null}
      </ul>
    </div>
  );
}
