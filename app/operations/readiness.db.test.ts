import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { loader as ready } from "#app/routes/operations/ready.ts";
import { loader as up } from "#app/routes/operations/up.ts";
import { db, db as owner } from "#db/testing/owner.ts";
import { readiness } from "./readiness.server.ts";

const migrations = sql`drizzle.__drizzle_migrations`;

it("is ready on a migrated database", async () => {
  const response = await ready();
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await response.json()).toEqual({ ready: true, problems: [] });
});

it("is not ready while it shuts down", async () => {
  expect(await readiness({ db, draining: true })).toEqual(["The server is shutting down."]);
});

it("is not ready before the last migration, and says how to run it", async () => {
  await owner.execute(
    sql`delete from ${migrations} where created_at = (select max(created_at) from ${migrations})`,
  );

  const response = await ready();

  expect(response.status).toBe(503);
  const { problems } = await response.json();
  expect(problems).toEqual([expect.stringMatching(/lacks 1 .*npm run db:migrate/)]);
});

it("is up whatever the database does", async () => {
  const response = up();
  expect(response.status).toBe(200);
  expect(await response.text()).toBe("ok\n");
  expect(response.headers.get("cache-control")).toBe("no-store");
});
