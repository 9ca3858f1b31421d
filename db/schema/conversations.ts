import { sql } from "drizzle-orm";
import { foreignKey, index, integer, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { at, id, ref } from "./columns.ts";
import { companies, whatsappAccounts } from "./companies.ts";

/** Whom a conversation is with: a person, or a group. */
export const contacts = pgTable(
  "contacts",
  {
    companyId: ref()
      .notNull()
      .references(() => companies.id),
    id: id().notNull(),
    kind: text({ enum: ["person", "group"] })
      .notNull()
      .default("person"),
    /** The phone number of now, digits: for people to read. contact_identities is what finds a contact. */
    waId: text(),
    /** The user name that WhatsApp shows instead of a phone number, without its @. */
    username: text(),
    name: text(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("contacts_wa_id_unique").on(t.companyId, t.waId),
    // The function of migration 0005: words of the name, and parts of the number.
    index("contacts_search_index").using(
      "gin",
      sql`contact_search(${t.companyId}, ${t.name}, ${t.username}, ${t.waId})`,
    ),
  ],
);

/**
 * What WhatsApp calls a contact by: a phone number, a business-scoped user id, a group id. A person
 * may have several, and former ones stay, because messages arrive up to seven days late.
 */
export const contactIdentities = pgTable(
  "contact_identities",
  {
    companyId: ref().notNull(),
    kind: text({ enum: ["phone", "user", "group"] }).notNull(),
    value: text().notNull(),
    contactId: ref().notNull(),
    /** When the contact gave it up: what was sent later is somebody else's. */
    endedAt: at(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.value, t.kind] }),
    index("contact_identities_contact_index").on(t.companyId, t.contactId),
    foreignKey({
      name: "contact_identities_contact_fk",
      columns: [t.companyId, t.contactId],
      foreignColumns: [contacts.companyId, contacts.id],
    }).onDelete("cascade"),
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
    /** When the customer last wrote or reacted: 24 hours from then we may write freely. */
    lastInboundAt: at(),
    /** How many of its messages are unread; kept with them, so that a list needs not count. */
    unreadCount: integer().notNull().default(0),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("conversations_contact_unique").on(t.companyId, t.contactId, t.accountId),
    unique("conversations_account_unique").on(t.companyId, t.accountId, t.id),
    index("conversations_last_message_index").on(t.companyId, t.lastMessageAt.desc(), t.id.desc()),
    index("conversations_account_last_message_index").on(
      t.companyId,
      t.accountId,
      t.lastMessageAt.desc(),
      t.id.desc(),
    ),
    index("conversations_unread_index")
      .on(t.companyId, t.accountId, t.lastMessageAt.desc(), t.id.desc())
      .where(sql`${t.unreadCount} > 0`),
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
