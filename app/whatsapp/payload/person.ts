import type { Person } from "#app/models/received/received.ts";
import { identifier, isObject, label, objectOf, phone } from "../values/fields.ts";

const MAX_NAME = 256;

export type PersonIds = Pick<Person, "waId" | "userId">;

interface Contact extends Person {
  raw: unknown;
}

/** The people of a webhook's `contacts`, to be found by their ids. */
export interface Contacts {
  byUserId: ReadonlyMap<string, Contact>;
  byWaId: ReadonlyMap<string, Contact>;
  /** Set when there is exactly one. */
  only: Contact | undefined;
}

/**
 * Reads `contacts`, a list whose places pair with no message's.
 *
 * @param list anything; odd elements are passed over, because no update is in them
 */
export function readContacts(list: unknown): Contacts {
  const contacts = (Array.isArray(list) ? list : []).filter(isObject).map(readContact);
  const byUserId = new Map<string, Contact>();
  const byWaId = new Map<string, Contact>();
  for (const contact of contacts) {
    if (contact.userId) byUserId.set(contact.userId, contact);
    if (contact.waId) byWaId.set(contact.waId, contact);
  }
  return { byUserId, byWaId, only: contacts.length === 1 ? contacts[0] : undefined };
}

/**
 * A person's ids from a message's address, such as `from`, and user id, such as `from_user_id`. An
 * address that is no phone number is a user id: WhatsApp has put business-scoped user ids there.
 */
export function readIds(address: unknown, userId: unknown): PersonIds {
  const waId = phone(address);
  return { waId, userId: identifier(userId) ?? (waId ? null : identifier(address)) };
}

/** The contact that has one of the ids; for a message that names nobody, the only contact. */
export function findContact(contacts: Contacts, { waId, userId }: PersonIds): Contact | undefined {
  if (!waId && !userId) return contacts.only;
  return contacts.byUserId.get(userId ?? "") ?? contacts.byWaId.get(waId ?? "");
}

export function readUsername(username: unknown): string | null {
  return label(username, MAX_NAME)?.replace(/^@/, "") || null;
}

/** The person of the ids, completed by their contact; null when no id is known. */
export function readPerson(contacts: Contacts, ids: PersonIds): Person | null {
  const contact = findContact(contacts, ids);
  const waId = ids.waId ?? contact?.waId ?? null;
  const userId = ids.userId ?? contact?.userId ?? null;
  if (!waId && !userId) return null;
  return { waId, userId, name: contact?.name ?? null, username: contact?.username ?? null };
}

function readContact(raw: Record<string, unknown>): Contact {
  const profile = objectOf(raw.profile);
  return {
    raw,
    ...readIds(raw.wa_id, raw.user_id),
    name: label(profile.name, MAX_NAME),
    username: readUsername(profile.username),
  };
}
