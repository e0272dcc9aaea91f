/** Dates read `14 Nov 2025` everywhere, times carry their zone, durations are spelled. */

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})/;

/** A calendar date, read from its text so that no time zone can move it by a day. */
export function day(iso: string): string {
  const found = ISO_DATE.exec(iso);
  const month = found ? MONTHS[Number(found[2]) - 1] : undefined;
  if (!found || month === undefined) return iso;
  return `${Number(found[3])} ${month} ${found[1] ?? ""}`;
}

/** The short form for dense cells; the year is on hover and in the export. */
export function shortDay(iso: string): string {
  return day(iso).replace(/ \d{4}$/, "");
}

/** A time as a report gives it: without a zone, because the report names none. */
export function stamp(iso: string): string {
  const clock = /T(\d{2}:\d{2})/.exec(iso)?.[1];
  return clock === undefined || clock === "00:00" ? day(iso) : `${day(iso)}, ${clock}`;
}

/** A moment in the reader's zone, with the zone's name. */
export function moment(iso: string): string {
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return iso;
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZoneName: "short" }).format(when);
  return `${when.getDate()} ${MONTHS[when.getMonth()] ?? ""} ${when.getFullYear()}, ${clock}`;
}

/** "12 s", "4 min", "3 h", "2 d": the age of something on the screen. */
export function age(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}
