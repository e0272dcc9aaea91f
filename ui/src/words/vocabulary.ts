/** The words on the screen for the codes of the API: one place, so that a thing has one name on every page. */

export type Tone = "pass" | "fail" | "warn" | "none" | "stale" | "unknown";

export interface Word {
  readonly word: string;
  readonly tone: Tone;
  /** One sentence for the legend and for hover. */
  readonly meaning: string;
  /** A few words, for the legend under a grid. */
  readonly short?: string;
}

export const REPORT_STATES: Readonly<Record<string, Word>> = {
  present: { word: "present", tone: "pass", meaning: "The report was loaded and has rows.", short: "rows" },
  empty: { word: "empty", tone: "none", meaning: "The report was loaded and has no rows: a true zero.", short: "loaded, a true zero" },
  missing: { word: "missing", tone: "unknown", meaning: "No such report was delivered for this study: what it would say is unknown.", short: "not delivered, so unknown" },
  quarantined: { word: "quarantined", tone: "warn", meaning: "A report was delivered but fits no contract, or two: its rows are unknown until someone decides.", short: "fits no contract, so unknown" },
  refused: { word: "refused", tone: "fail", meaning: "A report was delivered in a file that cannot be read, or is beyond a limit: its rows are unknown.", short: "cannot be read, so unknown" },
};

/** Beside a report whose rows are not from the newest delivery; the server says why. */
export const STALE: Word = { word: "older", tone: "stale", meaning: "The rows are not from the newest delivery; hover says why.", short: "not from the newest delivery" };

/** Beside a report of which a sheet is quarantined. */
export const PARTIAL: Word = { word: "in part", tone: "warn", meaning: "A sheet of the report is quarantined, so rows of it are missing; hover says which.", short: "a sheet is quarantined" };

/** The word for what the server notes of a report: that it is not whole, or not the newest. */
export function noteWord(note: string): Word {
  return note.startsWith("not whole") ? PARTIAL : STALE;
}

export const FILE_OUTCOMES: Readonly<Record<string, Word>> = {
  loaded: { word: "loaded", tone: "pass", meaning: "Read and loaded." },
  unchanged: { word: "unchanged", tone: "none", meaning: "The same bytes were loaded for this study before; nothing was read again." },
  duplicate: { word: "duplicate", tone: "none", meaning: "The same bytes stand twice in this delivery; loaded once." },
  quarantined: { word: "quarantined", tone: "warn", meaning: "Readable, but it fits no contract, or two." },
  refused: { word: "refused", tone: "fail", meaning: "Unreadable or beyond a limit; the raw file and the reason are kept." },
};

export const SHEET_OUTCOMES: Readonly<Record<string, Word>> = {
  accepted: { word: "accepted", tone: "pass", meaning: "The sheet fits one contract and its lines were loaded." },
  supporting: { word: "supporting", tone: "none", meaning: "Recognised and kept; its lines repeat another sheet, so nothing is loaded twice." },
  quarantined: { word: "quarantined", tone: "warn", meaning: "The sheet fits no contract, or two." },
};

export const LINE_OUTCOMES: Readonly<Record<string, Word>> = {
  accepted: { word: "accepted", tone: "pass", meaning: "The line became a typed row." },
  rejected: { word: "rejected", tone: "fail", meaning: "The line looks like data but breaks the contract; the reason is beside it." },
  blank: { word: "blank", tone: "none", meaning: "No cell of the line holds anything." },
  banner: { word: "banner", tone: "none", meaning: "A title or note above the table." },
  header: { word: "header", tone: "none", meaning: "The line names the columns." },
  total: { word: "total", tone: "none", meaning: "The line adds up others; loading it would count twice." },
  footer: { word: "footer", tone: "none", meaning: "A note below the table." },
  stray: { word: "stray", tone: "none", meaning: "Cells outside the table that are no data." },
  held: { word: "held", tone: "warn", meaning: "Kept unread: no contract fits the sheet." },
};

export const SEVERITIES: Readonly<Record<string, Word>> = {
  high: { word: "high", tone: "fail", meaning: "Must be acted on before the data can be relied on." },
  medium: { word: "medium", tone: "warn", meaning: "Should be looked at; numbers may change." },
  low: { word: "low", tone: "none", meaning: "Worth knowing; no number changes." },
};

export const LOAD_STATES: Readonly<Record<string, Word>> = {
  waiting: { word: "waiting", tone: "none", meaning: "Received; another load is being read." },
  reading: { word: "reading", tone: "none", meaning: "Files are being read." },
  committing: { word: "committing", tone: "none", meaning: "Everything is read; the snapshot is being written." },
  done: { word: "done", tone: "pass", meaning: "The snapshot is visible." },
  failed: { word: "failed", tone: "fail", meaning: "Nothing of this load became visible." },
};

export const HEADER_MATCH: Readonly<Record<string, string>> = {
  exact: "same spelling as the contract",
  synonym: "a spelling the contract lists",
  fuzzy: "close to a spelling the contract lists",
  content: "recognised by what the column holds",
  ignored: "not in the contract; kept in the raw file only",
};

/** A code that this page does not know yet is shown as it came, toned as unknown, never hidden. */
export function wordFor(words: Readonly<Record<string, Word>>, code: string): Word {
  return words[code] ?? { word: code.replaceAll("_", " "), tone: "unknown", meaning: "" };
}

export const AS_OF_ASSUMED = "The file does not date itself; this date is assumed from the other reports of the delivery.";
export const NOTHING_READABLE = "Nothing readable was delivered for this study, so nothing names its subjects or sites.";
export const REFUSED = "Files that cannot be read or are beyond a limit, and that nothing good of their report came after. Nothing of them is loaded.";
export const QUARANTINED = "Files and sheets that can be read and fit no contract, or two. Nothing of them is loaded until someone decides.";
export const LOWER_BOUND = "At least: without a whole subject sheet only what some row names is known.";
