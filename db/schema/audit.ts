import { sql } from "drizzle-orm";
import {
  bigint,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { at, id, ref } from "./columns.ts";
import { users, whatsappAccounts } from "./companies.ts";
import { messages } from "./messages.ts";

// The audit log is read from these two tables together.

/** Who signed in, and who changed what in administration. Written once. */
export const auditEvents = pgTable(
  "audit_events",
  {
    companyId: ref().notNull(),
    id: id().notNull(),
    at: at().notNull().defaultNow(),
    kind: text().notNull(),
    /** Who did it; null from the server's shell, and for somebody who is not signed in. */
    actorUserId: ref(),
    /** Whom, and which number, it was done to. */
    subjectUserId: ref(),
    subjectAccountId: ref(),
    /** What else there is to say, such as a role before and after. No secret, no words of a message. */
    details: jsonb().$type<Record<string, string | number | boolean | null>>(),
    /** The address that the request came from. */
    address: text(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("audit_events_at_index").on(t.companyId, t.at.desc(), t.id.desc()),
    foreignKey({
      name: "audit_events_actor_fk",
      columns: [t.companyId, t.actorUserId],
      foreignColumns: [users.companyId, users.id],
    }),
    foreignKey({
      name: "audit_events_subject_user_fk",
      columns: [t.companyId, t.subjectUserId],
      foreignColumns: [users.companyId, users.id],
    }),
    foreignKey({
      name: "audit_events_subject_account_fk",
      columns: [t.companyId, t.subjectAccountId],
      foreignColumns: [whatsappAccounts.companyId, whatsappAccounts.id],
    }),
  ],
);

/** One row for each tap by which a person had a file streamed to them. */
export const mediaViews = pgTable(
  "media_views",
  {
    companyId: ref().notNull(),
    id: id().notNull(),
    userId: ref().notNull(),
    messageId: ref().notNull(),
    mediaId: text().notNull(),
    viewedAt: at().notNull().defaultNow(),
    /** The stamp of a page that several requests may come from; null for a request by itself. */
    tap: bigint({ mode: "number" }),
    requests: integer().notNull().default(1),
    /** HTTP, as the person got it first. */
    status: integer().notNull(),
    /** Sent to the person. */
    bytes: bigint({ mode: "number" }).notNull(),
    /** "complete", or why it ended. */
    outcome: text().notNull(),
    /**
     * Whether the person saw it: it came, and every browser shows such a file ("likely"); the page
     * told ("shown", "not-shown"); or it was saved. Null while nobody knows.
     */
    seen: text({ enum: ["likely", "shown", "saved", "not-shown"] }),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("media_views_message_index").on(t.companyId, t.messageId),
    uniqueIndex("media_views_tap_unique")
      .on(t.companyId, t.userId, t.mediaId, t.tap)
      .where(sql`${t.tap} is not null`),
    index("media_views_viewed_at_index").on(t.companyId, t.viewedAt.desc(), t.id.desc()),
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
