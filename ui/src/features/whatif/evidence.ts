/** What the numbers of the what-if page mean and open to. */
import { LOCK } from "@/api/questions";
import type { FlagMove, KriMove, SiteIndexMove, Standing, WhatIf } from "@/api/types";
import type { Evidence, Kept, Part, RowSource } from "@/view/evidence";
import { ofQuality } from "@/view/quality";
import { number } from "@/words/numbers";
import { intervalNote } from "@/view/cleanShare";
import { percent, tenth } from "@/words/shares";
import { cleanShare } from "./words";

export type Side = "before" | "after";
export type Band = NonNullable<SiteIndexMove["before"]["band"]>;

const WHEN: Readonly<Record<Side, string>> = { before: "as published", after: "with the change" };

function flagParts(found: WhatIf, study: string, side: Side, level: "red" | "amber") {
  return found.kris.filter((one) => one.site_risk && one[side][level] > 0).map((one) => ({ label: one.title, value: one[side][level], evidence: ofKri(one, study, side, level) }));
}

/** How an indicator flags, in words. */
function ruleWords(kri: KriMove, side: Side): string {
  const { amber_from, red_from, accrual } = kri[side];
  return `amber from a score of ${number(amber_from)}, red from ${number(red_from)} and q at most 0.05; asked from ${number(accrual)}`;
}

/** A site whose flag is another: its score on one side, and the rows that it is made of. */
function ofSite(kri: KriMove, study: string, side: Side, { place: { label }, score_before, score_after, before, after }: FlagMove): Part {
  const score = side === "before" ? score_before : score_after;
  return {
    label: `${label}: ${flagWords(before)}, then ${flagWords(after)}`,
    value: score,
    evidence: {
      title: `Score of ${kri.title}`,
      scope: `${study}, ${label}, ${WHEN[side]}`,
      value: score,
      ...(score === null ? { unknown: "The site has too little data to be asked." } : { text: number(Math.round(score * 100) / 100) }),
      code: kri.code,
      definition: `How far the site is from the study, in standard deviations. It is flagged: ${ruleWords(kri, side)}.`,
      sources: [{ of: "measure", study, code: kri.code, level: "site", group: label, label: kri.title }],
    },
  };
}

function flagWords(flag: number | null): string {
  return flag === null ? "not asked" : flag === 0 ? "no flag" : Math.abs(flag) === 1 ? "amber" : "red";
}

export function ofKri(kri: KriMove, study: string, side: Side, what: "red" | "amber" | "expected_false"): Evidence {
  if (what === "expected_false") return ofExpected(kri, study, side);
  return {
    title: `${what === "red" ? "Red" : "Amber"} flags of ${kri.title}`,
    scope: `${study}, ${WHEN[side]}`,
    value: kri[side][what],
    code: kri.code,
    definition: `Sites that the indicator flags: ${ruleWords(kri, side)}.`,
    parts: kri.moved.map((one) => ofSite(kri, study, side, one)),
    partsTitle: "Sites whose flag is another, and their score",
    sources: kri.before[what] === 0 ? [] : [{ of: "flags", study, kri: kri.code, flag: what, label: "Flagged as published" }],
  };
}

/** What chance alone would flag: sites with a score, times the chance of a flag at a healthy one. */
function ofExpected(kri: KriMove, study: string, side: Side): Evidence {
  const { scored, amber_from, expected_false } = kri[side];
  const sites: Evidence = {
    title: `Sites with a score by ${kri.title}`,
    scope: `${study}, ${WHEN[side]}`,
    value: scored,
    code: kri.code,
    definition: `Sites that have enough data to be asked: from ${number(kri[side].accrual)}.`,
    ...(kri.before.scored === 0 ? {} : { sources: [{ of: "flags", study, kri: kri.code, scored: true, label: "With a score as published" }] }),
    ...(kri.before.accrual === kri.after.accrual ? {} : { note: "The change asks other sites: those whose flag is another are listed with the flags." }),
  };
  const chance: Evidence = {
    title: "Chance of a flag at a healthy site",
    scope: `${study}, ${WHEN[side]}`,
    value: scored === 0 ? null : expected_false / scored,
    ...(scored === 0 ? {} : { text: percent(expected_false / scored) }),
    code: kri.code,
    definition: `How often chance alone gives a healthy site a score beyond ${number(amber_from)}, on the sides that count. It is read from the normal law.`,
  };
  return {
    title: `Expected false flags of ${kri.title}`,
    scope: `${study}, ${WHEN[side]}`,
    value: expected_false,
    code: kri.code,
    definition: "Flags that chance alone would raise if every site with a score were healthy.",
    formula: `${number(scored)} sites with a score, times the chance of a score beyond ${number(amber_from)} at a healthy one`,
    partsTitle: "Computed from",
    parts: [{ label: "sites with a score", value: scored, evidence: sites }, ...(scored === 0 ? [] : [{ label: chance.title, value: chance.value, evidence: chance }])],
  };
}

