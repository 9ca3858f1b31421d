import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import { drizzle as drizzlePostgres } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { migrateDatabase } from "#db/migrations.server.ts";
import type { Db } from "#db/open.server.ts";
import { createDatabase, dropDatabase } from "./databases.ts";

const MIGRATIONS = "db/migrations";

/** An empty database, not yet migrated, on the engine that the test file runs on. */
export interface BareDatabase {
  db: Db;
  /** PostgreSQL only. */
  url: string | undefined;
  /** Applies the first `count` migrations, or all. */
  migrate(count?: number): Promise<void>;
  close(): Promise<void>;
}

export function openBareDatabase(): Promise<BareDatabase> {
  return process.env.DATABASE_URL ? openPostgres(process.env.DATABASE_URL) : openEmbedded();
}

async function openPostgres(admin: string): Promise<BareDatabase> {
  const url = await createDatabase(admin);
  const client = postgres(url, { max: 2, onnotice: () => {} });
  return {
    db: drizzlePostgres(client) as unknown as Db,
    url,
    migrate: (count) => withMigrations(count, (folder) => migrateDatabase(url, folder)),
    close: async () => {
      await client.end();
      await dropDatabase(admin, url);
    },
  };
}

async function openEmbedded(): Promise<BareDatabase> {
  const client = await PGlite.create("memory://");
  const db = drizzlePglite(client);
  return {
    db: db as unknown as Db,
    url: undefined,
    migrate: (count) =>
      withMigrations(count, (migrationsFolder) => migratePglite(db, { migrationsFolder })),
    close: () => client.close(),
  };
}

/** Gives `work` a folder of migrations whose journal ends after `count` of them. */
async function withMigrations(
  count: number | undefined,
  work: (folder: string) => Promise<void>,
): Promise<void> {
  if (count === undefined) return work(path.resolve(MIGRATIONS));
  const folder = await mkdtemp(path.join(tmpdir(), "tapview-migrations-"));
  try {
    await cp(MIGRATIONS, folder, { recursive: true });
    const file = path.join(folder, "meta/_journal.json");
    const journal = JSON.parse(await readFile(file, "utf8"));
    journal.entries.length = count;
    await writeFile(file, JSON.stringify(journal));
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
