import { Fragment, useState } from "react";
import type { Burden, Clean } from "@/api/types";
import { Empty } from "@/components/Conditions";
import { Figure } from "@/components/Figure";
import { tableStyles } from "@/components/Page";
import { counted } from "@/words/numbers";
import { byOwner, type Owner } from "./burdens";
import { ofBurden, ofOneStep, ofOwner, type Scope } from "./evidence";
import styles from "./Overview.module.css";

const SOURCES: Readonly<Record<Burden["owner_source"], string>> = {
  workbook: "The line below the header of the subject sheet says who must act.",
  report: "The row itself says who must act.",
  default: "Neither the workbook nor the row says who must act: the usual owner.",
};

/** Who must act, on what, how much and how old; and who would free most subjects. */
export function Burdens({ scope, clean }: { scope: Scope; clean: Clean }) {
  const [open, setOpen] = useState<readonly string[]>([]);
  const owners = byOwner(clean.burdens);
  const titles = new Map(clean.criteria.map((one) => [one.code, one.title]));
  if (owners.length === 0) {
    return (
      <Empty title={clean.standing.unknown > 0 ? "No known item stands in the way" : "Nothing stands in the way"}>
        {clean.standing.unknown > 0 ? `${counted(clean.standing.unknown, "subject")} cannot be judged: the criteria beside this say which report is missing.` : "No open item keeps a subject from being clean at this milestone."}
      </Empty>
    );
  }
  const toggle = (owner: string) => setOpen(open.includes(owner) ? open.filter((one) => one !== owner) : [...open, owner]);
  return (
    <>
      <table className={`${tableStyles["plain"] ?? ""} ${styles["burdens"] ?? ""}`}>
        <thead>
          <tr>
            <th scope="col">Owner</th>
            <th scope="col" className={tableStyles["n"]}>
              Items
            </th>
            {clean.ages.map((age) => (
              <th key={age} scope="col" className={tableStyles["n"]}>
                {age.replace("age unknown", "unknown").replace(" days", " d").replace("up to ", "\u2264 ").replace("over ", "> ").replace(" to ", "\u2013")}
                <span className="unseen">, age</span>
              </th>
            ))}
            <th scope="col" className={tableStyles["n"]} title="Subjects who would be clean if this owner did nothing but its own open work">
              Frees
            </th>
          </tr>
        </thead>
        <tbody>
          {owners.map((owner) => (
            <Fragment key={owner.owner}>
              <OwnerLine scope={scope} clean={clean} owner={owner} open={open.includes(owner.owner)} onToggle={() => toggle(owner.owner)} />
              {open.includes(owner.owner)
                ? owner.waiting.map((waiting) => (
                    <tr key={waiting.criterion} className={styles["inner"]}>
                      <td>{titles.get(waiting.criterion) ?? waiting.criterion}</td>
                      <td className={tableStyles["n"]}>
                        <Figure evidence={ofBurden(scope, owner.owner, [...waiting.byAge.values()].flat(), titles)} />
                      </td>
                      {clean.ages.map((age) => {
                        const burdens = waiting.byAge.get(age);
                        return (
                          <td key={age} className={tableStyles["n"]}>
                            {burdens ? <Figure evidence={ofBurden(scope, owner.owner, burdens, titles)} /> : null}
                          </td>
                        );
                      })}
                      <td />
                    </tr>
                  ))
                : null}
            </Fragment>
          ))}
        </tbody>
      </table>
      <OneStep scope={scope} clean={clean} />
    </>
  );
}

function OwnerLine({ scope, clean, owner, open, onToggle }: { scope: Scope; clean: Clean; owner: Owner; open: boolean; onToggle: () => void }) {
  const of = clean.burdens.filter((one) => one.owner === owner.owner);
  const titles = new Map(clean.criteria.map((one) => [one.code, one.title]));
  const frees = clean.freed_by_owner.find((one) => one.who === owner.owner)?.subjects ?? 0;
  return (
    <tr>
      <td>
        <button type="button" className={styles["fold"]} aria-expanded={open} onClick={onToggle} title={owner.sources.map((source) => SOURCES[source]).join(" ")}>
          {open ? "\u25be" : "\u25b8"} {owner.owner}
        </button>
      </td>
      <td className={tableStyles["n"]}>
        <Figure evidence={ofOwner(scope, owner, titles)} />
      </td>
      {clean.ages.map((age) => {
        const here = of.filter((one) => one.age === age);
        return (
          <td key={age} className={tableStyles["n"]}>
            {here.length === 0 ? null : <Figure evidence={ofBurden(scope, owner.owner, here, titles)} />}
          </td>
        );
      })}
      <td className={tableStyles["n"]}>
        <Figure evidence={ofOneStep(scope, frees, { owner: owner.owner })} />
      </td>
    </tr>
  );
}

const SITES_AT_ONCE = 5;

function OneStep({ scope, clean }: { scope: Scope; clean: Clean }) {
  return (
    <p className={styles["foot"]}>
      <b>One step from clean:</b> <Figure evidence={ofOneStep(scope, clean.one_step)} /> <span className="quiet">{clean.one_step === 1 ? "subject" : "subjects"}</span>
      {clean.freed_by_site.length > 0 ? (
        <>
          {" "}
          <span className="quiet">by site</span>{" "}
          {clean.freed_by_site.slice(0, SITES_AT_ONCE).map(({ who, subjects }) => (
            <span key={who} className={styles["pair"]}>
              {who} <Figure evidence={ofOneStep(scope, subjects, { site: who })} />
            </span>
          ))}
          {clean.freed_by_site.length > SITES_AT_ONCE ? <span className="quiet"> and {counted(clean.freed_by_site.length - SITES_AT_ONCE, "more site", "more sites")}</span> : null}
        </>
      ) : null}
    </p>
  );
}
