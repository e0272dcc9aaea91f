/** What a change makes of a study: numbers side by side, then the sites, subjects and owners behind the difference. */
import { Link } from "@tanstack/react-router";
import type { FlagMove, KriMove, WhatIf } from "@/api/types";
import { Figure } from "@/components/Figure";
import { Flag } from "@/components/Flag";
import { Panel, tableStyles } from "@/components/Page";
import type { Evidence } from "@/view/evidence";
import { number } from "@/words/numbers";
import { ofClean, ofDifference, ofFlags, ofIndex, ofKri, ofMoved, ofTarget, ofWork, type Side } from "./evidence";
import { Both, Fromto, Head } from "./BeforeAfter";
import { Names } from "./Names";
import { Sites } from "./SitesMoved";
import { Subjects } from "./SubjectsMoved";
import { difference, shift } from "./words";
import styles from "./WhatIf.module.css";

const TABLE = `${tableStyles["plain"] ?? ""} ${styles["table"] ?? ""}`;

interface Props {
  study: string;
  found: WhatIf;
  /** A saved version that stands beside it, and what it comes to. */
  beside: { number: number; found: WhatIf } | null;
  busy: boolean;
}

export function Effects({ study, found, beside, busy }: Props) {
  return (
    <div className={`${styles["effects"] ?? ""} ${busy ? (styles["busy"] ?? "") : ""}`} aria-busy={busy}>
      <Summary study={study} found={found} beside={beside} />
      <Indicators study={study} found={found} />
      <div className={styles["two"]}>
        <Sites study={study} found={found} />
        <Subjects study={study} found={found} />
        <Work study={study} found={found} />
        <Readiness study={study} found={found} />
      </div>
    </div>
  );
}

interface Line {
  label: string;
  of: (found: WhatIf, side: Side) => Evidence;
  words?: (before: number | null, after: number | null) => string;
  /** Whom it counts, where the difference opens to those who moved. */
  moved?: "strict" | "submitted" | "step" | "unknown";
}

