import { and, eq, sql } from "drizzle-orm";
import { rows } from "#db/rows.server.ts";
import { companies, sessions, users } from "#db/schema.ts";
import {
  type AccountJson,
  fromJson,
  type ReachableAccount,
  reachableAccounts,
} from "./reachable-accounts.server.ts";
import type { CompanyScope } from "./scope.server.ts";
import type { User } from "./users.server.ts";

/** @param session tokenHash: SHA-256 of the cookie's token, hex */
export async function createSession(
  { db, companyId }: CompanyScope,
  session: { tokenHash: string; userId: number; expiresAt: Date },
): Promise<void> {
  await db.insert(sessions).values({ companyId, ...session });
}

/** Who a session belongs to, and the numbers whose conversations they may see, by name. */
export interface SessionUser extends User {
  accounts: ReachableAccount[];
  /** How many of these numbers' files expire within a day, and nobody has opened; 10 stands for more. */
  expiringFiles: number;
}

/**
 * Whose session it is, and what they may see, as it is now.
 *
 * @returns undefined when the session is unknown, ended or expired at `now`, or its user deactivated
 */
export async function findSessionUser(
  { db, companyId }: CompanyScope,
  tokenHash: string,
  now: Date,
): Promise<SessionUser | undefined> {
  const [found] = await rows<Omit<SessionUser, "accounts"> & { accounts: AccountJson[] }>(
    db,
    sql`
      select u.id::float8 as id, u.name, u.email, u.role, c.name as "companyName",
        coalesce(reach.accounts, '[]'::json) as accounts,
        reach."expiringFiles"
      from ${sessions} s
      join ${users} u on u.company_id = s.company_id and u.id = s.user_id
      join ${companies} c on c.id = s.company_id
      left join lateral (${reachableAccounts}) reach on true
      where s.company_id = ${companyId} and s.token_hash = ${tokenHash}
        and s.expires_at > ${now.toISOString()}::timestamptz and u.deactivated_at is null`,
  );
  return found && { ...found, accounts: found.accounts.map(fromJson) };
}

export async function deleteSession(
  { db, companyId }: CompanyScope,
  tokenHash: string,
): Promise<void> {
  await db
    .delete(sessions)
    .where(and(eq(sessions.companyId, companyId), eq(sessions.tokenHash, tokenHash)));
}
