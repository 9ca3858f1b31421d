import { foreignKey, index, integer, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { at, id, ref } from "./columns.ts";
import { roles } from "./roles.ts";

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
    role: text({ enum: roles }).notNull().default("agent"),
    /** Null until an invited person has chosen a password. */
    passwordHash: text(),
    deactivatedAt: at(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.id] })],
);

export const sessions = pgTable(
  "sessions",
  {
    companyId: ref().notNull(),
    /** What its owner ends it by: it tells nothing of the token. */
    id: id().notNull(),
    /** SHA-256 of the token in the cookie, hex: a copy of this table signs nobody in. */
    tokenHash: text().notNull(),
    userId: ref().notNull(),
    /** The browser's own name, and the address that it signed in from: for its owner to know it by. */
    userAgent: text(),
    address: text(),
    createdAt: at().notNull().defaultNow(),
    /** Some minutes behind: not every request is worth a write. */
    lastUsedAt: at().notNull().defaultNow(),
    /** Its absolute end, used or not. */
    expiresAt: at().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.tokenHash] }),
    unique("sessions_id_unique").on(t.companyId, t.id),
    index("sessions_user_index").on(t.companyId, t.userId),
    index("sessions_expires_at_index").on(t.expiresAt),
    foreignKey({
      name: "sessions_user_fk",
      columns: [t.companyId, t.userId],
      foreignColumns: [users.companyId, users.id],
    }).onDelete("cascade"),
  ],
);

/** A link by which a person chooses a password: the first, or another when they forgot theirs. */
export const invitations = pgTable(
  "invitations",
  {
    companyId: ref().notNull(),
    /** One at a time: a new link ends the one before it. */
    userId: ref().notNull(),
    /** SHA-256 of the token in the link, hex. */
    tokenHash: text().notNull(),
    createdAt: at().notNull().defaultNow(),
    expiresAt: at().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.userId] }),
    index("invitations_expires_at_index").on(t.expiresAt),
    foreignKey({
      name: "invitations_user_fk",
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
