import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { at, id, ref } from "./columns.ts";
import { users, whatsappAccounts } from "./companies.ts";
import { contacts, conversations } from "./conversations.ts";

export const messages = pgTable(
  "messages",
  {
    companyId: ref().notNull(),
    id: id().notNull(),
    accountId: ref().notNull(),
    conversationId: ref().notNull(),
    /** Until WhatsApp has given one of ours an id: LOCAL_WAMID and the key of the form that sent it. */
    wamid: text().notNull(),
    direction: text({ enum: ["inbound", "outbound"] }).notNull(),
    /** WhatsApp's own type of what is shown; "unsupported" for types this version doesn't know. */
    type: text().notNull(),
    /** Who wrote it, in a group; elsewhere the conversation's contact did, or we. */
    senderContactId: ref(),
    /** The message that this one changes: reacts to, edits or takes back. It may not be here yet. */
    targetWamid: text(),
    /** Not a line of its own in the conversation: a reaction, a revoke, an edit that was carried out. */
    hidden: boolean().notNull().default(false),
    /** Nobody has dealt with it. Never of ours, of history, or of what is no line. */
    unread: boolean().notNull().default(false),
    /** Who of us wrote it here; null for the customer's, and for ours from the phone or another app. */
    sentByUserId: ref(),
    /** The words; the emoji of a reaction, null where it was taken away. */
    body: text(),
    /** The message that this one quotes. It may not be here. */
    replyToWamid: text(),
    forwarded: text({ enum: ["once", "often"] }),
    editedAt: at(),
    /** When its sender took it back; then body, payload and media are gone. */
    revokedAt: at(),
    /** WhatsApp's own error, where it couldn't deliver this to us. */
    errorCode: integer(),
    errorTitle: text(),
    /** @deprecated Replaced by mediaId (migration 0001); kept, never read or written. */
    mediaUrl: text(),
    /** @deprecated Replaced by mediaMimeType (migration 0001); kept, never read or written. */
    mediaType: text(),
    /** A string to the end: WhatsApp's ids can exceed 2^53. Null when it had an unusable shape. */
    mediaId: text(),
    mediaMimeType: text(),
    mediaCaption: text(),
    /** SHA-256 of the file, lower-case hex. */
    mediaSha256: text(),
    /** Of a form with files, the names of all: search finds it by them. */
    mediaFilename: text(),
    mediaVoice: boolean(),
    /** In bytes; null until WhatsApp has told it: webhooks don't. */
    mediaSize: bigint({ mode: "number" }),
    /** When somebody first had the file shown to its end. */
    mediaViewedAt: at(),
    /** When the edit was sent that its file came with; null where the file came with the message. */
    mediaEditedAt: at(),
    /** The part of the message that its type names; the whole message for an unsupported type. */
    payload: jsonb(),
    /** The advertisement or post that the customer came from. */
    referral: jsonb(),
    /** WhatsApp's own time; createdAt is ours. */
    sentAt: at().notNull(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("messages_wamid_unique").on(t.companyId, t.accountId, t.wamid),
    index("messages_conversation_index").on(t.companyId, t.conversationId, t.sentAt, t.id),
    index("messages_unread_index")
      .on(t.companyId, t.conversationId, t.sentAt, t.id)
      .where(sql`${t.unread}`),
    index("messages_media_unviewed_index")
      .on(t.companyId, t.accountId, t.createdAt, t.id)
      .where(
        sql`${t.mediaId} is not null and ${t.mediaViewedAt} is null and ${t.direction} = 'inbound'`,
      ),
    // The function of migration 0005: words, and in them the company, the account and the week.
    index("messages_search_index")
      .using(
        "gin",
        sql`message_search(${t.companyId}, ${t.accountId}, ${t.sentAt}, ${t.body}, ${t.mediaCaption}, ${t.mediaFilename})`,
      )
      .where(sql`not ${t.hidden}`),
    index("messages_media_id_index")
      .on(t.companyId, t.mediaId)
      .where(sql`${t.mediaId} is not null`),
    index("messages_target_index")
      .on(t.companyId, t.accountId, t.targetWamid)
      .where(sql`${t.targetWamid} is not null`),
    index("messages_sender_index")
      .on(t.companyId, t.senderContactId)
      .where(sql`${t.senderContactId} is not null`),
    foreignKey({
      name: "messages_sender_fk",
      columns: [t.companyId, t.senderContactId],
      foreignColumns: [contacts.companyId, contacts.id],
    }),
    foreignKey({
      name: "messages_sent_by_fk",
      columns: [t.companyId, t.sentByUserId],
      foreignColumns: [users.companyId, users.id],
    }),
    foreignKey({
      name: "messages_conversation_fk",
      columns: [t.companyId, t.accountId, t.conversationId],
      foreignColumns: [conversations.companyId, conversations.accountId, conversations.id],
    }),
  ],
);

/**
 * How far our messages got, at each recipient. Apart from the messages, because a status may come
 * before its message, and comes for messages that other apps sent.
 */
export const messageStatuses = pgTable(
  "message_statuses",
  {
    companyId: ref().notNull(),
    accountId: ref().notNull(),
    wamid: text().notNull(),
    /** The participant, in a group; else empty: a message has one recipient. */
    recipient: text().notNull().default(""),
    /** sent, delivered, read, played, failed, or a word of WhatsApp's that this version doesn't know. */
    status: text().notNull(),
    /** A status gives way only to one of higher rank. */
    rank: smallint().notNull(),
    at: at().notNull(),
    errorCode: integer(),
    errorTitle: text(),
    errorDetails: text(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.accountId, t.wamid, t.recipient] }),
    index("message_statuses_created_at_index").on(t.createdAt),
    foreignKey({
      name: "message_statuses_account_fk",
      columns: [t.companyId, t.accountId],
      foreignColumns: [whatsappAccounts.companyId, whatsappAccounts.id],
    }),
  ],
);
