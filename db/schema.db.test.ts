import { getTableName, is, sql } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "#db/testing/owner.ts";
import * as schema from "./schema.ts";

const tables = Object.values(schema).filter((value) => is(value, PgTable));

/** Tables that belong to no company, each for a reason that schema.ts gives. */
const SHARED = ["companies", "rate_limits", "webhook_quarantine"];
/** Unique in the whole installation, because they are how a company is found. */
const FINDS_A_COMPANY = ["users_email_unique", "whatsapp_accounts_phone_number_id_unique"];
/** For work on all companies at once; not unique. */
const SWEEPS = [
  "invitations_expires_at_index",
  "message_statuses_created_at_index",
  "sessions_expires_at_index",
];

describe("the schema", () => {
  it.each(tables.map((table) => [getTableName(table), table] as const))(
    "has in the database every column of %s",
    async (_name, table) => {
      expect(await db.select().from(table).limit(1)).toEqual([]);
    },
  );

  it("F89 begins every tenant table's keys and indexes with the company", async () => {
    const indexes = await db
      .select({
        table: sql<string>`t.relname`,
        index: sql<string>`i.relname`,
        first: sql<string>`a.attname`,
      })
      .from(sql`pg_index x
        join pg_class t on t.oid = x.indrelid
        join pg_class i on i.oid = x.indexrelid
        join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]`)
      .where(sql`t.relnamespace = 'public'::regnamespace`);
    const tenant = indexes.filter(({ table }) => !SHARED.includes(table));
    const others = tenant.filter(({ first }) => first !== "company_id").map(({ index }) => index);

    expect(new Set(tenant.map(({ table }) => table)).size).toBe(tables.length - SHARED.length);
    expect(others.sort()).toEqual([...FINDS_A_COMPANY, ...SWEEPS].sort());
  });

  it("F89 lets no foreign key leave the company", async () => {
    const keys = await db
      .select({
        name: sql<string>`c.conname`,
        table: sql<string>`c.conrelid::regclass`,
        target: sql<string>`f.relname`,
        from: sql<string>`a.attname`,
        to: sql<string>`b.attname`,
      })
      .from(sql`pg_constraint c
        join pg_class f on f.oid = c.confrelid
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
        join pg_attribute b on b.attrelid = c.confrelid and b.attnum = c.confkey[1]`)
      .where(sql`c.contype = 'f'`);

    const bound = new Set(keys.map(({ table }) => table));
    expect(
      tables
        .map(getTableName)
        .filter((table) => !bound.has(table))
        .sort(),
    ).toEqual(SHARED);
    for (const { name, target, from, to } of keys) {
      const leads = target === "companies" ? "id" : "company_id";
      expect({ name, from, to }).toEqual({ name, from: "company_id", to: leads });
    }
  });
});

describe("a row of one company", () => {
  let ours: Company;
  let theirs: Company;
  beforeAll(async () => {
    ours = await insertCompany("Acme");
    theirs = await insertCompany("Globex");
  });

  it("may point to rows of its company", async () => {
    await expect(insertView({ ...ours })).resolves.toBeDefined();
  });

  it.each([
    [
      "a conversation to another's contact",
      () => insertConversation({ ...ours, contactId: theirs.contactId }),
    ],
    [
      "a conversation to another's account",
      () => insertConversation({ ...ours, accountId: theirs.accountId }),
    ],
    [
      "a message to another's conversation",
      () => insertMessage({ ...ours, conversationId: theirs.conversationId }),
    ],
    [
      "a message to another's account",
      () => insertMessage({ ...ours, accountId: theirs.accountId }),
    ],
    ["a member to another's account", () => insertMember({ ...ours, accountId: theirs.accountId })],
    ["a member to another's user", () => insertMember({ ...ours, userId: theirs.userId })],
    ["a session to another's user", () => insertSession({ ...ours, userId: theirs.userId })],
    [
      "a media view to another's message",
      () => insertView({ ...ours, messageId: theirs.messageId }),
    ],
    ["a media view to another's user", () => insertView({ ...ours, userId: theirs.userId })],
    ["a file to another's message", () => insertFile({ ...ours, messageId: theirs.messageId })],
    ["a file to another's account", () => insertFile({ ...ours, accountId: theirs.accountId })],
  ])("F89 can't point: %s", async (_name, insert) => {
    await expect(insert()).rejects.toMatchObject({ cause: { code: "23503" } });
  });
});

interface Company {
  companyId: number;
  userId: number;
  accountId: number;
  contactId: number;
  conversationId: number;
  messageId: number;
}

async function insertCompany(name: string): Promise<Company> {
  const { id: companyId } = only(await db.insert(schema.companies).values({ name }).returning());
  const user = await db
    .insert(schema.users)
    .values({ companyId, email: `agent@${name}.test`, name: "Agent", passwordHash: "none" })
    .returning();
  const account = await db
    .insert(schema.whatsappAccounts)
    .values({ companyId, phoneNumberId: name, displayPhoneNumber: "+1 555 010 0001", name })
    .returning();
  const contact = await db.insert(schema.contacts).values({ companyId }).returning();
  const row = {
    companyId,
    userId: only(user).id,
    accountId: only(account).id,
    contactId: only(contact).id,
  };
  const conversationId = only(await insertConversation(row)).id;
  const messageId = only(await insertMessage({ ...row, conversationId })).id;
  return { ...row, conversationId, messageId };
}

function insertConversation(row: Pick<Company, "companyId" | "accountId" | "contactId">) {
  const { companyId, accountId, contactId } = row;
  return db.insert(schema.conversations).values({ companyId, accountId, contactId }).returning();
}

function insertMessage(row: Pick<Company, "companyId" | "accountId" | "conversationId">) {
  const { companyId, accountId, conversationId } = row;
  return db
    .insert(schema.messages)
    .values({
      companyId,
      accountId,
      conversationId,
      wamid: crypto.randomUUID(),
      direction: "inbound",
      type: "text",
      sentAt: new Date(),
    })
    .returning();
}

function insertMember({ companyId, accountId, userId }: Company) {
  return db.insert(schema.accountMembers).values({ companyId, accountId, userId }).returning();
}

function insertSession({ companyId, userId }: Company) {
  return db
    .insert(schema.sessions)
    .values({ companyId, userId, tokenHash: crypto.randomUUID(), expiresAt: new Date() })
    .returning();
}

function insertView({ companyId, userId, messageId }: Company) {
  return db
    .insert(schema.mediaViews)
    .values({
      companyId,
      userId,
      messageId,
      mediaId: "1",
      status: 200,
      bytes: 1,
      outcome: "complete",
    })
    .returning();
}

function insertFile({ companyId, messageId, accountId }: Company) {
  return db
    .insert(schema.messageFiles)
    .values({ companyId, messageId, accountId, position: 1, mediaId: "1", kind: "image" })
    .returning();
}

function only<T>(rows: T[]): T {
  const [row] = rows;
  if (!row) throw new Error("There is no row.");
  return row;
}
