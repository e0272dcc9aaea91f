/** What the measured numbers of the portfolio mean and open to. */

import type { StudyLine, StudyMeasures } from "@/api/types";
import type { Evidence, Part } from "@/view/evidence";
import { counted, number } from "@/words/numbers";
import { intervalNote } from "@/view/cleanShare";
import { percent } from "@/words/shares";

const LOCK = { code: "database_lock", title: "Database lock" };

/** The measures of the studies: on their way, failed, or here. */
export interface Measured {
  state: "loading" | "failed" | "here";
  of: ReadonlyMap<string, StudyMeasures>;
}

/** Clean subjects at database lock, strict, with what is unknown. */
export function ofClean(study: StudyLine, { standing }: StudyMeasures): Evidence {
  const by = (outcome: "pass" | "fail" | "unknown", label: string, value: number): Part => ({
    label,
    value,
    evidence: {
      title: label,
      scope: `${study.study_id}, ${LOCK.title}`,
      value,
      definition: `${label} at database lock.`,
      asOf: study.as_of,
      sources: value === 0 ? [] : [{ of: "standing", study: study.study_id, milestone: LOCK.code, keep: { outcomes: [outcome] }, label }],
    },
  });
  const note = intervalNote(standing.interval_if, standing.share_if);
  return {
    title: "Clean, strict",
    scope: `${study.study_id}, ${LOCK.title}, all statuses`,
    value: standing.share,
    ...(standing.share === null ? {} : { text: percent(standing.share) }),
    definition: "Subjects for whom every criterion passes or does not apply, of all for whom something applies. Unknown is not clean. Screen failures are among them: the overview of the study tells each status apart.",
    asOf: study.as_of,
    ...(note === undefined ? {} : { note }),
    ...(standing.share === null ? { unknown: "Each subject is unknown: a report that would tell is missing." } : standing.unknown > 0 ? { unknown: `${counted(standing.unknown, "subject")} of ${standing.members} cannot be judged.` } : {}),
    partsTitle: "Made of",
    parts: [by("pass", "Clean subjects", standing.clean), by("fail", "Subjects not clean", standing.unclean), by("unknown", "Subjects of whom it is unknown", standing.unknown)],
  };
}

/** The subjects who cannot be judged, as a share of all. */
export function ofUnknown(study: StudyLine, { standing: { unknown, members } }: StudyMeasures): Evidence {
  return {
    title: "Subjects of whom it is unknown",
    scope: `${study.study_id}, ${LOCK.title}`,
    value: members === 0 ? 0 : unknown / members,
    text: percent(members === 0 ? 0 : unknown / members),
    definition: `${counted(unknown, "subject")} of ${number(members)}: nothing fails, but at least one criterion is unknown. Unknown never counts as clean.`,
    asOf: study.as_of,
    sources: unknown === 0 ? [] : [{ of: "standing", study: study.study_id, milestone: LOCK.code, keep: { outcomes: ["unknown"] }, label: "Subjects" }],
  };
}

/** Flags of one strength, of every indicator that is a risk of the site. */
export function ofFlags(study: StudyLine, of: StudyMeasures, flag: "red" | "amber"): Evidence {
  return {
    title: `${flag === "red" ? "Red" : "Amber"} flags`,
    scope: study.study_id,
    value: of[flag],
    definition: `Flags of all indicators that are a risk of the site, ${flag} alone.`,
    asOf: study.as_of,
    sources: of[flag] === 0 ? [] : [{ of: "flags", study: study.study_id, flag, label: "Flagged sites" }],
  };
}

export function ofFlagged(study: StudyLine, { sites, sites_flagged, red, amber }: StudyMeasures): Evidence {
  return {
    title: "Sites flagged",
    scope: study.study_id,
    value: sites_flagged,
    definition: `Sites with a flag of an indicator that is a risk of the site, of ${counted(sites, "site")}. A flag says that the site differs from the study more than chance would, all sites and indicators taken together.`,
    asOf: study.as_of,
    note: `Flags of all indicators: ${red} red, ${amber} amber.`,
    sources: sites_flagged === 0 ? [] : [{ of: "flags", study: study.study_id, label: "Flagged sites" }],
  };
}

export function ofCritical(study: StudyLine, { critical }: StudyMeasures): Evidence {
  return {
    title: "Open critical items",
    scope: `${study.study_id}, ${LOCK.title}`,
    value: critical,
    unit: "items",
    definition: "Items of the highest urgency that stand in the way of database lock: safety, or what blocks everything after it.",
    asOf: study.as_of,
    sources: critical === 0 ? [] : [{ of: "work", study: study.study_id, milestone: LOCK.code, asked: { urgency: "critical" }, label: "Rows, oldest first" }, { of: "standing", study: study.study_id, milestone: LOCK.code, keep: { urgency: "critical" }, label: "Subjects" }],
  };
}
