import { readFile } from "node:fs/promises";
import path from "node:path";
import { sql } from "drizzle-orm";
import { DrizzleQueryError } from "drizzle-orm/errors";
import type { PgliteDatabase } from "drizzle-orm/pglite";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as migratePostgres } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import type { Db } from "./open.server.ts";

const MIGRATIONS_FOLDER = path.resolve("db/migrations");
/** Any fixed number: two processes that migrate at once take turns. */
const MIGRATION_LOCK = 730_419_552;
/** A migration that can't get its table lock gives up instead of queueing every webhook behind it. */
const LOCK_TIMEOUT = "5s";

/** Migrates an embedded database, which no other process can have open. */
export async function migrateEmbedded(db: PgliteDatabase<Record<string, unknown>>): Promise<void> {
  await migratePglite(db, { migrationsFolder: MIGRATIONS_FOLDER });
}

/**
 * Brings a PostgreSQL database up to date, on one connection of its own.
 *
 * @param url the database, as DATABASE_URL
 * @param migrationsFolder another folder of migrations, for tests
 */
export async function migrateDatabase(
  url: string,
  migrationsFolder = MIGRATIONS_FOLDER,
): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await client.unsafe(`set lock_timeout = '${LOCK_TIMEOUT}'`);
    await migratePostgres(drizzle(client), { migrationsFolder });
  } finally {
    await client.end();
  }
}

/**
 * How many of this version's migrations the database lacks: all of them when it has none that gave
 * the app its role, because then it tells us nothing.
 *
 * @throws when the database can't be reached
 */
export async function pendingMigrations(db: Db): Promise<number> {
  const journal = JSON.parse(
    await readFile(path.join(MIGRATIONS_FOLDER, "meta/_journal.json"), "utf8"),
  ) as { entries: { when: number }[] };
  try {
    const applied = await db.$count(sql`drizzle.__drizzle_migrations`);
    return Math.max(0, journal.entries.length - applied);
  } catch (error) {
    if (NOT_MIGRATED.has(codeOf(error))) return journal.entries.length;
    throw error;
  }
}

/** There is no such role, or it may not see the table, or there is no such schema or table. */
const NOT_MIGRATED = new Set(["22023", "42501", "3F000", "42P01"]);

function codeOf(error: unknown): string {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}
