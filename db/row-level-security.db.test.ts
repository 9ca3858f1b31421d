import { getTableName, is, type SQL, sql } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordAuditEvent } from "#app/models/audit/audit-events.server.ts";
import type { CompanyScope } from "#app/models/scope.server.ts";
import {
  closeDatabase,
  forCompany,
  forDuty,
  db as noCompany,
} from "#app/process/database.server.ts";
import { rows } from "#db/raw-sql/rows.server.ts";
import { selection } from "#db/raw-sql/selection.server.ts";
import { db as owner } from "#db/testing/owner.ts";
import {
  addAccount,
  addCompany,
  addConversation,
  addMessage,
  addMessageFile,
  addStatus,
  addUser,
} from "#tests/support/rows.server.ts";
import { APP_ROLE, type Duty } from "./roles.ts";
import * as schema from "./schema.ts";

const tables: PgTable[] = Object.values(schema).filter((value) => is(value, PgTable));
/** What belongs to no company, and is nobody's but a duty's. */
const SHARED = ["rate_limits", "webhook_quarantine"];
const tenantTables = tables.filter((table) => !SHARED.includes(getTableName(table)));
const named = (list: PgTable[]) => list.map((table) => [getTableName(table), table] as const);
const DUTIES: Duty[] = ["sign_in", "webhook", "maintenance", "setup"];

let ours: CompanyScope;
let theirs: CompanyScope;

/** A row in each table of a company. */
async function addFullCompany(): Promise<CompanyScope> {
  const scope = await addCompany(owner);
  const { companyId, db } = scope;
  const user = await addUser(scope);
  const account = await addAccount(scope, [user]);
  const conversation = await addConversation(scope, account);
  const message = await addMessage(scope, conversation);
  await addMessageFile(scope, message);
  await addStatus(scope, message);
  const soon = new Date(Date.now() + 60_000);
  const { contactId } = conversation;
  await db
    .insert(schema.contactIdentities)
    .values({ companyId, kind: "phone", value: "15550100001", contactId });
  await db
    .insert(schema.sessions)
    .values({ companyId, userId: user.id, tokenHash: "hash", expiresAt: soon });
  await db
    .insert(schema.invitations)
    .values({ companyId, userId: user.id, tokenHash: "hash", expiresAt: soon });
  await db.insert(schema.mediaViews).values({
    ...{ companyId, userId: user.id, messageId: message.id, mediaId: "1" },
    ...{ status: 200, bytes: 1, outcome: "complete" },
  });
  await recordAuditEvent(scope, { kind: "session.started", actorUserId: user.id });
  return scope;
}

beforeAll(async () => {
  ours = await addFullCompany();
  theirs = await addFullCompany();
});
afterAll(closeDatabase);

describe("the database", () => {
  it("F89 has every table behind row-level security, also for its owner", async () => {
    const table = selection({ name: sql<string>`relname` });
    const found = await rows(
      owner,
      table,
      sql`select ${table.list} from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
          and relrowsecurity and relforcerowsecurity order by relname`,
    );
    expect(found.map(({ name }) => name)).toEqual(tables.map(getTableName).sort());
  });

  it("F89 is used by roles that own nothing, inherit from no mightier one, and can't pass by", async () => {
    const found = await rows(
      owner,
      sql`select r.rolname as name, r.rolsuper, r.rolbypassrls, r.rolcanlogin, r.rolcreaterole,
          (select count(*) from pg_class c where c.relowner = r.oid)::int as owns
        from pg_roles r where r.rolname like 'tapview%' order by r.rolname`,
    );
    const roles = ["tapview_search", APP_ROLE, ...DUTIES.map((duty) => `tapview_${duty}`)].sort();
    const powerless = { rolsuper: false, rolbypassrls: false, rolcanlogin: false };
    expect(found).toEqual(
      roles.map((name) => ({ name, ...powerless, rolcreaterole: false, owns: 0 })),
    );
    const [current] = await rows(noCompany, sql`select current_user as role`);
    expect(current).toEqual({ role: APP_ROLE });
  });
});

