import { and, eq, ne } from "drizzle-orm";
import { invitations, sessions, users } from "#db/schema.ts";
import { recordAuditEvent } from "../audit/audit-events.server.ts";
import type { CompanyScope } from "../scope.server.ts";
import type { SessionOwner } from "./own-sessions.server.ts";

/** The session that a change was asked by has ended since. */
export class SessionEndedError extends Error {
  override name = "SessionEndedError";
}

/** @returns the person's hash in PHC format; null when there is none */
export async function findPasswordHash(
  { db, companyId }: CompanyScope,
  userId: number,
): Promise<string | null> {
  const [user] = await db
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(and(eq(users.companyId, companyId), eq(users.id, userId)));
  return user?.passwordHash ?? null;
}

/**
 * Gives a person another password: whoever else is signed in as them, or holds a link to choose a
 * password for them, is out at once. This session stays, under another token.
 *
 * @throws {SessionEndedError} this session has ended; then nothing has changed
 */
export async function changePassword(
  { db, companyId }: CompanyScope,
  { userId, tokenHash }: SessionOwner,
  change: { passwordHash: string; newTokenHash: string; address?: string | undefined },
): Promise<void> {
  const { passwordHash, newTokenHash, address } = change;
  const own = and(eq(sessions.companyId, companyId), eq(sessions.userId, userId));
  await db.transaction(async (tx) => {
    // The person first: of two changes at once, from two sessions, one waits for the other here.
    await tx
      .update(users)
      .set({ passwordHash })
      .where(and(eq(users.companyId, companyId), eq(users.id, userId)));
    const [renewed] = await tx
      .update(sessions)
      .set({ tokenHash: newTokenHash })
      .where(and(own, eq(sessions.tokenHash, tokenHash)))
      .returning({ id: sessions.id });
    if (!renewed) throw new SessionEndedError();
    await tx.delete(sessions).where(and(own, ne(sessions.tokenHash, newTokenHash)));
    await tx
      .delete(invitations)
      .where(and(eq(invitations.companyId, companyId), eq(invitations.userId, userId)));
    const event = { kind: "password.changed", actorUserId: userId, address } as const;
    await recordAuditEvent({ companyId, db: tx }, event);
  });
}
