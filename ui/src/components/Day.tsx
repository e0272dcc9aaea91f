import { day, shortDay } from "@/words/dates";
import { AS_OF_ASSUMED } from "@/words/vocabulary";

/** An as-of date; an assumed one says so with a word, not only a mark. */
export function Day({ iso, assumed = false, short = false }: { iso: string | null; assumed?: boolean; short?: boolean }) {
  if (iso === null) return <span className="quiet">no date</span>;
  return (
    <span className="digits" data-plain="date" title={`As of ${day(iso)}${assumed ? `. ${AS_OF_ASSUMED}` : ""}`}>
      {short ? shortDay(iso) : day(iso)}
      {assumed ? <span className="quiet"> (assumed)</span> : null}
    </span>
  );
}
