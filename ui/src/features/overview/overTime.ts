/** What the numbers of change and forecast mean and open to. */

import type { Changes, Delta, Forecast, ForecastSite } from "@/api/types";
import type { Evidence, Part } from "@/view/evidence";
import { day } from "@/words/dates";
import { counted, number } from "@/words/numbers";
import { percent, percents, tenth } from "@/words/shares";
import { scoped, type Scope, subjects } from "./evidence";

/** Subjects whose standing changed since the snapshot before. */
export function ofMoved(scope: Scope, what: "newly_clean" | "no_longer_clean" | "newly_listed", changes: Changes): Evidence {
  const words = {
    newly_clean: ["Newly clean", "Subjects who are clean now and were not at the snapshot before."],
    no_longer_clean: ["No longer clean", "Subjects who were clean at the snapshot before and are not now, or are not listed any more."],
    newly_listed: ["Newly listed", "Subjects whom a report names now and none named at the snapshot before."],
  } as const;
  const [title, definition] = words[what];
  const names = changes[what];
  return {
    title,
    scope: scoped(scope),
    value: names.length,
    unit: names.length === 1 ? "subject" : "subjects",
    definition,
    asOf: scope.asOf,
    sources: names.length === 0 ? [] : [subjects(scope, { names }, "Subjects")],
  };
}

/** A measure of the study, now. */
export function ofDelta(scope: Scope, delta: Delta): Evidence {
  return {
    title: delta.title,
    scope: scope.study,
    value: delta.value,
    unit: delta.unit,
    code: delta.code,
    definition: "Counted over the rows of the reports.",
    asOf: scope.asOf,
    ...(delta.state === "at least" ? { lowerBound: true } : {}),
    ...(delta.value === null || delta.state === "at least" ? { unknown: delta.reason ?? "Some rows do not tell." } : {}),
    sources: delta.value === null ? [] : [{ of: "measure", study: scope.study, code: delta.code, level: "study", label: "Rows" }],
  };
}

