import { and, eq } from "drizzle-orm";
import { contactIdentities } from "#db/schema.ts";
import type { CompanyScope } from "../scope.server.ts";
import { addNewContacts, onlyNew } from "./add-contacts.server.ts";
import { type ContactPlan, type ContactPlans, planContacts } from "./contact-plans.ts";
import {
  addContacts,
  addConversations,
  addIdentities,
  takePhones,
  updateContact,
} from "./contact-writes.server.ts";
import { findIdentities, type KnownIdentities } from "./find-known.server.ts";
import { identityKey, uniqueIdentities } from "./identities.ts";
import { lockIdentities } from "./identity-lock.server.ts";
import { mergeContacts } from "./merge-contacts.server.ts";
import type { Party } from "./parties.ts";

/**
 * Adds those of a batch's parties that are new, when nothing else is to be done about any. Call it
 * inside a transaction.
 *
 * @param known as looked up before the transaction
 * @returns all the parties' identities; undefined when it takes openContacts
 * @throws a unique violation when somebody else has added one of them since
 */
export async function openNewContacts(
  scope: CompanyScope,
  accountId: number,
  parties: readonly Party[],
  known: KnownIdentities,
): Promise<KnownIdentities | undefined> {
  // It matters only of a contact that is there, and then these are not only new ones.
  const plans = await planContacts(known, parties, async () => false);
  const added = onlyNew(plans, known);
  if (!added) return undefined;
  return new Map([...known, ...(await addNewContacts(scope, accountId, added))]);
}

/**
 * Makes the contacts and conversations of a batch's parties as they should be: new ones are added,
 * new identities noted, two contacts of one person merged, names brought up to date. Call it
 * inside a transaction, before anything else in it.
 *
 * @returns all the parties' identities, as findIdentities does
 */
export async function openContacts(
  scope: CompanyScope,
  accountId: number,
  parties: readonly Party[],
): Promise<KnownIdentities> {
  const identities = uniqueIdentities(parties.flatMap((party) => party.identities));
  await lockIdentities(scope, identities);
  const known = await findIdentities(scope, accountId, identities);
  const plans = await planContacts(known, parties, ({ id }) => hasUserId(scope, id));
  await write(scope, accountId, known, plans);
  return findIdentities(scope, accountId, identities);
}

async function hasUserId({ db, companyId }: CompanyScope, contactId: number): Promise<boolean> {
  const [found] = await db
    .select({ value: contactIdentities.value })
    .from(contactIdentities)
    .where(
      and(
        eq(contactIdentities.companyId, companyId),
        eq(contactIdentities.contactId, contactId),
        eq(contactIdentities.kind, "user"),
      ),
    )
    .limit(1);
  return found !== undefined;
}

async function write(
  scope: CompanyScope,
  accountId: number,
  known: KnownIdentities,
  { all, merges }: ContactPlans,
): Promise<void> {
  for (const { keep, drop } of merges) await mergeContacts(scope, keep.id, drop.id);
  const plans = [...all];
  const gained = plans.flatMap((plan) => plan.gained);
  await takePhones(
    scope,
    gained.filter((identity) => known.has(identityKey(identity))),
  );
  const added = plans.filter(({ contact }) => !contact);
  const addedIds = await addContacts(scope, added);
  const ids = new Map(added.map((plan, index) => [plan, addedIds[index]]));
  const idOf = (plan: ContactPlan) => {
    const id = plan.contact?.id ?? ids.get(plan);
    if (id === undefined) throw new Error("A contact has no id, though it was just added.");
    return id;
  };
  await addIdentities(
    scope,
    plans.flatMap((plan) =>
      plan.gained.map((identity) => ({ ...identity, contactId: idOf(plan) })),
    ),
  );
  const changed = plans.filter(({ contact }) => contact).sort((a, b) => idOf(a) - idOf(b));
  for (const plan of changed) await updateContact(scope, plan);
  await addConversations(
    scope,
    accountId,
    plans.filter(({ needsConversation }) => needsConversation).map(idOf),
  );
}
