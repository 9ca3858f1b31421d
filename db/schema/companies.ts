import { foreignKey, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { at, id, ref } from "./columns.ts";

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
    /** Since when WhatsApp refuses the number's access token, and with what answer; null while all is well. */
    tokenRefusedAt: at(),
    tokenRefusedReason: text(),
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
