import { hashPassword } from "#app/auth/password.server.ts";
import type { Db } from "#db/open.server.ts";
import {
  accountMembers,
  companies,
  contacts,
  conversations,
  messages,
  users,
  whatsappAccounts,
} from "#db/schema.ts";
import type { CompanyScope } from "./scope.server.ts";

export const TEST_PASSWORD = "test-password";

let count = 0;
const passwordHash = hashPassword(TEST_PASSWORD);

/** Builders of rows for tests. Each makes one row, different from all others, and gives it back. */
export async function addCompany(db: Db, name = `Company ${++count}`): Promise<CompanyScope> {
  const company = one(await db.insert(companies).values({ name }).returning());
  return { db, companyId: company.id };
}

export async function addUser(
  { db, companyId }: CompanyScope,
  fields: Partial<typeof users.$inferInsert> = {},
) {
  const name = `Person ${++count}`;
  const email = `person${count}@company.test`;
  const row = { companyId, name, email, passwordHash: await passwordHash, ...fields };
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

/** With a contact of its own. */
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
  const waId = String(15550100000 + ++count);
  const person = { companyId, waId, name: `Contact ${count}`, ...contact };
  const { id: contactId } = one(await db.insert(contacts).values(person).returning());
  const row = { companyId, accountId, contactId, ...fields };
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

function one<T>([row]: T[]): T {
  if (!row) throw new Error("The row was not added.");
  return row;
}
