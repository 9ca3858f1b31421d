import { timeOfDay } from "../words/dates.ts";

export function ClockTime({ at, timeZone }: { at: Date; timeZone: string }) {
  return <time dateTime={`${at.toISOString().slice(0, 16)}Z`}>{timeOfDay(at, timeZone)}</time>;
}
