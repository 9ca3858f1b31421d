import { isoDay } from "#app/ui/words/dates.ts";

const HOUR_MS = 60 * 60 * 1000;
/** No zone is further from UTC. */
const FURTHEST_MS = 15 * HOUR_MS;

/**
 * When a day of the calendar begins in a time zone: not always at midnight, because clocks change.
 *
 * @param written "2026-11-22"
 * @returns undefined for anything else, and for a day that no calendar has
 */
export function startOfDay(written: string, timeZone: string): Date | undefined {
  const midnight = Date.parse(`${written}T00:00:00Z`);
  if (!/^(19[7-9]|2[01]\d)\d-\d\d-\d\d$/.test(written) || Number.isNaN(midnight)) return undefined;
  if (new Date(midnight).toISOString().slice(0, 10) !== written) return undefined;
  let before = midnight - FURTHEST_MS;
  let after = midnight + FURTHEST_MS;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (isoDay(new Date(middle), timeZone) < written) before = middle;
    else after = middle;
  }
  return new Date(after);
}

/** @param written a day that startOfDay knows */
export function startOfNextDay(written: string, timeZone: string): Date | undefined {
  const next = new Date(Date.parse(`${written}T00:00:00Z`) + 24 * HOUR_MS);
  return startOfDay(next.toISOString().slice(0, 10), timeZone);
}
