import { and, eq, gt, isNull } from "drizzle-orm";
import { companies, invitations, users } from "#db/schema.ts";
import { type Actor, administer } from "../audit/administration.server.ts";
import { RefusedChangeError } from "../refused-change.ts";
import type { Role } from "../role.ts";
import type { CompanyScope } from "../scope.server.ts";
import { addMemberships } from "./memberships.server.ts";
import { personToChange } from "./people.server.ts";
import { endSessions } from "./person-changes.server.ts";

/** A link by which somebody chooses a password, as its row has it. */
export interface Link {
  /** SHA-256 of the link's token, hex. */
  tokenHash: string;
  expiresAt: Date;
}

export interface Invited {
  name: string;
  /** Lower case. */
  email: string;
  role: Role;
  /** The numbers that they become a member of. */
  accountIds: readonly number[];
}

/**
 * Adds somebody who then chooses a password by the link.
 *
 * @returns their id
 * @throws {RefusedChangeError} the e-mail address is somebody's, or a number isn't the company's
 */
export function invitePerson(
  scope: CompanyScope,
  { accountIds, ...person }: Invited,
  link: Link,
  actor: Actor,
): Promise<number> {
  return administer(scope, actor, async (scope, record) => {
    const id = await insertPerson(scope, person);
    const { email, role } = person;
    await record({ kind: "user.invited", subjectUserId: id, details: { email, role } });
    await addMemberships(scope, id, accountIds, record);
    await setLink(scope, id, link);
    return id;
  });
}

/**
 * Replaces somebody's link, or gives them one: they may have forgotten their password, which is
 * good until they have chosen another.
 *
 * @throws {RefusedChangeError} there is no such person, or they are deactivated
 */
export function renewLink(
  scope: CompanyScope,
  userId: number,
  link: Link,
  actor: Actor,
): Promise<void> {
  return administer(scope, actor, async (scope, record) => {
    const { state } = await personToChange(scope, userId);
    if (state === "deactivated") {
      throw new RefusedChangeError("This person is deactivated. Reactivate them first.");
    }
    await setLink(scope, userId, link);
    await record({ kind: "user.invitation_renewed", subjectUserId: userId });
  });
}

/** Whom a link is for, and which company invites them. Looking at it doesn't use it up. */
export async function findInvitation(
  { db, companyId }: CompanyScope,
  tokenHash: string,
  now: Date,
): Promise<{ userId: number; email: string; companyName: string } | undefined> {
  const [found] = await db
    .select({ userId: users.id, email: users.email, companyName: companies.name })
    .from(invitations)
    .innerJoin(
      users,
      and(eq(users.companyId, invitations.companyId), eq(users.id, invitations.userId)),
    )
    .innerJoin(companies, eq(companies.id, invitations.companyId))
    .where(
      and(
        eq(invitations.companyId, companyId),
        eq(invitations.tokenHash, tokenHash),
        gt(invitations.expiresAt, now),
        isNull(users.deactivatedAt),
      ),
    );
  return found;
}

/**
 * Sets the password that somebody chose by a link, uses the link up, and signs them out everywhere.
 *
 * @param address of the client
 * @returns whether the link was good: unknown, expired, replaced and used ones are not
 */
export function acceptInvitation(
  scope: CompanyScope,
  { tokenHash, passwordHash, now }: { tokenHash: string; passwordHash: string; now: Date },
  address: string | undefined,
): Promise<boolean> {
  return administer(scope, { address }, async (scope, record) => {
    const found = await findInvitation(scope, tokenHash, now);
    if (!found) return false;
    const { db, companyId } = scope;
    const { userId } = found;
    const { state } = await personToChange(scope, userId);
    await db
      .update(users)
      .set({ passwordHash })
      .where(and(eq(users.companyId, companyId), eq(users.id, userId)));
    await db
      .delete(invitations)
      .where(and(eq(invitations.companyId, companyId), eq(invitations.userId, userId)));
    await endSessions(scope, userId);
    const kind = state === "invited" ? "user.invitation_accepted" : "password.changed";
    await record({ kind, subjectUserId: userId });
    return true;
  });
}

/**
 * For changes, in their transaction.
 *
 * @param person.passwordHash left out while they have not chosen a password
 * @returns their id
 * @throws {RefusedChangeError} the e-mail address is somebody's already, in whichever company
 */
export async function insertPerson(
  { db, companyId }: CompanyScope,
  person: Omit<Invited, "accountIds"> & { passwordHash?: string },
): Promise<number> {
  const [added] = await db
    .insert(users)
    .values({ companyId, ...person })
    .onConflictDoNothing()
    .returning({ id: users.id });
  if (!added) throw new RefusedChangeError("This e-mail address is already in use.");
  return added.id;
}

/** For changes, in their transaction. The link before it is good no more. */
export async function setLink(
  { db, companyId }: CompanyScope,
  userId: number,
  link: Link,
): Promise<void> {
  await db
    .insert(invitations)
    .values({ companyId, userId, ...link })
    .onConflictDoUpdate({
      target: [invitations.companyId, invitations.userId],
      set: { ...link, createdAt: new Date() },
    });
}