describe("a query that forgot its company", () => {
  it.each(named(tables))("F89 finds nothing in %s", async (_name, table) => {
    const found = await noCompany.select({ one: sql`1` }).from(table).catch(refusal);
    expect(["permission denied", []]).toContainEqual(found);
  });

  it.each(named(tenantTables))("F89 finds its company's rows only in %s", async (_name, table) => {
    const found = await ours.db
      .select({ company: sql<number>`${companyOf(table)}::float8` })
      .from(table);
    expect(found.length, "rows that addFullCompany makes").toBeGreaterThan(0);
    expect(new Set(found.map(({ company }) => company))).toEqual(new Set([ours.companyId]));
  });

  it.each(named(tenantTables))(
    "F89 changes and deletes no other company's rows in %s",
    async (_name, table) => {
      const before = await snapshot(theirs);
      const column = companyOf(table);
      const where = sql`${column} = ${theirs.companyId}`;
      for (const statement of [
        ...changes(table, column, where),
        sql`delete from ${table} where ${where}`,
      ]) {
        const failure = await rows(ours.db, statement).catch(refusal);
        expect(["permission denied", "violates policy", []]).toContainEqual(failure);
      }
      expect(await snapshot(theirs)).toEqual(before);
    },
  );

  it.each(named(tenantTables))("F89 adds no row to another company in %s", async (_name, table) => {
    const copied = sql`select (jsonb_populate_record(t, ${foreignKeyOf(table)}::jsonb)).* from ${table} t`;
    const adding = rows(ours.db, sql`insert into ${table} overriding system value ${copied}`);
    expect(["permission denied", "violates policy"]).toContain(await adding.catch(refusal));
  });
});

describe("what happened", () => {
  it.each(named([schema.auditEvents, schema.mediaViews]))(
    "can't be changed or deleted in %s, also by its own company",
    async (_name, table) => {
      for (const statement of [
        sql`update ${table} set company_id = company_id`,
        sql`delete from ${table}`,
      ]) {
        expect(await rows(ours.db, statement).catch(refusal)).toBe("permission denied");
      }
    },
  );
});

describe("a company's setting", () => {
  it("lasts as long as its query or transaction, whatever becomes of it", async () => {
    const failing = ours.db.transaction(async (tx) => {
      expect(await tx.$count(schema.users)).toBe(1);
      throw new Error("No more.");
    });
    await expect(failing).rejects.toThrow("No more.");
    await expect(ours.db.execute(sql`select 1 / 0`)).rejects.toMatchObject({
      cause: { code: "22012" },
    });
    const counts = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        index % 2 === 0 ? noCompany.$count(schema.users) : ours.db.$count(schema.users),
      ),
    );
    expect(counts).toEqual(Array.from({ length: 40 }, (_, index) => index % 2));
  });

  it("is never what somebody typed", () => {
    expect(() => forCompany(Number.NaN)).toThrow(TypeError);
    expect(() => forCompany("1' ; reset role --" as never)).toThrow(TypeError);
  });
});

