import { and, eq, gt } from "drizzle-orm";
import { sessions } from "#db/schema.ts";
import type { CompanyScope } from "./scope.server.ts";

/** @param session tokenHash: SHA-256 of the cookie's token, hex */
export async function createSession(
  { db, companyId }: CompanyScope,
  session: { tokenHash: string; userId: number; expiresAt: Date },
): Promise<void> {
  await db.insert(sessions).values({ companyId, ...session });
}

/** @returns whose session it is, or undefined when it is unknown, ended or expired at `now` */
export async function findSession(
  { db, companyId }: CompanyScope,
  tokenHash: string,
  now: Date,
): Promise<{ userId: number } | undefined> {
  const [session] = await db
    .select({ userId: sessions.userId })
    .from(sessions)
    .where(
      and(
        eq(sessions.companyId, companyId),
        eq(sessions.tokenHash, tokenHash),
        gt(sessions.expiresAt, now),
      ),
    );
  return session;
}

export async function deleteSession(
  { db, companyId }: CompanyScope,
  tokenHash: string,
): Promise<void> {
  await db
    .delete(sessions)
    .where(and(eq(sessions.companyId, companyId), eq(sessions.tokenHash, tokenHash)));
}
