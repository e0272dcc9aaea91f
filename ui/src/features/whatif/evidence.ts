/** What the numbers of the what-if page mean and open to. */
import type { KriMove, Standing, WhatIf } from "@/api/types";
import type { Evidence } from "@/view/evidence";
import { number } from "@/words/numbers";
import { percent } from "@/words/shares";
import { cleanShare } from "./words";

export type Side = "before" | "after";

const WHEN: Readonly<Record<Side, string>> = { before: "as published", after: "with the change" };

function flagParts(found: WhatIf, side: Side, level: "red" | "amber") {
  return found.kris.filter((one) => one.site_risk && one[side][level] > 0).map((one) => ({ label: one.title, value: one[side][level], evidence: ofKri(one, side, level) }));
}

/** How an indicator flags, in words. */
function ruleWords(kri: KriMove, side: Side): string {
  const { amber_from, red_from, accrual } = kri[side];
  return `amber from a score of ${number(amber_from)}, red from ${number(red_from)} and q at most 0.05; asked from ${number(accrual)}`;
}

export function ofKri(kri: KriMove, side: Side, what: "red" | "amber" | "expected_false"): Evidence {
  const title = { red: "Red flags", amber: "Amber flags", expected_false: "Expected false flags" }[what];
  return {
    title: `${title} of ${kri.title}`,
    scope: WHEN[side],
    value: kri[side][what],
    code: kri.code,
    definition: what === "expected_false" ? "Flags that chance alone would raise if every site with a score were healthy." : `Sites that the indicator flags: ${ruleWords(kri, side)}.`,
    ...(what === "expected_false" ? { formula: `${number(kri[side].scored)} sites with a score, times the tail beyond ${number(kri[side].amber_from)}` } : {}),
    parts:
      what === "expected_false"
        ? []
        : kri.moved.map((one) => ({ label: `${one.place.label}: flag ${one.before ?? "none"} to ${one.after ?? "none"}`, value: one[side === "before" ? "score_before" : "score_after"], note: "score" })),
    partsTitle: "Sites whose flag is another",
  };
}

export function ofFlags(found: WhatIf, side: Side, what: "red" | "amber" | "sites" | "expected_false"): Evidence {
  const totals = found[`flags_${side}`];
  const told = {
    red: { title: "Red flags", definition: "Flags of all indicators that are a risk of the site, added up. Stronger than chance also for the number of questions asked." },
    amber: { title: "Amber flags", definition: "Flags of all indicators that are a risk of the site, added up. Worth a look; some are chance." },
    sites: { title: "Sites with a flag", definition: "Sites with at least one amber or red flag of an indicator that is a risk of the site." },
    expected_false: { title: "Expected false flags", definition: "Flags that chance alone would raise over all indicators that are a risk of the site, if every site were healthy." },
  }[what];
  const parts =
    what === "red" || what === "amber"
      ? flagParts(found, side, what)
      : what === "expected_false"
        ? found.kris.filter((one) => one.site_risk && one[side].scored > 0).map((one) => ({ label: one.title, value: one[side].expected_false, evidence: ofKri(one, side, what) }))
        : [];
  return { ...told, scope: WHEN[side], value: totals[what], parts, partsTitle: "By indicator" };
}

export function ofClean(found: WhatIf, side: Side, what: "strict" | "submitted" | "step" | "unknown"): Evidence {
  const standing: Standing = found[`clean_${side}`];
  const gates = side === "before" ? found.gates_before : found.milestone.gates;
  const base = { scope: `${found.milestone.title}, ${WHEN[side]}`, formula: `gates: ${gates.join(", ")}` };
  switch (what) {
    case "strict":
      return {
        ...base,
        title: "Clean subjects",
        value: standing.clean,
        text: `${number(standing.clean)} of ${number(standing.members - standing.not_applicable)} (${cleanShare(standing)})`,
        definition: "Subjects who pass every gate that applies to them. Unknown is not clean.",
        note: standing.interval ? `95 % interval of the share: ${percent(standing.interval[0])} to ${percent(standing.interval[1])}` : undefined,
        parts: found.strata.map((one) => ({ label: one.status ?? "status unknown", value: one[side].clean, note: `of ${number(one[side].members)}` })),
        partsTitle: "By subject status",
      } as Evidence;
    case "submitted":
      return {
        ...base,
        title: "Clean on submitted data",
        value: standing.submitted_share,
        ...(standing.submitted_share === null ? { unknown: "A gate is unknown for every subject." } : { text: percent(standing.submitted_share) }),
        definition: "The same without missing visits and pages: data that did not come cannot be unclean.",
      };
    case "step":
      return { ...base, title: "One step from clean", value: found[`one_step_${side}`], definition: "Subjects whom exactly one gate fails and none leaves unknown." };
    case "unknown":
      return { ...base, title: "Subjects of whom it is unknown", value: standing.unknown, definition: "No gate fails, and at least one is unknown. They do not count as clean." };
  }
}

export function ofWork(found: WhatIf, side: Side, owner?: string): Evidence {
  const rows = found.work.filter((one) => owner === undefined || one.owner === owner);
  return {
    title: owner === undefined ? "Items in the way" : `Items that wait for ${owner}`,
    scope: `${found.milestone.title}, ${WHEN[side]}`,
    value: rows.reduce((sum, one) => sum + one[side], 0),
    definition: "Rows that keep subjects from passing a gate: each waits for one owner. With fewer gates the rows stay; they are only not in the way of this milestone.",
    ...(owner === undefined ? { parts: rows.map((one) => ({ label: one.owner, value: one[side] })), partsTitle: "By owner" } : {}),
  };
}

export function ofQuality(found: WhatIf, study: string, side: Side, uncapped = false): Evidence {
  const value = found[`quality_${side}`];
  const shown = uncapped ? value.uncapped : value.value;
  return {
    title: uncapped ? "Data Quality Index of the study before its ceiling" : "Data Quality Index of the study",
    scope: `${study}, ${WHEN[side]}`,
    value: shown,
    ...(shown === null ? { unknown: `Not computable: ${value.missing.map((one) => `${one.title} (${one.reason})`).join("; ")}. It lies between ${number(value.worst)} and ${number(value.best)}.` } : { text: shown.toFixed(1) }),
    ...(value.ceiling === null ? {} : { note: `Ceiling: ${value.ceiling}, so at most ${number(value.at_most ?? 100)}. No weight changes that.` }),
    code: "dqi_default",
    definition: "100 less what each indicator costs, under its ceilings.",
    asOf: value.as_of,
    parts: found.weights.map((one) => ({ label: `Weight of ${one.title}`, value: Math.round(one[`weight_${side}`] * 1000) / 10, note: `%, cap ${number(one[`cap_${side}`])}` })),
    partsTitle: "Weights",
  };
}
