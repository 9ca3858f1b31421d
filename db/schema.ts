import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from "drizzle-orm/pg-core";

/*
 * Every tenant table's keys begin with company_id: a foreign key can't cross companies, and a
 * distributed PostgreSQL can shard by company. Exceptions: an e-mail address and a
 * phone_number_id are unique in the whole installation, because they are how a company is found.
 */

const id = () => bigint({ mode: "number" }).generatedAlwaysAsIdentity();
const ref = () => bigint({ mode: "number" });
const at = () => timestamp({ withTimezone: true });
const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });

export const companies = pgTable("companies", {
  id: id().primaryKey(),
  name: text().notNull(),
  createdAt: at().notNull().defaultNow(),
});

export const users = pgTable(
  "users",
  {
    companyId: ref()
      .notNull()
      .references(() => companies.id),
    id: id().notNull(),
    /** Lower case; sign-in lowers what was typed. */
    email: text().notNull().unique(),
    name: text().notNull(),
    role: text({ enum: ["admin", "agent"] })
      .notNull()
      .default("agent"),
    passwordHash: text().notNull(),
    deactivatedAt: at(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.id] })],
);

export const sessions = pgTable(
  "sessions",
  {
    companyId: ref().notNull(),
    /** SHA-256 of the token in the cookie, hex: a copy of this table signs nobody in. */
    tokenHash: text().notNull(),
    userId: ref().notNull(),
    createdAt: at().notNull().defaultNow(),
    expiresAt: at().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.tokenHash] }),
    index("sessions_user_index").on(t.companyId, t.userId),
    index("sessions_expires_at_index").on(t.expiresAt),
    foreignKey({
      name: "sessions_user_fk",
      columns: [t.companyId, t.userId],
      foreignColumns: [users.companyId, users.id],
    }).onDelete("cascade"),
  ],
);

export const whatsappAccounts = pgTable(
  "whatsapp_accounts",
  {
    companyId: ref()
      .notNull()
      .references(() => companies.id),
    id: id().notNull(),
    phoneNumberId: text().notNull().unique("whatsapp_accounts_phone_number_id_unique"),
    displayPhoneNumber: text().notNull(),
    name: text().notNull(),
    /** How long WhatsApp keeps this number's inbound media: 7 days, or 1 hour on "no storage" numbers. */
    mediaRetentionHours: integer().notNull().default(168),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.id] })],
);

export const accountMembers = pgTable(
  "account_members",
  {
    companyId: ref().notNull(),
    accountId: ref().notNull(),
    userId: ref().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.userId, t.accountId] }),
    foreignKey({
      name: "account_members_account_fk",
      columns: [t.companyId, t.accountId],
      foreignColumns: [whatsappAccounts.companyId, whatsappAccounts.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "account_members_user_fk",
      columns: [t.companyId, t.userId],
      foreignColumns: [users.companyId, users.id],
    }).onDelete("cascade"),
  ],
);

export const contacts = pgTable(
  "contacts",
  {
    companyId: ref()
      .notNull()
      .references(() => companies.id),
    id: id().notNull(),
    waId: text(),
    name: text(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("contacts_wa_id_unique").on(t.companyId, t.waId),
  ],
);

export const conversations = pgTable(
  "conversations",
  {
    companyId: ref().notNull(),
    id: id().notNull(),
    accountId: ref().notNull(),
    contactId: ref().notNull(),
    lastMessageAt: at(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("conversations_contact_unique").on(t.companyId, t.accountId, t.contactId),
    unique("conversations_account_unique").on(t.companyId, t.accountId, t.id),
    index("conversations_last_message_index").on(t.companyId, t.lastMessageAt.desc(), t.id.desc()),
    foreignKey({
      name: "conversations_account_fk",
      columns: [t.companyId, t.accountId],
      foreignColumns: [whatsappAccounts.companyId, whatsappAccounts.id],
    }),
    foreignKey({
      name: "conversations_contact_fk",
      columns: [t.companyId, t.contactId],
      foreignColumns: [contacts.companyId, contacts.id],
    }),
  ],
);

export const messages = pgTable(
  "messages",
  {
    companyId: ref().notNull(),
    id: id().notNull(),
    accountId: ref().notNull(),
    conversationId: ref().notNull(),
    wamid: text().notNull(),
    direction: text({ enum: ["inbound", "outbound"] }).notNull(),
    /** WhatsApp's own type: text, image, video, audio, document, sticker; all else "unsupported". */
    type: text().notNull(),
    body: text(),
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
    mediaFilename: text(),
    mediaVoice: boolean(),
    /** The message as received, for types this version can't show. */
    payload: jsonb(),
    /** WhatsApp's own time; createdAt is ours. */
    sentAt: at().notNull(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("messages_wamid_unique").on(t.companyId, t.accountId, t.wamid),
    index("messages_conversation_index").on(t.companyId, t.conversationId, t.sentAt, t.id),
    index("messages_media_id_index")
      .on(t.companyId, t.mediaId)
      .where(sql`${t.mediaId} is not null`),
    foreignKey({
      name: "messages_conversation_fk",
      columns: [t.companyId, t.accountId, t.conversationId],
      foreignColumns: [conversations.companyId, conversations.accountId, conversations.id],
    }),
  ],
);

/** One row for each time a person had a file streamed to them. */
export const mediaViews = pgTable(
  "media_views",
  {
    companyId: ref().notNull(),
    id: id().notNull(),
    userId: ref().notNull(),
    messageId: ref().notNull(),
    mediaId: text().notNull(),
    viewedAt: at().notNull().defaultNow(),
    status: integer().notNull(),
    bytes: bigint({ mode: "number" }).notNull(),
    outcome: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("media_views_message_index").on(t.companyId, t.messageId),
    foreignKey({
      name: "media_views_user_fk",
      columns: [t.companyId, t.userId],
      foreignColumns: [users.companyId, users.id],
    }),
    foreignKey({
      name: "media_views_message_fk",
      columns: [t.companyId, t.messageId],
      foreignColumns: [messages.companyId, messages.id],
    }),
  ],
);

/** What a signed webhook brought and ingestion could not use. Belongs to no company: that may be what is unknown. */
export const webhookQuarantine = pgTable(
  "webhook_quarantine",
  {
    id: id().primaryKey(),
    reason: text().notNull(),
    detail: text(),
    /** Bytes, because what is kept here may be neither JSON nor text that PostgreSQL accepts. */
    body: bytes().notNull(),
    /** SHA-256 of reason and body, hex: Meta's retries of the same bytes make one row. */
    fingerprint: text().notNull().unique("webhook_quarantine_fingerprint_unique"),
    receivedAt: at().notNull().defaultNow(),
  },
  (t) => [index("webhook_quarantine_received_at_index").on(t.receivedAt)],
);