/** How far a measure moved since the snapshot before. */
export function ofChange(scope: Scope, delta: Delta): Evidence {
  const { value, delta: by, title, unit, direction } = delta;
  const before = value === null || by === null ? null : value - by;
  return {
    title: `Change of ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
    scope: scope.study,
    value: by,
    ...(by === null ? {} : { text: movedWords(by, direction) }),
    definition: "Its value now less its value at the last snapshot of another day.",
    asOf: scope.asOf,
    ...(by === null ? { unknown: delta.reason ?? "One of the two is unknown." } : {}),
    partsTitle: unit,
    parts: [
      { label: "Now", value, evidence: ofDelta(scope, delta) },
      { label: "Before", value: before },
    ],
  };
}

export function movedWords(by: number, direction: Delta["direction"]): string {
  if (by === 0) return "no change";
  const word = direction === "better" || direction === "worse" ? ` (${direction})` : "";
  return `${number(Math.abs(by))} ${by > 0 ? "more" : "fewer"}${word}`;
}

/** Queries opened or closed between the last two days, by the rows that list them. */
export function ofFlow(scope: Scope, flow: NonNullable<Changes["flow"]>, what: "opened" | "closed" | "outstanding"): Evidence {
  const words = {
    opened: ["Queries opened", "Queries that are listed now and were not at the snapshot before."],
    closed: ["Queries closed", "Queries that were listed at the snapshot before and are not now. Their rows are those of the earlier file."],
    outstanding: ["Outstanding queries", "Queries of the cumulative sheet that are listed now."],
  } as const;
  const [title, definition] = words[what];
  const refs = what === "opened" ? flow.opened_rows : flow.closed_rows;
  return {
    title,
    scope: scope.study,
    value: flow[what],
    unit: "queries",
    definition,
    asOf: scope.asOf,
    sources: what === "outstanding" ? [{ of: "measure", study: scope.study, code: "outstanding_queries", level: "study", label: "Rows" }] : refs.length === 0 ? [] : [{ of: "refs", refs, label: "Rows" }],
  };
}

/** What a forecast is computed from: how fast the items of each criterion come and go. */
function speeds(scope: Scope, { gates }: Forecast): Part[] {
  return gates.map((gate) => ({
    label: `${gate.title}: ${number(gate.arrived)} came, ${number(gate.closed)} were solved${gate.closed_share_per_week === null ? "" : `, ${percent(gate.closed_share_per_week)} a week`}`,
    value: gate.outstanding,
    evidence: {
      title: gate.title,
      scope: scope.study,
      value: gate.outstanding,
      code: gate.code,
      definition: "Items of this criterion that stand open now.",
      asOf: scope.asOf,
      ...(gate.outstanding === null ? { unknown: gate.reason ?? "A report that would tell is missing." } : {}),
      sources: [{ of: "measure", study: scope.study, code: gate.code, level: "study", label: "Rows" }],
    },
  }));
}

const SCENARIOS = {
  as_things_go: ["As things go", "Items come and are solved as fast as between the snapshots."],
  nothing_new: ["If nothing new came", "Items are solved as fast as between the snapshots, and none comes."],
} as const;

export type ScenarioName = keyof typeof SCENARIOS;

/** Clean subjects expected by the day of the outlook. */
export function ofNow(scope: Scope, { clean_now, start }: Forecast): Evidence {
  return {
    title: "Clean subjects",
    scope: scoped(scope),
    value: clean_now,
    definition: "Every criterion of the milestone passes or does not apply: where the forecast starts.",
    asOf: start,
    sources: clean_now === 0 ? [] : [subjects(scope, { outcomes: ["pass"] }, "Clean subjects")],
  };
}

export function ofExpected(scope: Scope, forecast: Forecast, name: ScenarioName): Evidence {
  const [title, hint] = SCENARIOS[name];
  const by = forecast[name]?.by;
  return {
    title: `Expected clean subjects: ${title.toLowerCase()}`,
    scope: scoped(scope),
    value: by?.expected ?? null,
    ...(by ? { text: tenth(by.expected) } : {}),
    definition: `${hint} ${by ? `By ${day(by.day)}.` : ""}`,
    code: "clean_forecast",
    note: `Computed from ${seenIn(forecast)}.`,
    asOf: forecast.start,
    partsTitle: "Open now, and what came and was solved between the snapshots",
    parts: speeds(scope, forecast),
  };
}

/** How likely a share of the subjects is clean by the day of the outlook. */
export function ofChance(scope: Scope, forecast: Forecast, name: ScenarioName, at: number): Evidence {
  const [title, hint] = SCENARIOS[name];
  const by = forecast[name]?.by;
  const chance = by?.chances[at];
  return {
    title: chance ? `${percent(chance.target)} clean: ${title.toLowerCase()}` : title,
    scope: scoped(scope),
    value: chance?.probability ?? null,
    ...(chance ? { text: percent(chance.probability) } : {}),
    definition: `${hint} ${by && chance ? `How likely it is that ${number(chance.needed)} of ${number(forecast.subjects)} subjects are clean by ${day(by.day)}.` : ""}`,
    code: "clean_forecast",
    note: `${chance ? `90 % interval ${percents(chance.interval)}. ` : ""}Computed from ${seenIn(forecast)}.`,
    asOf: forecast.start,
    partsTitle: "Open now, and what came and was solved between the snapshots",
    parts: speeds(scope, forecast),
  };
}

/** A number of days that stands for "beyond two years" in what is sorted or spoken; what is written says it in words. */
const BEYOND = 731;
const DAY = 86_400_000;

function daysAhead(forecast: Forecast, iso: string | null): number {
  return iso === null || forecast.start === null ? BEYOND : Math.round((Date.parse(iso) - Date.parse(forecast.start)) / DAY);
}

/** "3 snapshots, 31 Oct 2025 to 14 Nov 2025". */
function seenIn({ snapshots }: Forecast): string {
  const days = snapshots.flatMap(({ as_of }) => (as_of === null ? [] : [as_of]));
  const [first, last] = [days[0], days.at(-1)];
  return `${counted(snapshots.length, "snapshot")}${first === undefined || last === undefined ? "" : first === last ? `, ${day(first)}` : `, ${day(first)} to ${day(last)}`}`;
}

/** The day by which a share of the subjects is clean: how fast items come and go, and the items that are open now. */
export function ofReached(scope: Scope, forecast: Forecast, name: ScenarioName, at: number): Evidence {
  const [title, hint] = SCENARIOS[name];
  const reached = forecast[name]?.reached[at];
  const { target, early, middle, late } = reached ?? { target: 1, early: null, middle: null, late: null };
  const written = (iso: string | null) => (iso === null ? "not within two years" : day(iso));
  return {
    title: `${percent(target)} clean: ${title.toLowerCase()}`,
    scope: scoped(scope),
    value: daysAhead(forecast, middle),
    text: middle === null ? (early === null ? "not within two years" : "even odds not within two years") : day(middle),
    code: "clean_forecast",
    definition: `${hint} The day by which at least ${percent(target)} of ${number(forecast.subjects)} subjects are clean with even odds.`,
    note: `10 % likely: ${written(early)}. 90 % likely: ${written(late)}. Computed from ${seenIn(forecast)}.`,
    asOf: forecast.start,
    partsTitle: "Open now, and what came and was solved between the snapshots",
    parts: speeds(scope, forecast),
  };
}

/** What solving all of one site today would bring: its open items, with how fast they come and go there. */
export function ofGain(scope: Scope, forecast: Forecast, site: ForecastSite, what: "days" | "day" | "expected"): Evidence {
  const going = forecast.sites_arriving ? "New items keep coming as between the snapshots." : "Compared as if nothing new came: with what comes, all clean is out of reach.";
  const said = {
    days: {
      title: `Days gained by ${site.site_id}`,
      value: site.days,
      ...(site.days === null ? { unknown: "The study is not clean within two years either way, so days cannot be counted." } : { text: counted(site.days, "day") }),
      definition: "So many days earlier all subjects of the study are clean with even odds, if all open items of the site were solved today.",
    },
    day: {
      title: `All clean, ${site.site_id} solved`,
      value: daysAhead(forecast, site.day),
      text: site.day === null ? "not within two years" : day(site.day),
      definition: "The day by which all subjects of the study are clean with even odds, if all open items of the site were solved today.",
    },
    expected: {
      title: `Subjects cleaned by ${site.site_id}`,
      value: site.expected,
      text: tenth(site.expected),
      definition: `So many more subjects are expected to be clean${forecast.as_things_go ? ` by ${day(forecast.as_things_go.by.day)}` : ""}, if all open items of the site were solved today.`,
    },
  }[what];
  return {
    scope: scoped(scope),
    ...said,
    code: "clean_forecast",
    note: `${going} Computed from ${seenIn(forecast)}.`,
    asOf: forecast.start,
    partsTitle: "Open now at the site, and the pace that is expected there",
    parts: site.pace
      .filter(({ items }) => items > 0)
      .map(({ code, items, arrivals_per_week, closed_share_per_week }): Part => {
        const title = forecast.gates.find((gate) => gate.code === code)?.title ?? code;
        return {
          label: `${title}: ${tenth(arrivals_per_week)} come and ${percent(closed_share_per_week)} are solved a week`,
          value: items,
          evidence: {
            title: `${title} at ${site.site_id}`,
            scope: scope.study,
            value: items,
            code,
            definition: "Items of this criterion that stand open now at the site.",
            note: "The pace is that of the site, drawn toward that of the study where the site has little data.",
            asOf: forecast.start,
            sources: [{ of: "measure", study: scope.study, code, level: "site", group: site.site_id, label: "Rows" }],
          },
        };
      }),
  };
}

/** Open items of one site, by criterion. */
export function ofSiteItems(scope: Scope, forecast: Forecast, site: ForecastSite): Evidence {
  return {
    title: `Open items of ${site.site_id}`,
    scope: scoped(scope),
    value: site.items,
    unit: "items",
    definition: "Items at this site that keep subjects from being clean.",
    asOf: forecast.start,
    sources: forecast.gates.map((gate) => ({ of: "measure" as const, study: scope.study, code: gate.code, level: "site" as const, group: site.site_id, label: gate.title })),
  };
}

/** Subjects of one site who are not clean. */
export function ofSiteSubjects(scope: Scope, forecast: Forecast, site: ForecastSite): Evidence {
  return {
    title: `Subjects of ${site.site_id} who are not clean`,
    scope: scoped(scope),
    value: site.subjects,
    definition: "Subjects in whose way an item of this site stands.",
    asOf: forecast.start,
    sources: [subjects(scope, { site: site.site_id, outcomes: ["fail"] }, "Subjects")],
  };
}
