import { and, desc, eq, isNull, lt, sql } from "drizzle-orm";
import { contactIdentities, contacts, conversations, messages } from "#db/schema.ts";
import type { IdentityChange } from "../received/received.ts";
import type { CompanyScope } from "../scope.server.ts";
import { addContact, addIdentities, takePhones } from "./contact-writes.server.ts";
import { findIdentities } from "./find-known.server.ts";
import { type Identity, identitiesOf, identityKey, uniqueIdentities } from "./identities.ts";
import { lockIdentities } from "./identity-lock.server.ts";
import { mergeContacts } from "./merge-contacts.server.ts";
import { contactOf } from "./settled-contact.ts";

/** How long before the notice somebody may already have written under the new identity. */
const NOTICE_LATE_MS = 24 * 3_600_000;

/**
 * Lets a contact keep its conversations when its phone number or user id changes. Whoever had the
 * new one before stays apart, unless they began to write only with the change: then the notice
 * came late, and they are the same person. Following a change again changes nothing. Call it
 * inside a transaction.
 */
export async function followIdentityChange(
  scope: CompanyScope,
  accountId: number,
  { previous, current, at }: IdentityChange,
): Promise<void> {
  const [before, after] = [identitiesOf(previous), identitiesOf(current)];
  await lockIdentities(scope, [...before, ...after]);
  const known = await findIdentities(scope, accountId, [...before, ...after]);
  const ownerOf = (identity: Identity) => contactOf(known, identity, at)?.id;
  const firstOwner = (identities: Identity[]) => identities.map(ownerOf).find((id) => id);
  const [oldOwner, newOwner] = [firstOwner(before), firstOwner(after)];

  let contactId = oldOwner ?? newOwner ?? (await addContact(scope));
  const theirs = new Set([contactId]);
  if (oldOwner && newOwner && oldOwner !== newOwner) {
    if (!(await wroteBefore(scope, newOwner, new Date(at.getTime() - NOTICE_LATE_MS)))) {
      contactId = Math.min(oldOwner, newOwner);
      await mergeContacts(scope, contactId, Math.max(oldOwner, newOwner));
      theirs.add(newOwner);
    }
  }
  const isTheirs = (identity: Identity) => theirs.has(ownerOf(identity) ?? 0);
  const gained = after.filter((identity) => !isTheirs(identity));
  // The former one too, because messages sent under it may still arrive.
  const former = before.filter((identity) => !known.has(identityKey(identity)));
  await takePhones(scope, gained);
  await addIdentities(
    scope,
    uniqueIdentities([...former, ...gained]).map((identity) => ({ ...identity, contactId })),
  );
  const given = before.filter(({ kind, value }) =>
    after.some((next) => next.kind === kind && next.value !== value),
  );
  for (const identity of given) await endIdentity(scope, contactId, identity, at);
  await showCurrentPhone(scope, contactId);
}

async function wroteBefore(
  { db, companyId }: CompanyScope,
  contactId: number,
  time: Date,
): Promise<boolean> {
  const [early] = await db
    .select({ id: messages.id })
    .from(conversations)
    .innerJoin(
      messages,
      and(
        eq(messages.companyId, conversations.companyId),
        eq(messages.conversationId, conversations.id),
        lt(messages.sentAt, time),
      ),
    )
    .where(and(eq(conversations.companyId, companyId), eq(conversations.contactId, contactId)))
    .limit(1);
  return early !== undefined;
}

async function endIdentity(
  { db, companyId }: CompanyScope,
  contactId: number,
  { kind, value }: Identity,
  at: Date,
): Promise<void> {
  await db
    .update(contactIdentities)
    .set({ endedAt: at })
    .where(
      and(
        eq(contactIdentities.companyId, companyId),
        eq(contactIdentities.kind, kind),
        eq(contactIdentities.value, value),
        eq(contactIdentities.contactId, contactId),
        isNull(contactIdentities.endedAt),
      ),
    );
}

/** The phone number that people see is one that the contact still has. */
async function showCurrentPhone({ db, companyId }: CompanyScope, contactId: number) {
  const phone = db
    .select({ value: contactIdentities.value })
    .from(contactIdentities)
    .where(
      and(
        eq(contactIdentities.companyId, companyId),
        eq(contactIdentities.contactId, contactId),
        eq(contactIdentities.kind, "phone"),
        isNull(contactIdentities.endedAt),
      ),
    )
    .orderBy(desc(sql`${contactIdentities.value} = ${contacts.waId}`))
    .limit(1);
  await db
    .update(contacts)
    .set({ waId: sql`(${phone})` })
    .where(and(eq(contacts.companyId, companyId), eq(contacts.id, contactId)));
}
