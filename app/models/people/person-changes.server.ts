import { and, eq } from "drizzle-orm";
import { invitations, sessions, users } from "#db/schema.ts";
import { type Actor, administer } from "../audit/administration.server.ts";
import { RefusedChangeError } from "../refused-change.ts";
import type { CompanyScope } from "../scope.server.ts";
import { listPeople, type Person, personToChange } from "./people.server.ts";

/** @throws {RefusedChangeError} */
export function renamePerson(
  scope: CompanyScope,
  id: number,
  name: string,
  actor: Actor,
): Promise<void> {
  return administer(scope, actor, async (scope, record) => {
    const { name: from } = await personToChange(scope, id);
    if (from === name) return;
    await update(scope, id, { name });
    const details = { from, to: name };
    await record({ kind: "user.renamed", subjectUserId: id, details });
  });
}

/** @throws {RefusedChangeError} also for oneself, and for the last active admin */
export function changeRole(
  scope: CompanyScope,
  id: number,
  role: Person["role"],
  actor: Actor,
): Promise<void> {
  return administer(scope, actor, async (scope, record) => {
    const person = await personToChange(scope, id);
    if (person.role === role) return;
    if (id === actor.actorUserId) throw new RefusedChangeError("You can't change your own role.");
    await keepAnAdmin(scope, person);
    await update(scope, id, { role });
    const details = { from: person.role, to: role };
    await record({ kind: "user.role_changed", subjectUserId: id, details });
  });
}

/**
 * Ends their sessions and their link too.
 *
 * @throws {RefusedChangeError} also for oneself, and for the last active admin
 */
export function deactivatePerson(scope: CompanyScope, id: number, actor: Actor): Promise<void> {
  return administer(scope, actor, async (scope, record) => {
    const person = await personToChange(scope, id);
    if (person.state === "deactivated") return;
    if (id === actor.actorUserId) throw new RefusedChangeError("You can't deactivate yourself.");
    await keepAnAdmin(scope, person);
    await update(scope, id, { deactivatedAt: new Date() });
    await record({ kind: "user.deactivated", subjectUserId: id });
    await endSessions(scope, id);
    const { db, companyId } = scope;
    await db
      .delete(invitations)
      .where(and(eq(invitations.companyId, companyId), eq(invitations.userId, id)));
  });
}

/**
 * They sign in with the password that they had; who had none needs a new link.
 *
 * @throws {RefusedChangeError}
 */
export function reactivatePerson(scope: CompanyScope, id: number, actor: Actor): Promise<void> {
  return administer(scope, actor, async (scope, record) => {
    const person = await personToChange(scope, id);
    if (person.state !== "deactivated") return;
    await update(scope, id, { deactivatedAt: null });
    await record({ kind: "user.reactivated", subjectUserId: id });
    // A sign-in that was under way at the deactivation may have left one.
    await endSessions(scope, id);
  });
}

/** Signs a person out everywhere. Call it in the transaction of what makes it necessary. */
export async function endSessions({ db, companyId }: CompanyScope, userId: number): Promise<void> {
  await db
    .delete(sessions)
    .where(and(eq(sessions.companyId, companyId), eq(sessions.userId, userId)));
}

async function keepAnAdmin(scope: CompanyScope, { id }: Person): Promise<void> {
  const people = await listPeople(scope);
  const admins = people.filter(({ role, state }) => role === "admin" && state === "active");
  if (admins.length === 1 && admins[0]?.id === id) {
    throw new RefusedChangeError(
      "This is the company's last active admin. Make somebody else an admin first.",
    );
  }
}

async function update(
  scope: CompanyScope,
  id: number,
  fields: Partial<typeof users.$inferInsert>,
): Promise<void> {
  const { db, companyId } = scope;
  await db
    .update(users)
    .set(fields)
    .where(and(eq(users.companyId, companyId), eq(users.id, id)));
}
