import { and, eq, inArray } from "drizzle-orm";
import { accountMembers } from "#db/schema.ts";
import { type Actor, administer, type RecordChange } from "../audit/administration.server.ts";
import { listAccounts } from "../numbers/accounts.server.ts";
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
  return administer(scope, actor, async (scope, record) => {
    const { accountIds: before } = await personToChange(scope, userId);
    const accountIds = after(before);
    const added = accountIds.filter((id) => !before.includes(id));
    const removed = before.filter((id) => !accountIds.includes(id));
    await addMemberships(scope, userId, added, record);
    await removeMemberships(scope, userId, removed, record);
  });
}

/** For somebody who is a member of none of them yet, in the transaction of the change. */
export async function addMemberships(
  scope: CompanyScope,
  userId: number,
  accountIds: readonly number[],
  record: RecordChange,
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
  await recordEach(record, "membership.added", userId, added);
}

async function removeMemberships(
  scope: CompanyScope,
  userId: number,
  removed: readonly number[],
  record: RecordChange,
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
  await recordEach(record, "membership.removed", userId, removed);
}

async function recordEach(
  record: RecordChange,
  kind: "membership.added" | "membership.removed",
  subjectUserId: number,
  accountIds: readonly number[],
): Promise<void> {
  for (const subjectAccountId of accountIds) {
    await record({ kind, subjectUserId, subjectAccountId });
  }
}
