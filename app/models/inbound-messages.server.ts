import { and, eq, inArray, sql } from "drizzle-orm";
import { contacts, conversations, messages } from "#db/schema.ts";
import { type OpenConversation, openConversations } from "./inbound-conversations.server.ts";
import type { CompanyScope } from "./scope.server.ts";

type Row = typeof messages.$inferInsert;

/** A message from a customer, and who sent it. */
export interface ReceivedMessage
  extends Pick<Row, "wamid" | "type" | "body" | "sentAt" | "payload">,
    Pick<Row, "mediaId" | "mediaMimeType" | "mediaCaption" | "mediaSha256">,
    Pick<Row, "mediaFilename" | "mediaVoice"> {
  waId: string;
  profileName: string | null;
}

/**
 * Files messages under their senders' conversations with one account, in the order given. A
 * message that is already there changes nothing. Call it inside a transaction.
 *
 * @param received at least one
 * @returns the wamids that were new
 */
export async function insertInboundMessages(
  scope: CompanyScope,
  accountId: number,
  received: readonly ReceivedMessage[],
): Promise<Set<string>> {
  const open = await openConversations(scope, accountId, latestNames(received));
  const { db, companyId } = scope;
  const rows = received.map(({ waId, profileName: _, ...message }) => {
    const conversation = open.get(waId);
    if (!conversation) throw new Error("A sender has no conversation, though it was just opened.");
    const conversationId = conversation.id;
    return { ...message, companyId, accountId, conversationId, direction: "inbound" as const };
  });
  const inserted = await db
    .insert(messages)
    .values(rows)
    .onConflictDoNothing()
    .returning({ wamid: messages.wamid, conversationId: messages.conversationId });
  if (inserted.length === 0) return new Set();
  const wamids = new Set(inserted.map(({ wamid }) => wamid));
  await touchConversations(scope, new Set(inserted.map(({ conversationId }) => conversationId)));
  await renameContacts(
    scope,
    open,
    received.filter(({ wamid }) => wamids.has(wamid)),
  );
  return wamids;
}

/** Each sender's name in their latest message that has one. */
function latestNames(received: readonly ReceivedMessage[]): Map<string, string | null> {
  const latest = new Map<string, { name: string | null; sentAt: Date }>();
  for (const { waId, profileName: name, sentAt } of received) {
    const known = latest.get(waId);
    if (!known?.name || (name && sentAt >= known.sentAt)) latest.set(waId, { name, sentAt });
  }
  return new Map([...latest].map(([waId, { name }]) => [waId, name]));
}

/** WhatsApp delivers out of order, so the latest message decides, not the one that came last. */
async function touchConversations(
  { db, companyId }: CompanyScope,
  ids: ReadonlySet<number>,
): Promise<void> {
  const latest = db
    .select({ at: sql`max(${messages.sentAt})` })
    .from(messages)
    .where(and(eq(messages.companyId, companyId), eq(messages.conversationId, conversations.id)));
  await db
    .update(conversations)
    .set({ lastMessageAt: sql`greatest(${conversations.lastMessageAt}, (${latest}))` })
    .where(and(eq(conversations.companyId, companyId), inArray(conversations.id, [...ids])));
}

/** A late message leaves the name alone: it may carry one that the customer has since changed. */
async function renameContacts(
  { db, companyId }: CompanyScope,
  open: ReadonlyMap<string, OpenConversation>,
  inserted: readonly ReceivedMessage[],
): Promise<void> {
  const current = inserted.filter(({ waId, sentAt }) => {
    const last = open.get(waId)?.lastMessageAt;
    return !last || sentAt >= last;
  });
  const renames = [...latestNames(current)].flatMap(([waId, name]) => {
    const contact = open.get(waId);
    return contact && name && name !== contact.contactName
      ? [{ contactId: contact.contactId, name }]
      : [];
  });
  for (const { contactId, name } of renames.sort((a, b) => a.contactId - b.contactId)) {
    await db
      .update(contacts)
      .set({ name })
      .where(and(eq(contacts.companyId, companyId), eq(contacts.id, contactId)));
  }
}
