import { listMessages } from "#app/models/messages/messages.server.ts";
import { type CompanyScope, type DutyTransaction, enterCompany } from "#app/models/scope.server.ts";
import type { DutyDb } from "#db/handles.server.ts";
import {
  accountMembers,
  companies,
  contacts,
  conversations,
  messageFiles,
  messageStatuses,
  messages,
  users,
  whatsappAccounts,
} from "#db/schema.ts";

export const TEST_PASSWORD = "test-password";

/** Of TEST_PASSWORD: made here, it would take each file of tests a few hundredths of a second. */
const passwordHash =
  "$argon2id$v=19$m=19456,t=2,p=1$cTz/hrrcCwYf0OdInH3D6A$VlScvtIM/7B+R0N06HsZKHAGaWc7g+Fdan6kHQ/5x/w";

let count = 0;

/** Builders of rows for tests, given a handle that may do all (db/testing/owner.ts). Each makes one row, different from all others, and gives it back. */
export async function addCompany(
  db: DutyDb | DutyTransaction,
  name = `Company ${++count}`,
): Promise<CompanyScope> {
  const company = one(await db.insert(companies).values({ name }).returning());
  return enterCompany(db, company.id);
}

export async function addUser(
  { db, companyId }: CompanyScope,
  fields: Partial<typeof users.$inferInsert> = {},
) {
  const name = `Person ${++count}`;
  const email = `person${count}@company.test`;
  const row = { companyId, name, email, passwordHash, ...fields };
  return one(await db.insert(users).values(row).returning());
}

/** @param members users who may see the account's conversations */
export async function addAccount(
  { db, companyId }: CompanyScope,
  members: { id: number }[] = [],
  fields: Partial<typeof whatsappAccounts.$inferInsert> = {},
) {
  const phoneNumberId = String(106540352300000 + ++count);
  const named = { phoneNumberId, displayPhoneNumber: "+1 555 010 0001", name: `Number ${count}` };
  const rows = db.insert(whatsappAccounts).values({ companyId, ...named, ...fields });
  const account = one(await rows.returning());
  for (const { id: userId } of members) {
    await db.insert(accountMembers).values({ companyId, accountId: account.id, userId });
  }
  return account;
}

/** With a contact of its own, unless the fields name one. */
export async function addConversation(
  { db, companyId }: CompanyScope,
  { id: accountId }: { id: number },
  {
    contact,
    ...fields
  }: Partial<typeof conversations.$inferInsert> & {
    contact?: Partial<typeof contacts.$inferInsert>;
  } = {},
) {
  const contactId = fields.contactId ?? (await addContact({ db, companyId }, contact)).id;
  const lastMessageAt = new Date("2026-05-01T12:00:00Z");
  const row = { companyId, accountId, contactId, lastMessageAt, ...fields };
  return one(await db.insert(conversations).values(row).returning());
}

/** A text from the customer unless the fields say otherwise. */
export async function addMessage(
  { db, companyId }: CompanyScope,
  { id: conversationId, accountId }: { id: number; accountId: number },
  fields: Partial<typeof messages.$inferInsert> = {},
) {
  const row = {
    companyId,
    conversationId,
    accountId,
    wamid: `wamid.${++count}`,
    direction: "inbound" as const,
    type: "text",
    sentAt: new Date("2026-05-01T12:00:00Z"),
    ...fields,
  };
  return one(await db.insert(messages).values(row).returning());
}

/** A photo of a form, on the message that answers it. */
export async function addMessageFile(
  { db, companyId }: CompanyScope,
  message: { id: number; accountId: number; createdAt: Date },
  fields: Partial<typeof messageFiles.$inferInsert> = {},
) {
  const { id: messageId, accountId, createdAt } = message;
  const row = {
    ...{ companyId, messageId, accountId, createdAt },
    ...{ position: 1, mediaId: `file-${++count}`, kind: "image" as const },
    ...fields,
  };
  return one(await db.insert(messageFiles).values(row).returning());
}

/** A person, unless the fields say a group. */
export async function addContact(
  { db, companyId }: CompanyScope,
  fields: Partial<typeof contacts.$inferInsert> = {},
) {
  const row = {
    companyId,
    waId: String(15550100000 + ++count),
    name: `Contact ${count}`,
    ...fields,
  };
  return one(await db.insert(contacts).values(row).returning());
}

/** How far a message got: "sent" unless the fields say otherwise. */
export async function addStatus(
  { db, companyId }: CompanyScope,
  { accountId, wamid }: { accountId: number; wamid: string },
  fields: Partial<typeof messageStatuses.$inferInsert> = {},
) {
  const { status = "sent", ...rest } = fields;
  const rank = ["sent", "delivered", "read", "played", "failed"].indexOf(status) + 1;
  const at = new Date("2026-05-01T12:01:00Z");
  const row = { companyId, accountId, wamid, status, rank, at, ...rest };
  return one(await db.insert(messageStatuses).values(row).returning());
}

/** A company with one conversation, and ways to write to it and read it. */
export async function addInbox(db: DutyDb, contact?: Partial<typeof contacts.$inferInsert>) {
  const scope = await addCompany(db);
  const account = await addAccount(scope);
  const conversation = await addConversation(scope, account, contact && { contact });
  return {
    scope,
    account,
    conversation,
    add: (fields: Partial<typeof messages.$inferInsert> = {}) =>
      addMessage(scope, conversation, fields),
    list: async () => (await listMessages(scope, conversation.id)).messages,
  };
}

function one<T>([row]: T[]): T {
  if (!row) throw new Error("The row was not added.");
  return row;
}
