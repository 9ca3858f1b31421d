/** "14:03" */
export function timeOfDay(date: Date, timeZone: string): string {
  return format(date, timeZone, { hour: "2-digit", minute: "2-digit", hour12: false });
}

/** "22 November 2026" */
export function day(date: Date, timeZone: string): string {
  return format(date, timeZone, { day: "numeric", month: "long", year: "numeric" });
}

/** "22 Nov" */
export function shortDay(date: Date, timeZone: string): string {
  return format(date, timeZone, { day: "numeric", month: "short" });
}

/** One fixed locale: the server's and the browser's words must be the same letters. */
function format(date: Date, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("en-GB", { ...options, timeZone }).format(date);
}
