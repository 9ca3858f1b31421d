import { and, eq, gt, isNull } from "drizzle-orm";
import { companies, sessions, users } from "#db/schema.ts";
import type { CompanyScope } from "./scope.server.ts";
import type { User } from "./users.server.ts";

/** @param session tokenHash: SHA-256 of the cookie's token, hex */
export async function createSession(
  { db, companyId }: CompanyScope,
  session: { tokenHash: string; userId: number; expiresAt: Date },
): Promise<void> {
  await db.insert(sessions).values({ companyId, ...session });
}

/**
 * Whose session it is, as they are now.
 *
 * @returns undefined when the session is unknown, ended or expired at `now`, or its user deactivated
 */
export async function findSessionUser(
  { db, companyId }: CompanyScope,
  tokenHash: string,
  now: Date,
): Promise<User | undefined> {
  const [user] = await db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      companyName: companies.name,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.companyId, sessions.companyId), eq(users.id, sessions.userId)))
    .innerJoin(companies, eq(companies.id, sessions.companyId))
    .where(
      and(
        eq(sessions.companyId, companyId),
        eq(sessions.tokenHash, tokenHash),
        gt(sessions.expiresAt, now),
        isNull(users.deactivatedAt),
      ),
    );
  return user;
}

export async function deleteSession(
  { db, companyId }: CompanyScope,
  tokenHash: string,
): Promise<void> {
  await db
    .delete(sessions)
    .where(and(eq(sessions.companyId, companyId), eq(sessions.tokenHash, tokenHash)));
}
