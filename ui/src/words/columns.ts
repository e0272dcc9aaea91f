/** Columns of tables in words. */

/** `visit_date_text` keeps the text of the cell that became `visit_date`; it stays in the background. */
export function sourceOf(name: string, names: ReadonlySet<string>): string | null {
  const typed = name.replace(/_text$/, "");
  return typed !== name && names.has(typed) ? typed : null;
}

/** A readable name for a column or sum that no table describes. */
export function readable(name: string): string {
  return name.replace(/_n$/, "").replaceAll("_", " ");
}
