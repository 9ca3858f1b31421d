import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { rows } from "#db/raw-sql/rows.server.ts";
import { expressions, selection } from "#db/raw-sql/selection.server.ts";
import { contacts, conversations, messages, whatsappAccounts } from "#db/schema.ts";
import { contactName } from "../contacts/contact-name.server.ts";
import type { Reader } from "../role.ts";
import type { CompanyScope } from "../scope.server.ts";

/** What a conversation's page needs to know before its messages. */
export interface ConversationHead {
  id: number;
  accountId: number;
  accountName: string;
  phoneNumberId: string;
  contactName: string;
  /** "+15550100001"; null while WhatsApp hides it, and of a group. */
  contactNumber: string | null;
  contactKind: "person" | "group";
  unreadCount: number;
  /** The earliest unread message; null when all has been read. */
  firstUnreadId: number | null;
  /** When the customer last wrote or reacted. */
  lastInboundAt: Date | null;
}

/** It is of the reader's company, but of a number whose member they are not. */
export class NotMemberError extends Error {
  override name = "NotMemberError";
}

/**
 * @returns undefined when it is unknown or another company's
 * @throws {NotMemberError} when it is out of the reader's reach
 */
export async function findConversation(
  { db, companyId }: CompanyScope,
  reader: Reader,
  id: number,
): Promise<ConversationHead | undefined> {
  const asked = expressions({ isReached: isReached(reader) }, HEAD);
  const [found] = await rows(
    db,
    asked,
    sql`
      select ${asked.list}
      from conversations c
      join ${contacts} on ${contacts.companyId} = c.company_id and ${contacts.id} = c.contact_id
      join whatsapp_accounts a on a.company_id = c.company_id and a.id = c.account_id
      where c.company_id = ${companyId} and c.id = ${id}`,
  );
  if (!found) return undefined;
  const { isReached: isTheirs, lastInboundAt, ...head } = found;
  if (!isTheirs) throw new NotMemberError();
  return { ...head, lastInboundAt: lastInboundAt === null ? null : new Date(lastInboundAt) };
}

const c = alias(conversations, "c");
const m = alias(messages, "m");
const a = alias(whatsappAccounts, "a");

const HEAD = selection({
  id: c.id,
  accountId: a.id,
  accountName: a.name,
  phoneNumberId: a.phoneNumberId,
  contactName: contactName(contacts),
  contactNumber: sql<string | null>`'+' || nullif(${contacts.waId}, '')`,
  contactKind: contacts.kind,
  unreadCount: c.unreadCount,
  firstUnreadId: sql<number | null>`(
    select ${m.id} from ${messages} m
    where m.company_id = c.company_id and m.conversation_id = c.id and m.unread
    order by m.sent_at, m.id limit 1
  )::float8`,
  lastInboundAt: c.lastInboundAt,
});

function isReached(reader: Reader): SQL<boolean> {
  return sql<boolean>`${reader.role === "admin"} or exists (
    select from account_members r
    where r.company_id = c.company_id and r.user_id = ${reader.id} and r.account_id = c.account_id
  )`;
}
