import { and, desc, eq, ne, not, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Db } from "#db/open.server.ts";
import { contacts, messageStatuses, messages } from "#db/schema.ts";
import { contactName } from "./contact-name.server.ts";
import type { Author } from "./message-response.ts";
import { REACTION } from "./received.ts";

/** What a message needs for the lateral joins below; each finds its rows by an index. */
export type Message = Record<
  "companyId" | "accountId" | "wamid" | "direction" | "senderContactId" | "replyToWamid",
  AnyPgColumn
>;

const QUOTED_CHARACTERS = 200;

/** Who wrote it, in a group. */
export function senderOf(db: Db, message: Message) {
  return db
    .select({ name: contactName(contacts).as("name") })
    .from(contacts)
    .where(and(eq(contacts.companyId, message.companyId), eq(contacts.id, message.senderContactId)))
    .as("sender");
}

/** The message that it quotes, if we have it. */
export function quoteOf(db: Db, message: Message) {
  const words = sql`coalesce(${messages.mediaCaption}, ${messages.body})`;
  return db
    .select({
      messageId: messages.id,
      direction: messages.direction,
      senderName: nameIfAny.as("sender_name"),
      type: messages.type,
      mediaVoice: messages.mediaVoice,
      text: sql<string | null>`left(${words}, ${QUOTED_CHARACTERS})`.as("text"),
      revokedAt: messages.revokedAt,
    })
    .from(messages)
    .leftJoin(contacts, senderOfMessage)
    .where(
      and(
        eq(messages.companyId, message.companyId),
        eq(messages.accountId, message.accountId),
        eq(messages.wamid, message.replyToWamid),
        not(messages.hidden),
      ),
    )
    .as("quote");
}

/**
 * How far a message of ours got. In a group one row stands for all participants: the one where it
 * got furthest, and failed only where it failed for all.
 */
export function deliveryOf(db: Db, message: Message) {
  const { status, rank, at, recipient } = messageStatuses;
  const count = (condition: SQL) =>
    sql<number>`(count(*) filter (where ${condition}) over ())::int`;
  return db
    .select({
      status,
      at,
      errorCode: messageStatuses.errorCode,
      errorTitle: messageStatuses.errorTitle,
      errorDetails: messageStatuses.errorDetails,
      recipients: count(sql`${recipient} <> ''`).as("recipients"),
      delivered: count(sql`${status} in ('delivered', 'read', 'played')`).as("delivered"),
      read: count(sql`${status} in ('read', 'played')`).as("read"),
      failed: count(sql`${status} = 'failed'`).as("failed"),
    })
    .from(messageStatuses)
    .where(
      and(
        eq(message.direction, "outbound"),
        eq(messageStatuses.companyId, message.companyId),
        eq(messageStatuses.accountId, message.accountId),
        eq(messageStatuses.wamid, message.wamid),
      ),
    )
    .orderBy(sql`${status} = 'failed'`, desc(rank), desc(at))
    .limit(1)
    .as("delivery");
}

/** Each person's latest reaction to it, the earliest first, without those taken away. */
export function reactionsOf(db: Db, message: Message) {
  const latest = db
    .selectDistinctOn([messages.direction, messages.senderContactId], {
      emoji: messages.body,
      direction: messages.direction,
      companyId: messages.companyId,
      senderContactId: messages.senderContactId,
      sentAt: messages.sentAt,
      id: messages.id,
    })
    .from(messages)
    .where(
      and(
        eq(messages.companyId, message.companyId),
        eq(messages.accountId, message.accountId),
        eq(messages.targetWamid, message.wamid),
        eq(messages.type, REACTION),
      ),
    )
    .orderBy(messages.direction, messages.senderContactId, desc(messages.sentAt), desc(messages.id))
    .as("latest");
  const reaction = sql`json_build_object('emoji', ${latest.emoji}, 'direction', ${latest.direction}, 'senderName', ${nameIfAny})`;
  return db
    .select({
      list: sql<
        ({ emoji: string } & Author)[] | null
      >`json_agg(${reaction} order by ${latest.sentAt}, ${latest.id})`.as("list"),
    })
    .from(latest)
    .leftJoin(
      contacts,
      and(eq(contacts.companyId, latest.companyId), eq(contacts.id, latest.senderContactId)),
    )
    .where(ne(latest.emoji, ""))
    .as("reactions");
}

const senderOfMessage = and(
  eq(contacts.companyId, messages.companyId),
  eq(contacts.id, messages.senderContactId),
);

/** The name of a contact joined from the left. */
const nameIfAny = sql<
  string | null
>`case when ${contacts.id} is not null then ${contactName(contacts)} end`;
