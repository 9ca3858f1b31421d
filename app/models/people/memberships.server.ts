import { and, eq, inArray } from "drizzle-orm";
import { accountMembers } from "#db/schema.ts";
import { recordAuditEvent } from "../audit/audit-events.server.ts";
import { listAccounts } from "../numbers/accounts.server.ts";
import { type Actor, administer } from "../numbers/administration.server.ts";
import { RefusedChangeError } from "../refused-change.ts";
import type { CompanyScope } from "../scope.server.ts";
import { personToChange } from "./people.server.ts";

/**
 * Changes which numbers somebody is a member of.
 *
 * @param after those they are to be a member of, given those they are of now
 * @throws {RefusedChangeError} there is no such person, or one of the numbers isn't the company's
 */
export function setMemberships(
  scope: CompanyScope,
  userId: number,
  after: (before: readonly number[]) => readonly number[],
  actor: Actor,
): Promise<void> {
  return administer(scope, async (scope) => {
    const { accountIds: before } = await personToChange(scope, userId);
    const accountIds = after(before);
    const added = accountIds.filter((id) => !before.includes(id));
    const removed = before.filter((id) => !accountIds.includes(id));
    await addMemberships(scope, userId, added, actor);
    await removeMemberships(scope, userId, removed, actor);
  });
}

/** For somebody who is a member of none of them yet, in the transaction of the change. */
export async function addMemberships(
  scope: CompanyScope,
  userId: number,
  accountIds: readonly number[],
  actor: Actor,
): Promise<void> {
  const { db, companyId } = scope;
  const added = [...new Set(accountIds)];
  if (added.length === 0) return;
  const known = new Set((await listAccounts(scope)).map(({ id }) => id));
  if (!added.every((id) => known.has(id))) {
    throw new RefusedChangeError("There is no such number. Load the page again.");
  }
  await db
    .insert(accountMembers)
    .values(added.map((accountId) => ({ companyId, accountId, userId })));
  await record(scope, "membership.added", userId, added, actor);
}

async function removeMemberships(
  scope: CompanyScope,
  userId: number,
  removed: readonly number[],
  actor: Actor,
): Promise<void> {
  const { db, companyId } = scope;
  if (removed.length === 0) return;
  await db
    .delete(accountMembers)
    .where(
      and(
        eq(accountMembers.companyId, companyId),
        eq(accountMembers.userId, userId),
        inArray(accountMembers.accountId, [...removed]),
      ),
    );
  await record(scope, "membership.removed", userId, removed, actor);
}

async function record(
  scope: CompanyScope,
  kind: "membership.added" | "membership.removed",
  subjectUserId: number,
  accountIds: readonly number[],
  actor: Actor,
): Promise<void> {
  for (const subjectAccountId of accountIds) {
    await recordAuditEvent(scope, { kind, subjectUserId, subjectAccountId, ...actor });
  }
}
