import { and, eq, sql } from "drizzle-orm";
import { anyOf } from "#db/raw-sql/any-of.server.ts";
import { contactIdentities, contacts, conversations } from "#db/schema.ts";
import type { CompanyScope } from "../scope.server.ts";
import type { ContactPlan } from "./contact-plans.ts";
import type { Identity } from "./identities.ts";

/** Takes phone numbers from the contacts that show them: each is one contact's at a time. */
export async function takePhones(
  { db, companyId }: CompanyScope,
  identities: readonly Identity[],
): Promise<void> {
  const phones = identities.flatMap(({ kind, value }) => (kind === "phone" ? [value] : []));
  if (phones.length === 0) return;
  await db
    .update(contacts)
    .set({ waId: null })
    .where(and(eq(contacts.companyId, companyId), anyOf(contacts.waId, phones)));
}

/** @returns their ids, in the same order */
export async function addContacts(
  { db, companyId }: CompanyScope,
  plans: readonly ContactPlan[],
): Promise<number[]> {
  if (plans.length === 0) return [];
  const values = plans.map((plan) => {
    const { kind, name, username } = plan;
    return { companyId, kind, name, username, waId: phoneOf(plan) };
  });
  const added = await db
    .insert(contacts)
    .values(values)
    // A contact from before identities were kept apart has its number only here.
    .onConflictDoUpdate({
      target: [contacts.companyId, contacts.waId],
      set: { name: sql`coalesce(excluded.name, ${contacts.name})` },
    })
    .returning({ id: contacts.id, waId: contacts.waId });
  return added.map(({ id, waId }, index) => {
    if (waId !== values[index]?.waId) throw new Error("Contacts came back in another order.");
    return id;
  });
}

/** A person of whom only identities are known. @returns their id */
export async function addContact({ db, companyId }: CompanyScope): Promise<number> {
  const [added] = await db.insert(contacts).values({ companyId }).returning({ id: contacts.id });
  if (!added) throw new Error("The contact was not added.");
  return added.id;
}

export async function addIdentities(
  { db, companyId }: CompanyScope,
  identities: readonly (Identity & { contactId: number })[],
): Promise<void> {
  if (identities.length === 0) return;
  await db
    .insert(contactIdentities)
    .values(identities.map((identity) => ({ companyId, ...identity })))
    .onConflictDoUpdate({
      target: [contactIdentities.companyId, contactIdentities.value, contactIdentities.kind],
      set: { contactId: sql`excluded.contact_id`, endedAt: null },
    });
}

/** Writes what the plan changes of a contact that is already there; nothing when it changes nothing. */
export async function updateContact(
  { db, companyId }: CompanyScope,
  plan: ContactPlan,
): Promise<void> {
  const { contact, name, username } = plan;
  if (!contact) return;
  const waId = phoneOf(plan);
  if (!waId && name === contact.name && username === contact.username) return;
  await db
    .update(contacts)
    .set({ name, username, ...(waId && { waId }) })
    .where(and(eq(contacts.companyId, companyId), eq(contacts.id, contact.id)));
}

/** The conversations with one account of those contacts that have none. */
export async function addConversations(
  { db, companyId }: CompanyScope,
  accountId: number,
  contactIds: readonly number[],
): Promise<void> {
  if (contactIds.length === 0) return;
  await db
    .insert(conversations)
    .values(contactIds.map((contactId) => ({ companyId, accountId, contactId })))
    .onConflictDoNothing();
}

/** The phone number that it gained last: the one to show. */
export function phoneOf({ gained }: ContactPlan): string | null {
  return gained.findLast(({ kind }) => kind === "phone")?.value ?? null;
}
