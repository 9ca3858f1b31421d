import { and, eq, lt, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { rows } from "#db/raw-sql/rows.server.ts";
import { selection } from "#db/raw-sql/selection.server.ts";
import { companies, sessions, users } from "#db/schema.ts";
import { recordAuditEvent } from "../audit/audit-events.server.ts";
import { sessionIsLive } from "../live-session.server.ts";
import {
  type AccountJson,
  fromJson,
  type ReachableAccount,
  reachableAccounts,
} from "../numbers/reachable-accounts.server.ts";
import type { User } from "../people/credentials.server.ts";
import type { CompanyScope } from "../scope.server.ts";

/** A session that begins. */
export interface NewSession {
  /** SHA-256 of the cookie's token, hex. */
  tokenHash: string;
  userId: number;
  expiresAt: Date;
  /** The browser's own name; null when it tells none. */
  userAgent?: string | null;
  /** The client's IP address; null when the server in front doesn't tell. */
  address?: string | null;
}

export async function createSession(
  { db, companyId }: CompanyScope,
  session: NewSession,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.insert(sessions).values({ companyId, ...session });
    await recordAuditEvent(
      { companyId, db: tx },
      {
        kind: "session.started",
        actorUserId: session.userId,
        address: session.address ?? undefined,
      },
    );
  });
}

/** Who a session belongs to, and the numbers whose conversations they may see, by name. */
export interface SessionUser extends User {
  accounts: ReachableAccount[];
  /** How many of these numbers' files expire within a day, and nobody has opened; 10 stands for more. */
  expiringFiles: number;
  /** When the session was last used, some minutes behind. */
  lastUsedAt: Date;
}

/**
 * Whose session it is, and what they may see, as it is now.
 *
 * @returns undefined when the session is unknown, ended, expired or idle at `now`, or its user deactivated
 */
export async function findSessionUser(
  { db, companyId }: CompanyScope,
  tokenHash: string,
  now: Date,
): Promise<SessionUser | undefined> {
  const [found] = await rows(
    db,
    USER,
    sql`
      select ${USER.list}
      from ${sessions} s
      join ${users} u on u.company_id = s.company_id and u.id = s.user_id
      join ${companies} c on c.id = s.company_id
      left join lateral (${reachableAccounts}) reach on true
      where s.company_id = ${companyId} and s.token_hash = ${tokenHash} and ${sessionIsLive(now)}`,
  );
  return (
    found && {
      ...found,
      accounts: found.accounts.map(fromJson),
      lastUsedAt: new Date(found.lastUsedAt),
    }
  );
}

const u = alias(users, "u");
const s = alias(sessions, "s");

const USER = selection({
  id: u.id,
  name: u.name,
  email: u.email,
  role: u.role,
  companyName: alias(companies, "c").name,
  accounts: sql<AccountJson[]>`coalesce(reach.accounts, '[]'::json)`,
  expiringFiles: sql<number>`reach."expiringFiles"`,
  lastUsedAt: s.lastUsedAt,
});

/** Notes that a session is in use. */
export async function touchSession(
  { db, companyId }: CompanyScope,
  tokenHash: string,
  now: Date,
): Promise<void> {
  await db
    .update(sessions)
    .set({ lastUsedAt: now })
    .where(
      and(
        eq(sessions.companyId, companyId),
        eq(sessions.tokenHash, tokenHash),
        lt(sessions.lastUsedAt, now),
      ),
    );
}

/** Signs out: the session's owner wants it so. Without such a session, nothing happens. */
export async function deleteSession(
  { db, companyId }: CompanyScope,
  tokenHash: string,
  address?: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [ended] = await tx
      .delete(sessions)
      .where(and(eq(sessions.companyId, companyId), eq(sessions.tokenHash, tokenHash)))
      .returning({ userId: sessions.userId });
    if (!ended) return;
    const event = { kind: "session.ended", actorUserId: ended.userId, address } as const;
    await recordAuditEvent({ companyId, db: tx }, event);
  });
}