/** A difference: both sides of it, each open to its own. */
export function ofDifference(title: string, before: Evidence, after: Evidence, text: string): Evidence {
  const { value: published } = before;
  return {
    title: `Changed: ${title}`,
    scope: after.scope.replace(`, ${WHEN.after}`, ""),
    value: published === null || after.value === null ? null : after.value - published,
    text,
    ...(after.code === undefined ? {} : { code: after.code }),
    definition: "With the change, less as published.",
    partsTitle: "Both sides",
    parts: [
      { label: WHEN.before, value: published, evidence: before },
      { label: WHEN.after, value: after.value, evidence: after },
    ],
  };
}

/** The share of a population that must be clean, and its members. */
export function ofTarget(found: WhatIf, study: string, side: Side, ready: WhatIf["readiness"][number]): Evidence {
  const target = ready[`target_${side}`];
  const members = (outcomes: Kept["outcomes"], label: string): RowSource => asked(study, { gates: gatesOf(found, side), population: { code: ready.code, surely: true }, ...(outcomes ? { outcomes } : {}) }, label);
  return {
    title: `Target of ${ready.title}`,
    scope: [study, found.milestone.title, WHEN[side]].join(", "),
    value: target,
    text: percent(target),
    definition: "The share of the population that must be clean. A choice and no measurement: it is set here, or published with the study.",
    ...(side === "after" ? { note: `${ready.why}.` } : {}),
    partsTitle: "Published and tried",
    parts: [
      { label: `${WHEN.before}, %`, value: Math.round(ready.target_before * 1000) / 10 },
      { label: `${WHEN.after}, %`, value: Math.round(ready.target_after * 1000) / 10 },
    ],
    sources: [members(["pass"], "Members clean"), members(["fail"], "Members not clean"), members(["unknown"], "Members unknown")],
  };
}

/** Sites by name, each with its index on both sides. */
export function ofSites(found: WhatIf, study: string, title: string, definition: string, labels: readonly string[]): Evidence {
  return {
    title,
    scope: study,
    value: labels.length,
    definition,
    partsTitle: "Sites, and how many of their flags are another",
    parts: labels.map((label) => {
      const moved = found.kris.flatMap((kri) => kri.moved.filter((one) => one.place.label === label).map((one) => ofSite(kri, study, "after", one)));
      return { label, value: moved.length, evidence: { title: `Flags that are another at ${label}`, scope: study, value: moved.length, definition: "Indicators that flag the site otherwise with the change.", partsTitle: "Its scores", parts: moved } };
    }),
  };
}

/** Sites whose rank by the index is another. */
export function ofRanked(found: WhatIf, study: string): Evidence {
  const ranked = found.sites.filter((one) => one.before.rank !== one.after.rank);
  return {
    title: "Sites with another rank",
    scope: study,
    value: ranked.length,
    definition: "Sites that stand elsewhere in the order by the Data Quality Index.",
    partsTitle: "Sites, from rank to rank",
    parts: ranked.map((one) => ({ label: `${one.place.label}: ${one.before.rank === null ? "no rank" : number(one.before.rank)}, then`, value: one.after.rank })),
  };
}

function movedSites(found: WhatIf): Part[] {
  const said = [
    [found.newly_flagged, "newly flagged"],
    [found.cleared, "flagged no more"],
    [found.silenced, "asked no more"],
  ] as const;
  return said.filter(([sites]) => sites.length > 0).map(([sites, word]) => ({ label: `${word}: ${sites.join(", ")}`, value: sites.length }));
}

