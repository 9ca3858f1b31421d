import { and, count, eq, gte, lt, notExists, or, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Db } from "#db/open.server.ts";
import {
  auditEvents,
  companies,
  invitations,
  mediaViews,
  messageStatuses,
  messages,
  rateLimits,
  sessions,
  webhookQuarantine,
} from "#db/schema.ts";
import { idleSince } from "./live-session.server.ts";

/** Any fixed number: of many processes one deletes at a time. */
const LOCK = 730_419_553;
/** More than a request's queries have, because nobody waits for it. */
const STATEMENT_TIMEOUT = "2min";

/** Rows to delete, of all companies: they are out of date whose ever they are. */
export interface Expired {
  table: PgTable;
  /** @param limit of how many are wanted: no more need be found */
  where(db: Db, limit: number): SQL | undefined;
}

export const sessionsUntil = (now: Date): Expired => ({
  table: sessions,
  where: () => or(lt(sessions.expiresAt, now), lt(sessions.lastUsedAt, idleSince(now))),
});

export const rateLimitsUntil = (now: Date): Expired => ({
  table: rateLimits,
  where: () => lt(rateLimits.expire, now),
});

export const invitationsUntil = (now: Date): Expired => ({
  table: invitations,
  where: () => lt(invitations.expiresAt, now),
});

export const auditEventsBefore = (time: Date): Expired => ({
  table: auditEvents,
  where: (_db, limit) => oldestOfEachCompany(auditEvents, "at", time, limit),
});

export const mediaViewsBefore = (time: Date): Expired => ({
  table: mediaViews,
  where: (_db, limit) => oldestOfEachCompany(mediaViews, "viewed_at", time, limit),
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
    const some = tx.select({ row }).from(table).where(where(tx, limit)).limit(limit);
    const gone = tx
      .$with("gone")
      .as(tx.delete(table).where(sql`${row} = any(array(${some}))`).returning({ row }));
    const [deleted] = await tx.with(gone).select({ rows: count() }).from(gone);
    return deleted?.rows ?? 0;
  });
}

/** By the index of each company, from its end: one look a company where there is nothing to delete. */
function oldestOfEachCompany(table: PgTable, timeColumn: string, time: Date, limit: number): SQL {
  const column = sql.identifier(timeColumn);
  const most = sql.raw(`${limit}`);
  return sql`ctid = any(array(
    select old.place from ${companies} c cross join lateral (
      select t.ctid as place from ${table} t
      where t.company_id = c.id and t.${column} < ${time.toISOString()}::timestamptz
      order by t.${column} nulls first, t.id nulls first
      limit ${most}
    ) old
    limit ${most}))`;
}
