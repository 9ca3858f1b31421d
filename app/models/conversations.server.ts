import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import { contacts, conversations, whatsappAccounts } from "#db/schema.ts";
import { contactName } from "./contact-name.server.ts";
import { type Reader, readerReaches } from "./reach.server.ts";
import type { CompanyScope } from "./scope.server.ts";

const LIST_LENGTH = 100;

export interface Conversation {
  id: number;
  contactName: string;
  accountName: string;
  lastMessageAt: Date | null;
}

const columns = {
  id: conversations.id,
  contactName: contactName(contacts),
  accountName: whatsappAccounts.name,
  lastMessageAt: conversations.lastMessageAt,
};

/** The conversations that the reader may see, the latest first, at most 100. */
export function listConversations(
  { db, companyId }: CompanyScope,
  reader: Reader,
): Promise<Conversation[]> {
  return db
    .select(columns)
    .from(conversations)
    .innerJoin(contacts, contactOfConversation)
    .innerJoin(whatsappAccounts, sameAccount)
    .where(
      and(
        eq(conversations.companyId, companyId),
        // One without a line, such as a stranger's reaction opens, would only be a riddle.
        isNotNull(conversations.lastMessageAt),
        readerReaches(db, reader, conversations),
      ),
    )
    .orderBy(sql`${conversations.lastMessageAt} desc nulls last`, desc(conversations.id))
    .limit(LIST_LENGTH);
}

/** @returns undefined when it is unknown, another company's, or out of the reader's reach */
export async function findConversation(
  { db, companyId }: CompanyScope,
  reader: Reader,
  id: number,
): Promise<Conversation | undefined> {
  const [conversation] = await db
    .select(columns)
    .from(conversations)
    .innerJoin(contacts, contactOfConversation)
    .innerJoin(whatsappAccounts, sameAccount)
    .where(
      and(
        eq(conversations.companyId, companyId),
        eq(conversations.id, id),
        readerReaches(db, reader, conversations),
      ),
    );
  return conversation;
}

/** The join of a conversation with its contact. */
export const contactOfConversation = and(
  eq(contacts.companyId, conversations.companyId),
  eq(contacts.id, conversations.contactId),
);

const sameAccount = and(
  eq(whatsappAccounts.companyId, conversations.companyId),
  eq(whatsappAccounts.id, conversations.accountId),
);
