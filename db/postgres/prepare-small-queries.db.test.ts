import { and, eq, inArray, like, sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase, engine } from "#app/process/database.server.ts";
import type { Db } from "#db/open.server.ts";
import { companies } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";

afterAll(closeDatabase);

const named = (on: Db, name: string) =>
  on.select({ name: companies.name }).from(companies).where(eq(companies.name, name));
const add = (on: Db, name: string) => on.insert(companies).values({ name });

describe("a transaction whose queries are prepared", () => {
  it("keeps what it wrote when a savepoint in it fails, again and again", async () => {
    for (let round = 1; round <= 3; round++) {
      await db.transaction(async (tx) => {
        await add(tx, `kept ${round}`);
        const failed = tx.transaction(async (savepoint) => {
          await add(savepoint, `lost ${round}`);
          await savepoint.select().from(sql`no_such_table where ${round} = 1`);
        });
        await expect(failed).rejects.toMatchObject({ cause: { code: "42P01" } });
        await tx.transaction((savepoint) => add(savepoint, `saved ${round}`));
      });
      expect(await named(db, `kept ${round}`)).toHaveLength(1);
      expect(await named(db, `saved ${round}`)).toHaveLength(1);
      expect(await named(db, `lost ${round}`)).toEqual([]);
    }
  });

  it("is rolled back as a whole when its work throws", async () => {
    const thrown = db.transaction(async (tx) => {
      await add(tx, "thrown");
      throw new Error("on purpose");
    });
    await expect(thrown).rejects.toThrow("on purpose");
    expect(await named(db, "thrown")).toEqual([]);
  });

  if (engine === "postgres") {
    it("has small queries prepared, in savepoints too, and multi-row ones not", async () => {
      await db.transaction(async (tx) => {
        await named(tx, "in a transaction");
        await tx.transaction((savepoint) =>
          savepoint.select().from(companies).where(like(companies.name, "in a savepoint")),
        );
        const names = Array.from({ length: 17 }, (_, index) => `name ${index}`);
        await tx.select().from(companies).where(inArray(companies.name, names));
        expect(await prepared(tx, `"companies"."name" = $1`)).toBe(1);
        expect(await prepared(tx, `"companies"."name" like $1`)).toBe(1);
        expect(await prepared(tx, "$17")).toBe(0);
      });
    });
  }
});

/** Of the connection that the transaction has. */
function prepared(tx: Db, part: string): Promise<number> {
  return tx.$count(
    sql`pg_prepared_statements`,
    and(sql`position(${part} in statement) > 0`, sql`statement not like '%pg_prepared%'`),
  );
}