export function ofFlags(found: WhatIf, study: string, side: Side, what: "red" | "amber" | "sites" | "expected_false"): Evidence {
  const totals = found[`flags_${side}`];
  const told = {
    red: { title: "Red flags", definition: "Flags of all indicators that are a risk of the site, added up. Stronger than chance also for the number of questions asked." },
    amber: { title: "Amber flags", definition: "Flags of all indicators that are a risk of the site, added up. Worth a look; some are chance." },
    sites: { title: "Sites with a flag", definition: "Sites with at least one amber or red flag of an indicator that is a risk of the site." },
    expected_false: { title: "Expected false flags", definition: "Flags that chance alone would raise over all indicators that are a risk of the site, if every site were healthy." },
  }[what];
  const parts =
    what === "red" || what === "amber"
      ? flagParts(found, study, side, what)
      : what === "expected_false"
        ? found.kris.filter((one) => one.site_risk && one[side].scored > 0).map((one) => ({ label: one.title, value: one[side].expected_false, evidence: ofKri(one, study, side, what) }))
        : [];
  const flagged = found.flags_before.sites > 0 && what !== "expected_false" ? [{ of: "flags" as const, study, ...(what === "sites" ? {} : { flag: what }), label: "Flagged as published" }] : [];
  return { ...told, scope: `${study}, ${WHEN[side]}`, value: totals[what], parts: what === "sites" && side === "after" ? movedSites(found) : parts, partsTitle: what === "sites" ? "Sites that the change flags or clears" : "By indicator", sources: flagged };
}

type Counted = "strict" | "submitted" | "step" | "unknown";

/** The answers of subjects are the same at every milestone; which gates are asked is said with them. */
function asked(study: string, keep: Kept, label: string): RowSource {
  return { of: "standing", study, milestone: LOCK, keep, label };
}

function gatesOf(found: WhatIf, side: Side): readonly string[] {
  return side === "before" ? found.gates_before : found.milestone.gates;
}

/** Whom a number of clean subjects counts, on one side. */
function counted(found: WhatIf, side: Side, what: Counted, status?: string | null): Kept {
  const keep: Kept = { gates: gatesOf(found, side), ...(status === undefined ? {} : { status }) };
  return what === "step" ? { ...keep, oneStep: true } : { ...keep, outcomes: [what === "unknown" ? "unknown" : "pass"], ...(what === "submitted" ? { submitted: true } : {}) };
}

const WHO: Readonly<Record<Counted, string>> = { strict: "clean", submitted: "clean on submitted data", step: "one step from clean", unknown: "unknown" };

