import { and, eq, ne, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { rows } from "#db/raw-sql/rows.server.ts";
import { expressions, selection } from "#db/raw-sql/selection.server.ts";
import { sessions, users } from "#db/schema.ts";
import { recordAuditEvent } from "../audit/audit-events.server.ts";
import { sessionIsLive } from "../live-session.server.ts";
import type { CompanyScope } from "../scope.server.ts";

/** More than a person can tell apart; all others can be ended at once. */
const MOST_LISTED = 50;

/** Who asks: a person, by one of their sessions. */
export interface SessionOwner {
  userId: number;
  /** SHA-256 of this session's token, hex. */
  tokenHash: string;
}

/** What a person is told about one of their sessions. */
export interface OwnSession {
  id: number;
  /** Whether it is the one that asks. */
  isCurrent: boolean;
  userAgent: string | null;
  address: string | null;
  createdAt: Date;
  /** Some minutes behind. */
  lastUsedAt: Date;
}

/** A person's sessions that count at `now`: this one, then the last used first, 50 at most. */
export async function listOwnSessions(
  { db, companyId }: CompanyScope,
  { userId, tokenHash }: SessionOwner,
  now: Date,
): Promise<OwnSession[]> {
  const isCurrent = sql<boolean>`s.token_hash = ${tokenHash}`;
  const asked = expressions({ isCurrent }, SESSION);
  const found = await rows(
    db,
    asked,
    sql`
      select ${asked.list}
      from ${sessions} s
      join ${users} u on u.company_id = s.company_id and u.id = s.user_id
      where s.company_id = ${companyId} and s.user_id = ${userId} and ${sessionIsLive(now)}
      order by "isCurrent" desc, s.last_used_at desc, s.id desc
      limit ${MOST_LISTED}`,
  );
  return found.map(({ createdAt, lastUsedAt, ...session }) => ({
    ...session,
    createdAt: new Date(createdAt),
    lastUsedAt: new Date(lastUsedAt),
  }));
}

const s = alias(sessions, "s");

const SESSION = selection({
  id: s.id,
  userAgent: s.userAgent,
  address: s.address,
  createdAt: s.createdAt,
  lastUsedAt: s.lastUsedAt,
});

/**
 * Ends one of a person's own sessions.
 *
 * @param address of the client that asks
 * @returns whether there was such a session
 */
export async function endOwnSession(
  scope: CompanyScope,
  userId: number,
  sessionId: number,
  address?: string,
): Promise<boolean> {
  return (await revoke(scope, userId, eq(sessions.id, sessionId), address)) > 0;
}

/**
 * Ends all of a person's sessions but the one that asks.
 *
 * @returns how many
 */
export function endOtherSessions(
  scope: CompanyScope,
  { userId, tokenHash }: SessionOwner,
  address?: string,
): Promise<number> {
  return revoke(scope, userId, ne(sessions.tokenHash, tokenHash), address);
}

function revoke(
  { db, companyId }: CompanyScope,
  userId: number,
  which: SQL,
  address: string | undefined,
): Promise<number> {
  return db.transaction(async (tx) => {
    const ended = await tx
      .delete(sessions)
      .where(and(eq(sessions.companyId, companyId), eq(sessions.userId, userId), which))
      .returning({ id: sessions.id });
    if (ended.length > 0) {
      const details = { sessions: ended.length };
      const event = { kind: "session.revoked", actorUserId: userId, details, address } as const;
      await recordAuditEvent({ companyId, db: tx }, event);
    }
    return ended.length;
  });
}
