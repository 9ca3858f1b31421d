import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDatabase, dropDatabase } from "#db/testing/databases.ts";
import { addCompany, addUser } from "#tests/support/rows.server.ts";
import { migrateDatabase, pendingMigrations } from "./migrations.server.ts";
import { openDatabase } from "./open.server.ts";
import { users } from "./schema.ts";

describe("a database whose user is no superuser", () => {
  const user = `plain_${randomUUID().slice(0, 8)}`;
  let superuser: string;
  let owner: string;
  let admin: postgres.Sql;
  beforeEach(async () => {
    superuser = await createDatabase(process.env.DATABASE_URL ?? "");
    admin = postgres(superuser, { max: 1, onnotice: () => {} });
    await admin.unsafe(`create role ${user} login`);
    await admin.unsafe(`alter database ${new URL(superuser).pathname.slice(1)} owner to ${user}`);
    const url = new URL(superuser);
    url.username = user;
    owner = url.href;
  });
  afterEach(async () => {
    await admin.unsafe(`drop owned by ${user} cascade`);
    await admin.end();
    await dropDatabase(process.env.DATABASE_URL ?? "", superuser);
    const server = postgres(process.env.DATABASE_URL ?? "", { max: 1, onnotice: () => {} });
    await server.unsafe(`drop role ${user}`);
    await server.end();
  });

  it("F89 says what a superuser has to run, migrates after it, and then hides its rows from its owner too", async () => {
    const failure = await migrateDatabase(owner).catch((error) => error);
    const [, statement = ""] = /: (DO \$do\$.*\$do\$)/.exec(failure.cause.message) ?? [];
    await admin.unsafe(statement);
    await migrateDatabase(owner);
    const { db, forCompany, forOwner, forDuty, close } = await openDatabase({
      DATABASE_URL: owner,
      DATA_DIR: "unused",
    });
    expect(await pendingMigrations(db)).toBe(0);
    const scope = await addCompany(Object.assign(forDuty("setup"), { forCompany }));
    await addUser(scope);
    expect(await scope.db.$count(users)).toBe(1);
    expect(await forOwner().$count(users)).toBe(0);
    await close();
  });

  it("is told to be without migrations by the app, whose role sees nothing there", async () => {
    const { db, close } = await openDatabase({ DATABASE_URL: superuser, DATA_DIR: "unused" });
    const all = await pendingMigrations(db);
    expect(all).toBeGreaterThan(7);
    const plan = await openDatabase({ DATABASE_URL: superuser, DATA_DIR: "unused" });
    await admin.unsafe(`create schema drizzle; create table drizzle.__drizzle_migrations (id int)`);
    expect(await pendingMigrations(plan.db)).toBe(all);
    await expect(db.execute(sql`select * from users`)).rejects.toMatchObject({
      cause: { code: "42P01" },
    });
    await plan.close();
    await close();
  });
});
