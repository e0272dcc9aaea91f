/** What a number opens to: what it is, what it is made of, what is unknown. */

import type { Burden, WorkAction } from "@/api/types";

export type RowSource =
  | { of: "report"; files: readonly string[]; outcome: "accepted" | "rejected"; label: string }
  | { of: "measure"; study: string; code: string; level: "study" | "region" | "country" | "site" | "subject"; group?: string; part?: "numerator" | "denominator"; label: string }
  | { of: "work"; study: string; milestone: string; asked: WorkAsked; label: string }
  | { of: "standing"; study: string; milestone: string; keep: Kept; label: string }
  | { of: "index"; study: string; index: string; level: "study" | "country" | "site"; group?: string; label: string }
  | { of: "flags"; study: string; kri?: string; flag?: "red" | "amber"; scored?: true; label: string }
  | { of: "refs"; refs: readonly string[]; label: string }
  | { of: "table"; study: string; table: string; filter?: readonly string[]; first?: string; label: string }
  | { of: "findings"; study: string; code?: string; label: string }
  | { of: "lines"; file: string; sheet: number; outcome?: string; label: string }
  | { of: "files"; study?: string; kind?: string; ids?: readonly string[]; apart?: Apart; label: string }
  | { of: "sites"; study: string; label: string }
  | { of: "subjects"; study: string; site?: string; label: string };

/** Which subjects a count of Clean Patient Status is made of; what is absent does not narrow it. */
export interface Kept {
  names?: readonly string[];
  /** Of this criterion; absent: of the milestone as a whole. */
  criterion?: string;
  outcomes?: readonly ("pass" | "fail" | "not_applicable" | "unknown")[];
  /** Of these criteria together instead of those that the milestone needs. */
  gates?: readonly string[];
  /** And not these. */
  but?: Kept;
  /** Without missing visits and pages: of what was submitted. */
  submitted?: boolean;
  /** Null: no report tells the status. */
  status?: string | null;
  /** The highest urgency of what stands in the way. */
  urgency?: "critical" | "high" | "medium";
  /** A population, and whether they are its members or only perhaps. */
  population?: { code: string; surely: boolean };
  oneStep?: boolean;
  owner?: string;
  /** Null: no report names the site. */
  site?: string | null;
}

/** Which part of the work is meant; what is absent does not narrow it. Without criteria: all that the milestone needs. */
export interface WorkAsked {
  criterion?: readonly string[];
  action?: string;
  owner?: string;
  owner_source?: Burden["owner_source"];
  age?: Burden["age"];
  urgency?: WorkAction["urgency"];
}

/** The two ways in which a file or sheet is set apart. */
export type Apart = "refused" | "quarantined";

export interface Part {
  label: string;
  value: number | null;
  note?: string;
  evidence?: Evidence;
}

export interface Evidence {
  /** What is counted, as a heading: "Rows of Missing pages". */
  title: string;
  /** Where: "Study 1, Site 4". */
  scope: string;
  value: number | null;
  unit?: string;
  lowerBound?: boolean;
  /** How the value is written where that is not its plain number: "68.2 %". */
  text?: string;
  /** The code of its definition, which then stands beside the number. */
  code?: string;
  /** One or two plain sentences. */
  definition: string;
  /** How it is computed, where that is more than counting. */
  formula?: string;
  /** What else a reader must know: that the rows are not from the newest delivery. */
  note?: string;
  /** Why there is no such number, where that is known: it does not apply. */
  notApplicable?: string;
  /** Why it is unknown, or which part of it is. */
  unknown?: string;
  asOf?: string | null;
  asOfAssumed?: boolean;
  /** Numbers that add up to this one, or stand beside it. */
  parts?: readonly Part[];
  partsTitle?: string;
  sources?: readonly RowSource[];
}