function Summary({ study, found, beside }: { study: string; found: WhatIf; beside: Props["beside"] }) {
  const lines: Line[] = [
    { label: "Red flags", of: (of, side) => ofFlags(of, study, side, "red") },
    { label: "Amber flags", of: (of, side) => ofFlags(of, study, side, "amber") },
    { label: "Sites with a flag", of: (of, side) => ofFlags(of, study, side, "sites") },
    { label: "Expected false flags", of: (of, side) => ofFlags(of, study, side, "expected_false") },
    { label: `Clean subjects, ${found.milestone.title.toLowerCase()}`, of: (of, side) => ofClean(of, study, side, "strict"), moved: "strict" },
    { label: "Clean on submitted data", of: (of, side) => ofClean(of, study, side, "submitted"), moved: "submitted", words: (before, after) => shift(before === null ? null : before * 100, after === null ? null : after * 100) },
    { label: "Subjects unknown", of: (of, side) => ofClean(of, study, side, "unknown"), moved: "unknown" },
    { label: "One step from clean", of: (of, side) => ofClean(of, study, side, "step"), moved: "step" },
    { label: "Items in the way", of: (of, side) => ofWork(of, study, side) },
    { label: "Data Quality Index", of: (of, side) => ofIndex(of, study, side), words: shift },
    ...(found.quality_before.ceiling !== null && found.quality_before.uncapped !== null ? [{ label: "The same before its ceiling", of: (of: WhatIf, side: Side) => ofIndex(of, study, side, true), words: shift }] : []),
  ];
  return (
    <Panel title="What would change" aside="worked out from stored scores; nothing is measured again" padded={false}>
      <table className={TABLE} aria-label="Before and after">
        <Head what="Number" version={beside?.number} />
        <tbody>
          {lines.map(({ label, of, words = difference, moved }) => {
            const before = of(found, "before");
            const after = of(found, "after");
            const told = words(before.value, after.value);
            return (
              <tr key={label} className={told === "no change" || before.value === after.value ? "" : styles["differs"]}>
                <th scope="row">{label}</th>
                <td className={tableStyles["n"]}>
                  <Figure evidence={before} />
                </td>
                <td className={tableStyles["n"]}>
                  <Figure evidence={after} />
                </td>
                <td className={styles["told"]}>
                  {told === "no change" || before.value === after.value || before.value === null || after.value === null ? (
                    <span className="quiet">{told}</span>
                  ) : (
                    <Figure evidence={moved === undefined ? ofDifference(label, before, after, told) : ofMoved(found, study, moved, { value: after.value - before.value, text: told })} />
                  )}
                </td>
                {beside ? (
                  <td className={tableStyles["n"]}>
                    <Figure evidence={of(beside.found, "after")} />
                  </td>
                ) : null}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Panel>
  );
}

function Indicators({ study, found }: { study: string; found: WhatIf }) {
  const shown = found.kris.filter((one) => one.moved.length > 0 || found.change.limits[one.code] !== undefined);
  return (
    <Panel title="Indicators" aside={shown.length === 0 ? undefined : "those that the change touches"} padded={shown.length === 0}>
      {shown.length === 0 ? (
        <p className="quiet">No flag changes: no threshold is changed.</p>
      ) : (
        <table className={TABLE} aria-label="Indicators that the change touches">
          <thead>
            <tr>
              {["Indicator", "Thresholds", "Red", "Amber", "Expected false", "Sites whose flag is another"].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((kri) => (
              <tr key={kri.code}>
                <th scope="row">
                  <Link to="/studies/$studyId/kris/$kri" params={{ studyId: study, kri: kri.code }} search={{}}>
                    {kri.title}
                  </Link>{" "}
                  <span className="quiet">{kri.code}</span>
                  {kri.site_risk ? null : <div className="quiet">no risk of the site: in no total above</div>}
                </th>
                <td data-plain="setting">
                  <Fromto before={thresholds(kri, "before")} after={thresholds(kri, "after")} />
                </td>
                {(["red", "amber", "expected_false"] as const).map((what) => (
                  <td key={what}>
                    <Fromto before={<Figure evidence={ofKri(kri, study, "before", what)} />} after={<Figure evidence={ofKri(kri, study, "after", what)} />} same={kri.before[what] === kri.after[what]} />
                  </td>
                ))}
                <td>
                  <Moves study={study} kri={kri} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function thresholds(kri: KriMove, side: Side): string {
  const { amber_from, red_from, accrual } = kri[side];
  return `${number(amber_from)}, ${number(red_from)}; from ${number(accrual)}`;
}

/** Sites that moved alike stand together: "no flag, then amber: Site 3, Site 9". */
function Moves({ study, kri }: { study: string; kri: KriMove }) {
  if (kri.moved.length === 0) return <span className="quiet">none</span>;
  const alike = new Map<string, FlagMove[]>();
  for (const one of kri.moved) {
    const key = `${one.before ?? "-"} ${one.after ?? "-"}`;
    alike.set(key, [...(alike.get(key) ?? []), one]);
  }
  return (
    <ul className={styles["moves"]}>
      {[...alike.entries()].map(([key, moves]) => {
        const before = moves[0]?.before ?? null;
        const after = moves[0]?.after ?? null;
        return (
          <li key={key}>
            <Flag flag={before} state={before === null ? "below_accrual" : "ok"} word />
            <span aria-hidden="true">→</span>
            <span className="unseen">then</span>
            <Flag flag={after} state={after === null ? "below_accrual" : "ok"} word />
            <Names labels={moves.map((one) => one.place.label)} study={study} />
          </li>
        );
      })}
    </ul>
  );
}

function Work({ study, found }: { study: string; found: WhatIf }) {
  const shown = found.work.filter((one) => one.before > 0 || one.after > 0);
  return (
    <Panel title="Work in the way, by owner" padded={shown.length === 0}>
      {shown.length === 0 ? (
        <p className="quiet">Nothing that is known stands in the way of this milestone.</p>
      ) : (
        <table className={TABLE} aria-label="Work by owner">
          <Head what="Owner" />
          <tbody>
            {shown.map(({ owner }) => (
              <Both key={owner} label={owner} before={ofWork(found, study, "before", owner)} after={ofWork(found, study, "after", owner)} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

const READY: Readonly<Record<string, string>> = { yes: "yes", conditional: "with conditions", no: "no", unknown: "not to be said" };

function Readiness({ study, found }: { study: string; found: WhatIf }) {
  return (
    <Panel title="Ready for the milestone" padded={false}>
      <table className={TABLE} aria-label="Readiness of populations">
        <thead>
          <tr>
            {["Population", "Target", "Ready", "Why"].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.readiness.map((one) => (
            <tr key={one.code} className={one.before === one.after ? "" : styles["differs"]}>
              <th scope="row">{one.title}</th>
              <td>
                <Fromto before={<Figure evidence={ofTarget(found, study, "before", one)} />} after={<Figure evidence={ofTarget(found, study, "after", one)} />} same={one.target_before === one.target_after} />
              </td>
              <td>
                <Fromto before={READY[one.before] ?? one.before} after={READY[one.after] ?? one.after} />
              </td>
              <td className="quiet" data-plain="words">
                {one.why}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
