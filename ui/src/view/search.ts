/** Everything a link must carry to reopen exactly what its sender saw: time, view, filters, sort. */

export interface Search {
  /** A snapshot number or a date; absent means the latest. */
  as_of?: string | undefined;
  /** The part of a page. */
  view?: string | undefined;
  table?: string | undefined;
  code?: string | undefined;
  outcome?: string | undefined;
  sheet?: string | undefined;
  /** What subjects are to be clean for. */
  milestone?: string | undefined;
  /** The subject that is open beside the list. */
  subject?: string | undefined;
  lines?: string | undefined;
  /** `rows,-as_of`: columns in order, a minus for descending. */
  sort?: string | undefined;
  /** `column:text`, one per filtered column. */
  filter?: string[] | undefined;
  /** Columns that are not shown. */
  hide?: string | undefined;
}

const TEXTS = ["as_of", "view", "table", "code", "outcome", "sheet", "milestone", "subject", "lines", "sort", "hide"] as const;

export function readSearch(raw: Record<string, unknown>): Search {
  const search: Search = {};
  for (const name of TEXTS) {
    const value = raw[name];
    if (typeof value === "string" && value !== "") search[name] = value;
  }
  const filter = raw["filter"];
  const filters = (Array.isArray(filter) ? filter : [filter]).filter((one): one is string => typeof one === "string" && one.includes(":"));
  if (filters.length > 0) search.filter = filters;
  return search;
}

export function parseSearch(text: string): Record<string, unknown> {
  const found = new URLSearchParams(text);
  const result: Record<string, unknown> = {};
  for (const name of new Set(found.keys())) {
    const values = found.getAll(name);
    result[name] = values.length > 1 ? values : values[0];
  }
  return result;
}

export function writeSearch(search: Record<string, unknown>): string {
  const written = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (Array.isArray(value)) value.forEach((one) => written.append(name, String(one)));
    else if (typeof value === "string" && value !== "") written.append(name, value);
  }
  const text = written.toString();
  return text === "" ? "" : `?${text}`;
}
