import { type SQL, sql } from "drizzle-orm";

const IDLE_MS = 3 * 24 * 60 * 60 * 1000;

/** @returns the time since which a session must have been used to count at `now` */
export function idleSince(now: Date): Date {
  return new Date(now.getTime() - IDLE_MS);
}

/** Whether the session `s` of the user `u` counts at `now`: for every query that reads one. */
export function sessionIsLive(now: Date): SQL {
  return sql`s.expires_at > ${now.toISOString()}::timestamptz
    and s.last_used_at > ${idleSince(now).toISOString()}::timestamptz
    and u.deactivated_at is null`;
}
