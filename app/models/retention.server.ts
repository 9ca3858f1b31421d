import { and, count, eq, gte, lt, notExists, or, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Db } from "#db/open.server.ts";
import { messageStatuses, messages, rateLimits, sessions, webhookQuarantine } from "#db/schema.ts";
import { idleSince } from "./live-session.server.ts";

/** Any fixed number: of many processes one deletes at a time. */
const LOCK = 730_419_553;
/** More than a request's queries have, because nobody waits for it. */
const STATEMENT_TIMEOUT = "2min";

/** Rows to delete, of all companies: they are out of date whose ever they are. */
export interface Expired {
  table: PgTable;
  where(db: Db): SQL | undefined;
}

export const sessionsUntil = (now: Date): Expired => ({
  table: sessions,
  where: () => or(lt(sessions.expiresAt, now), lt(sessions.lastUsedAt, idleSince(now))),
});

export const rateLimitsUntil = (now: Date): Expired => ({
  table: rateLimits,
  where: () => lt(rateLimits.expire, now),
});

export const quarantinedBefore = (time: Date): Expired => ({
  table: webhookQuarantine,
  where: () => lt(webhookQuarantine.receivedAt, time),
});

/** Statuses that came between two times, of messages that we never had: another app sent them. */
export const statusesWithoutMessage = (from: Date, to: Date): Expired => ({
  table: messageStatuses,
  where: (db) =>
    and(
      gte(messageStatuses.createdAt, from),
      lt(messageStatuses.createdAt, to),
      notExists(
        db
          .select({ one: sql`1` })
          .from(messages)
          .where(
            and(
              eq(messages.companyId, messageStatuses.companyId),
              eq(messages.accountId, messageStatuses.accountId),
              eq(messages.wamid, messageStatuses.wamid),
            ),
          ),
      ),
    ),
});

/**
 * Deletes at most `limit` of the rows, in a transaction of its own.
 *
 * @returns how many, or "busy" when another process is deleting
 */
export function deleteExpired(
  db: Db,
  { table, where }: Expired,
  limit: number,
): Promise<number | "busy"> {
  return db.transaction(async (tx) => {
    await tx.execute(sql.raw(`set local statement_timeout = '${STATEMENT_TIMEOUT}'`));
    const [lock] = await tx
      .select({ isOurs: sql<boolean>`pg_try_advisory_xact_lock(${LOCK})` })
      .from(sql`(select 1) as one`);
    if (!lock?.isOurs) return "busy";
    const row = sql`ctid`;
    const some = tx.select({ row }).from(table).where(where(tx)).limit(limit);
    const gone = tx
      .$with("gone")
      .as(tx.delete(table).where(sql`${row} = any(array(${some}))`).returning({ row }));
    const [deleted] = await tx.with(gone).select({ rows: count() }).from(gone);
    return deleted?.rows ?? 0;
  });
}
