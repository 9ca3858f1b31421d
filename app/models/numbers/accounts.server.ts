import { and, asc, count, eq, isNull } from "drizzle-orm";
import { accountMembers, users, whatsappAccounts } from "#db/schema.ts";
import { type Actor, administer } from "../audit/administration.server.ts";
import { RefusedChangeError } from "../refused-change.ts";
import type { CompanyScope } from "../scope.server.ts";

/** What an admin says of a number. */
export interface AccountFields {
  name: string;
  displayPhoneNumber: string;
  /** How long WhatsApp keeps its inbound media. */
  mediaRetentionHours: number;
}

/** One of the company's WhatsApp numbers, for its admins. */
export interface Account extends AccountFields {
  id: number;
  phoneNumberId: string;
  /** Set while WhatsApp refuses the number's access token. */
  tokenRefusedAt: Date | null;
  tokenRefusedReason: string | null;
  /** Active and invited people. */
  members: number;
}

/** By name. */
export function listAccounts(scope: CompanyScope): Promise<Account[]> {
  return selectAccounts(scope);
}

export async function findAccount(scope: CompanyScope, id: number): Promise<Account | undefined> {
  return (await selectAccounts(scope, id))[0];
}

function selectAccounts({ db, companyId }: CompanyScope, id?: number) {
  const a = whatsappAccounts;
  return db
    .select({
      id: a.id,
      phoneNumberId: a.phoneNumberId,
      name: a.name,
      displayPhoneNumber: a.displayPhoneNumber,
      mediaRetentionHours: a.mediaRetentionHours,
      tokenRefusedAt: a.tokenRefusedAt,
      tokenRefusedReason: a.tokenRefusedReason,
      members: count(users.id),
    })
    .from(a)
    .leftJoin(
      accountMembers,
      and(eq(accountMembers.companyId, a.companyId), eq(accountMembers.accountId, a.id)),
    )
    .leftJoin(
      users,
      and(
        eq(users.companyId, accountMembers.companyId),
        eq(users.id, accountMembers.userId),
        isNull(users.deactivatedAt),
      ),
    )
    .where(and(eq(a.companyId, companyId), id === undefined ? undefined : eq(a.id, id)))
    .groupBy(a.companyId, a.id)
    .orderBy(asc(a.name), asc(a.id));
}

/**
 * @param fields.phoneNumberId Meta's own id of the number, unique in the installation
 * @returns the number's id
 * @throws {RefusedChangeError} some company has it already: which one isn't told
 */
export function createAccount(
  scope: CompanyScope,
  fields: AccountFields & { phoneNumberId: string },
  actor: Actor,
): Promise<number> {
  return administer(scope, actor, async (scope, record) => {
    const { db, companyId } = scope;
    const [added] = await db
      .insert(whatsappAccounts)
      .values({ companyId, ...fields })
      .onConflictDoNothing()
      .returning({ id: whatsappAccounts.id });
    if (!added) throw new RefusedChangeError("This phone number ID is already in use.");
    const { name, phoneNumberId } = fields;
    await record({
      kind: "account.added",
      subjectAccountId: added.id,
      details: { name, phoneNumberId },
    });
    return added.id;
  });
}

/** The name that the audit log has for each. */
const FIELD_NAMES = {
  name: "name",
  displayPhoneNumber: "display number",
  mediaRetentionHours: "hours that WhatsApp keeps files",
} satisfies Record<keyof AccountFields, string>;

/** @throws {RefusedChangeError} there is no such number */
export function changeAccount(
  scope: CompanyScope,
  id: number,
  fields: Partial<AccountFields>,
  actor: Actor,
): Promise<void> {
  return administer(scope, actor, async (scope, record) => {
    const { db, companyId } = scope;
    const before = await findAccount(scope, id);
    if (!before) throw new RefusedChangeError("There is no such number.");
    const names = Object.keys(FIELD_NAMES) as (keyof AccountFields)[];
    for (const field of names) {
      const [from, to] = [before[field], fields[field]];
      if (to === undefined || from === to) continue;
      await db
        .update(whatsappAccounts)
        .set({ [field]: to })
        .where(and(eq(whatsappAccounts.companyId, companyId), eq(whatsappAccounts.id, id)));
      await record({
        kind: "account.changed",
        subjectAccountId: id,
        details: { field: FIELD_NAMES[field], from, to },
      });
    }
  });
}
