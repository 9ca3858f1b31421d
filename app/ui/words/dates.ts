/** "14:03" */
export function timeOfDay(date: Date, timeZone: string): string {
  return formatter("time", timeZone).format(date);
}

/** "22 November 2026" */
export function day(date: Date, timeZone: string): string {
  return formatter("day", timeZone).format(date);
}

/** "2026-11-22" */
export function isoDay(date: Date, timeZone: string): string {
  return formatter("digits", timeZone).format(date).split("/").reverse().join("-");
}

/** "Today", "Yesterday", or "22 November 2026" */
export function dayWords(date: Date, now: Date, timeZone: string): string {
  return relativeDay(date, now, timeZone) ?? day(date, timeZone);
}

/** "22 Nov" */
export function shortDay(date: Date, timeZone: string): string {
  return formatter("shortDay", timeZone).format(date);
}

/** "14:03"; of another day than `now`, "22 Nov, 14:03" */
export function moment(date: Date, now: Date, timeZone: string): string {
  const time = timeOfDay(date, timeZone);
  return day(date, timeZone) === day(now, timeZone) ? time : `${shortDay(date, timeZone)}, ${time}`;
}

/** Of `now`'s day "14:03", of the day before "Yesterday", of its year "22 Nov", earlier "22 Nov 2025" */
export function recency(date: Date, now: Date, timeZone: string): string {
  const relative = relativeDay(date, now, timeZone);
  if (relative) return relative === "Today" ? timeOfDay(date, timeZone) : relative;
  const isThisYear = isoDay(date, timeZone).slice(0, 4) === isoDay(now, timeZone).slice(0, 4);
  return formatter(isThisYear ? "shortDay" : "shortDayAndYear", timeZone).format(date);
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** By the calendar: a day on which the clocks change has 23 or 25 hours. */
function relativeDay(date: Date, now: Date, timeZone: string): "Today" | "Yesterday" | undefined {
  const daysAgo = (Date.parse(isoDay(now, timeZone)) - Date.parse(isoDay(date, timeZone))) / DAY_MS;
  if (daysAgo === 0) return "Today";
  return daysAgo === 1 ? "Yesterday" : undefined;
}

const FORMATS = {
  time: { hour: "2-digit", minute: "2-digit", hour12: false },
  digits: { day: "2-digit", month: "2-digit", year: "numeric" },
  day: { day: "numeric", month: "long", year: "numeric" },
  shortDay: { day: "numeric", month: "short" },
  shortDayAndYear: { day: "numeric", month: "short", year: "numeric" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Making one costs more than the page it is for; there are only a few. */
const made = new Map<string, Intl.DateTimeFormat>();

/** One fixed locale: the server's and the browser's words must be the same letters. */
function formatter(format: keyof typeof FORMATS, timeZone: string): Intl.DateTimeFormat {
  const key = `${format} ${timeZone}`;
  const known = made.get(key);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat("en-GB", { ...FORMATS[format], timeZone });
  made.set(key, formatter);
  return formatter;
}