describe("the duty of", () => {
  const seen = async (duty: Duty, table: PgTable, columns = "1") =>
    (await rows(forDuty(duty), sql`select ${sql.raw(columns)} from ${table}`).catch(refusal)) as
      | object[]
      | string;

  it("signing in sees one person, by the e-mail address that was typed, and no other table", async () => {
    const [person] = await owner.select().from(schema.users).limit(1);
    const sees = (email: string) =>
      forDuty("sign_in").transaction(async (tx) => {
        await tx.execute(sql`select set_config('tapview.email', ${email}, true)`);
        return tx.select({ email: schema.users.email }).from(schema.users);
      });
    expect(await sees(person?.email ?? "")).toEqual([{ email: person?.email }]);
    expect(await sees("nobody@company.test")).toEqual([]);
    expect(await seen("sign_in", schema.users)).toEqual([]);
    for (const column of ["name", "role", "created_at"])
      expect(await seen("sign_in", schema.users, column)).toBe("permission denied");
    for (const table of tables) {
      if (table === schema.users || table === schema.rateLimits) continue;
      expect(await seen("sign_in", table)).toBe("permission denied");
    }
  });

  it("webhooks sees one number, by its id, and what is quarantined", async () => {
    const [account] = await owner.select().from(schema.whatsappAccounts).limit(1);
    const sees = (phoneNumberId: string) =>
      forDuty("webhook").transaction(async (tx) => {
        await tx.execute(sql`select set_config('tapview.phone_number_id', ${phoneNumberId}, true)`);
        return tx.$count(schema.whatsappAccounts);
      });
    expect(await sees(account?.phoneNumberId ?? "")).toBe(1);
    expect(await sees("0")).toBe(0);
    for (const table of tenantTables) expect(await seen("webhook", table)).toEqual([]);
  });

  it("maintenance reads no more than when things happened", async () => {
    for (const table of tables)
      expect(await seen("maintenance", table, "*")).toBe("permission denied");
    for (const table of [schema.users, schema.contacts, schema.conversations]) {
      expect(await seen("maintenance", table)).toBe("permission denied");
    }
  });

  it("setup sees which companies there are, and nothing in them", async () => {
    expect(await seen("setup", schema.companies)).toHaveLength(2);
    for (const table of tenantTables) {
      if (table !== schema.companies) expect(await seen("setup", table)).toEqual([]);
    }
  });

  it.each(DUTIES)("%s can't look by the search functions", async (duty) => {
    const search = sql`select from search_messages('a:*', '{1}', now(), 1, now(), 1)
      union all select from search_contacts('a:*', 1)`;
    expect(["permission denied", []]).toContainEqual(
      await rows(forDuty(duty), search).catch(refusal),
    );
  });
});

describe("a search function", () => {
  it("F89 finds its company's rows only, whatever it is asked", async () => {
    const all = sql.raw("'!nothing'");
    const messages = sql`select company_id::float8 as company from search_messages(${all},
      array(select generate_series(1, 1000)), 'infinity', 1, 'infinity', 100)`;
    const contacts = sql`select id from search_contacts(${all}, 100)`;
    for (const scope of [ours, theirs]) {
      expect(await rows(scope.db, messages)).toEqual([{ company: scope.companyId }]);
      expect(await rows(scope.db, contacts)).toHaveLength(1);
    }
    expect(await rows(noCompany, messages)).toEqual([]);
    expect(await rows(noCompany, contacts)).toEqual([]);
  });
});

function refusal(error: unknown): string {
  const { code, message } = (error as { cause: { code: string; message: string } }).cause;
  if (code !== "42501") throw error;
  return message.includes("row-level security") ? "violates policy" : "permission denied";
}

/** All rows of a company. */
async function snapshot({ companyId }: CompanyScope) {
  return Promise.all(
    tenantTables.map((table) => {
      const column = companyOf(table);
      return rows(owner, sql`select * from ${table} where ${column} = ${companyId}`);
    }),
  );
}

/** The name of a company can be changed, its id can't. */
function changes(table: PgTable, column: SQL, where: SQL): SQL[] {
  if (getTableName(table) === "companies")
    return [sql`update ${table} set name = '' where ${where}`];
  return [ours, theirs].map(
    ({ companyId }) => sql`update ${table} set ${column} = ${companyId} where ${where}`,
  );
}

/** What makes a row of ours theirs, as JSON. */
function foreignKeyOf(table: PgTable): string {
  const { companyId } = theirs;
  return JSON.stringify(table === schema.companies ? { id: companyId } : { company_id: companyId });
}

function companyOf(table: PgTable): SQL {
  return getTableName(table) === "companies" ? sql`id` : sql`company_id`;
}