export function ofClean(found: WhatIf, study: string, side: Side, what: Counted, of?: { status: string | null }): Evidence {
  const stratum = of === undefined ? undefined : found.strata.find((one) => one.status === of.status);
  const standing: Standing = stratum === undefined ? found[`clean_${side}`] : stratum[side];
  const base = {
    scope: [study, found.milestone.title, of === undefined ? null : (of.status ?? "status unknown"), WHEN[side]].filter(Boolean).join(", "),
    formula: `gates: ${gatesOf(found, side).join(", ") || "none"}`,
    sources: [asked(study, counted(found, side, what, of?.status), `Subjects ${WHO[what]}`)],
  };
  const note = intervalNote(standing.interval_if, standing.share_if);
  switch (what) {
    case "strict":
      return {
        ...base,
        title: "Clean subjects",
        value: standing.clean,
        ...(of === undefined ? { text: `${number(standing.clean)} of ${number(standing.members - standing.not_applicable)} (${cleanShare(standing)})` } : {}),
        definition: "Subjects who pass every gate that applies to them. Unknown is not clean.",
        ...(note === undefined ? {} : { note }),
        ...(of === undefined
          ? { parts: found.strata.map((one) => ({ label: `${one.status ?? "status unknown"}, of ${number(one[side].members)}`, value: one[side].clean, evidence: ofClean(found, study, side, what, one) })), partsTitle: "By subject status" }
          : {}),
      };
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

/** The subjects of a status; they are the same on both sides. */
export function ofMembers(found: WhatIf, study: string, status: string | null): Evidence {
  const members = found.strata.find((one) => one.status === status)?.before.members ?? 0;
  return { title: "Subjects", scope: [study, status ?? "status unknown"].join(", "), value: members, definition: "Subjects of this status whom any report of the study names.", sources: [asked(study, { status }, "Subjects")] };
}

/** Who is counted only with the change, and who only without it. */
export function ofMoved(found: WhatIf, study: string, what: Counted, by: { value: number; text: string }, of?: { status: string | null }): Evidence {
  const [before, after] = [counted(found, "before", what, of?.status), counted(found, "after", what, of?.status)];
  return {
    title: `Changed: ${WHO[what]}`,
    scope: [study, found.milestone.title, of === undefined ? null : (of.status ?? "status unknown")].filter(Boolean).join(", "),
    ...by,
    definition: "With the change less as published. The subjects who are counted only with the change, and those who are counted only as published.",
    sources: [asked(study, { ...after, but: before }, "Only with the change"), asked(study, { ...before, but: after }, "Only as published")],
  };
}

/** Subjects by name: who becomes clean, who no longer is. */
export function ofNamed(found: WhatIf, study: string, title: string, names: readonly string[]): Evidence {
  return { title, scope: `${study}, ${found.milestone.title}`, value: names.length, definition: "Subjects whose standing is another with the change.", sources: [asked(study, { names, gates: found.milestone.gates }, "Subjects")] };
}

export function ofWork(found: WhatIf, study: string, side: Side, owner?: string): Evidence {
  const rows = found.work.filter((one) => owner === undefined || one.owner === owner);
  const gates = gatesOf(found, side);
  return {
    title: owner === undefined ? "Items in the way" : `Items that wait for ${owner}`,
    scope: `${study}, ${found.milestone.title}, ${WHEN[side]}`,
    value: rows.reduce((sum, one) => sum + one[side], 0),
    definition: "Rows that keep subjects from passing a gate: each waits for one owner. With fewer gates the rows stay; they are only not in the way of this milestone.",
    ...(owner === undefined ? { parts: rows.map((one) => ({ label: one.owner, value: one[side], evidence: ofWork(found, study, side, one.owner) })), partsTitle: "By owner" } : {}),
    sources: gates.length === 0 ? [] : [{ of: "work", study, milestone: LOCK, asked: { criterion: gates, ...(owner === undefined ? {} : { owner }) }, label: "Rows, oldest first" }],
  };
}

export function ofIndex(found: WhatIf, study: string, side: Side, uncapped = false): Evidence {
  const value = found[`quality_${side}`];
  const shown = uncapped ? value.uncapped : value.value;
  return ofQuality({ study }, value, {
    title: uncapped ? "Data Quality Index of the study before its ceiling" : "Data Quality Index of the study",
    scope: `${study}, ${WHEN[side]}`,
    value: shown,
    ...(shown === null ? {} : { text: tenth(shown) }),
    parts: found.weights.map((one) => ({ label: `Weight of ${one.title}, %, cap ${number(one[`cap_${side}`])}`, value: Math.round(one[`weight_${side}`] * 1000) / 10 })),
    partsTitle: "Weights",
  });
}

/** Sites of one band of the index, each with its indicators. */
export function ofBand(found: WhatIf, study: string, side: Side, band: Band | null): Evidence {
  const here = found.sites.filter((one) => one[side].band === band);
  return {
    title: band === null ? "Sites whose index is not computable" : `Sites in the ${band} band`,
    scope: `${study}, ${WHEN[side]}`,
    value: here.length,
    definition: "Sites by the band in which their Data Quality Index lies.",
    partsTitle: "Sites",
    parts: here.map((one) => ({ label: one.place.label, value: one[side].value, evidence: ofSiteIndex(study, side, one) })),
  };
}

/** The index of one site on one side. */
export function ofSiteIndex(study: string, side: Side, { place: { label }, ...one }: SiteIndexMove): Evidence {
  const { value } = one[side];
  return {
    title: "Data Quality Index",
    scope: `${study}, ${label}, ${WHEN[side]}`,
    value,
    ...(value === null ? { unknown: "A report that it needs is missing." } : { text: tenth(value) }),
    code: "dqi_default",
    definition: "100 less what each indicator takes off, under its ceilings. The indicators stand as published.",
    sources: [{ of: "index", study, index: "default", level: "site", group: label, label: "Indicators" }],
  };
}
