import { sql } from "drizzle-orm";
import { bigint, foreignKey, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { at, ref } from "./columns.ts";
import { whatsappAccounts } from "./companies.ts";
import { messages } from "./messages.ts";

/**
 * Files that hang on a message beside its own (`messages.media_id`): those of a form that a customer
 * filled in. A file whose id can't be asked for has no row, and one that a form names twice has one.
 */
export const messageFiles = pgTable(
  "message_files",
  {
    companyId: ref().notNull(),
    messageId: ref().notNull(),
    /** Which of the message's files it is, from 1. */
    position: integer().notNull(),
    accountId: ref().notNull(),
    mediaId: text().notNull(),
    /** What it is shown as, by its type. */
    kind: text({ enum: ["image", "video", "audio", "document", "sticker"] }).notNull(),
    mimeType: text(),
    /** SHA-256 of the file, lower-case hex. */
    sha256: text(),
    filename: text(),
    /** In bytes; null until WhatsApp has told it. */
    size: bigint({ mode: "number" }),
    /** When somebody first had the file shown to its end. */
    viewedAt: at(),
    /** The message's. */
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.messageId, t.position] }),
    index("message_files_media_id_index").on(t.companyId, t.mediaId),
    index("message_files_unviewed_index")
      .on(t.companyId, t.accountId, t.createdAt, t.messageId, t.position)
      .where(sql`${t.viewedAt} is null`),
    foreignKey({
      name: "message_files_message_fk",
      columns: [t.companyId, t.messageId],
      foreignColumns: [messages.companyId, messages.id],
    }),
    foreignKey({
      name: "message_files_account_fk",
      columns: [t.companyId, t.accountId],
      foreignColumns: [whatsappAccounts.companyId, whatsappAccounts.id],
    }),
  ],
);
