/** "14:03" */
export function timeOfDay(date: Date, timeZone: string): string {
  return formatter("time", timeZone).format(date);
}

/** "22 November 2026" */
export function day(date: Date, timeZone: string): string {
  return formatter("day", timeZone).format(date);
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

const FORMATS = {
  time: { hour: "2-digit", minute: "2-digit", hour12: false },
  day: { day: "numeric", month: "long", year: "numeric" },
  shortDay: { day: "numeric", month: "short" },
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
