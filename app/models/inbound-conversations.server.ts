import { and, asc, eq, inArray } from "drizzle-orm";
import { contacts, conversations } from "#db/schema.ts";
import { contactOfConversation } from "./conversations.server.ts";
import type { CompanyScope } from "./scope.server.ts";

/** A conversation whose row is locked until the transaction ends. */
export interface OpenConversation {
  id: number;
  contactId: number;
  contactName: string | null;
  lastMessageAt: Date | null;
}

/**
 * The senders' conversations with one account, made at first sight, and locked. Call it inside a
 * transaction.
 *
 * Transactions that meet can't deadlock: each takes its locks in the order contacts by WhatsApp id,
 * new conversations by contact, conversations by id, and looks without a lock first.
 *
 * @param names the senders by WhatsApp id, with the name for a contact that is new
 * @returns the conversations by WhatsApp id
 */
export async function openConversations(
  scope: CompanyScope,
  accountId: number,
  names: ReadonlyMap<string, string | null>,
): Promise<Map<string, OpenConversation>> {
  const waIds = [...names.keys()].sort();
  const known = await conversationsOf(scope, accountId, waIds);
  if (known.length < waIds.length) {
    const found = new Set(known.map(({ waId }) => waId));
    const missing = waIds.filter((waId) => !found.has(waId));
    await addConversations(scope, accountId, missing, names);
  }
  const locked = await conversationsOf(scope, accountId, waIds).for("no key update", {
    of: conversations,
  });
  return new Map(locked.map(({ waId, ...conversation }) => [waId ?? "", conversation]));
}

function conversationsOf({ db, companyId }: CompanyScope, accountId: number, waIds: string[]) {
  return db
    .select({
      waId: contacts.waId,
      id: conversations.id,
      contactId: contacts.id,
      contactName: contacts.name,
      lastMessageAt: conversations.lastMessageAt,
    })
    .from(conversations)
    .innerJoin(contacts, contactOfConversation)
    .where(
      and(
        eq(conversations.companyId, companyId),
        eq(conversations.accountId, accountId),
        inArray(contacts.waId, waIds),
      ),
    )
    .orderBy(asc(conversations.id));
}

async function addConversations(
  { db, companyId }: CompanyScope,
  accountId: number,
  waIds: string[],
  names: ReadonlyMap<string, string | null>,
): Promise<void> {
  await db
    .insert(contacts)
    .values(waIds.map((waId) => ({ companyId, waId, name: names.get(waId) ?? null })))
    .onConflictDoNothing();
  const people = await db
    .select({ contactId: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.companyId, companyId), inArray(contacts.waId, waIds)))
    .orderBy(asc(contacts.id));
  await db
    .insert(conversations)
    .values(people.map(({ contactId }) => ({ companyId, accountId, contactId })))
    .onConflictDoNothing();
}
