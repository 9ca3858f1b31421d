import { eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase, engine } from "#app/process/database.server.ts";
import { companies } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";

afterAll(closeDatabase);

const named = (name: string) => db.$count(companies, eq(companies.name, name));

describe("a transaction", () => {
  it("that fails leaves nothing, and gives its own error", async () => {
    const failing = db.transaction(async (tx) => {
      await tx.insert(companies).values({ name: "Failed" });
      throw new Error("No more.");
    });
    await expect(failing).rejects.toThrow("No more.");
    expect(await named("Failed")).toBe(0);
  });

  if (engine === "postgres") {
    it("F91 whose connection is lost leaves nothing, and the process and the pool go on", async () => {
      const lost = Array.from({ length: 20 }, () =>
        db.transaction(async (tx) => {
          await tx.insert(companies).values({ name: "Lost" });
          await tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`);
        }),
      );
      for (const { status } of await Promise.allSettled(lost)) expect(status).toBe("rejected");
      const counts = await Promise.all(Array.from({ length: 20 }, () => named("Lost")));
      expect(new Set(counts)).toEqual(new Set([0]));
      await db.transaction((tx) => tx.insert(companies).values({ name: "Next" }));
      expect(await named("Next")).toBe(1);
    });
  }
});
