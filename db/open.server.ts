import { mkdir } from "node:fs/promises";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { drizzle as drizzlePostgres } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { DatabaseConfig } from "./config.ts";
import { lockFolder } from "./folder-lock.server.ts";
import { migrateEmbedded } from "./migrations.server.ts";
import * as schema from "./schema.ts";

const POOL_SIZE = 10;
const CONNECT_TIMEOUT_S = 5;
const STATEMENT_TIMEOUT_MS = 15_000;
const MAX_PREPARED_PARAMETERS = 16;

/** A database handle, or a transaction of one: the same on PostgreSQL and on the embedded PGlite. */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

export interface OpenDatabase {
  db: Db;
  engine: "postgres" | "embedded";
  close(): Promise<void>;
}

/**
 * Opens the database that the configuration names. PostgreSQL connects at the first query, so a
 * database that is down doesn't stop the process from starting; the embedded one is opened,
 * locked and migrated before this returns.
 *
 * @throws {FolderLockedError} another process uses the embedded database's folder
 */
export function openDatabase(config: DatabaseConfig): Promise<OpenDatabase> {
  return config.DATABASE_URL
    ? Promise.resolve(openPostgres(config.DATABASE_URL))
    : openEmbedded(config.DATA_DIR);
}

function openPostgres(url: string): OpenDatabase {
  const client = postgres(url, {
    max: POOL_SIZE,
    connect_timeout: CONNECT_TIMEOUT_S,
    onnotice: () => {},
    connection: { application_name: "tapview", statement_timeout: STATEMENT_TIMEOUT_MS },
  });
  prepareSmallQueries(client);
  return {
    db: drizzlePostgres(client, { schema, casing: "snake_case" }) as unknown as Db,
    engine: "postgres",
    close: () => client.end({ timeout: CONNECT_TIMEOUT_S }),
  };
}

/**
 * Drizzle has each query described and planned anew, at the price of a second round trip; prepared,
 * it is both only once a connection. Multi-row inserts stay as they are: each length of theirs
 * would be a prepared statement of its own.
 */
function prepareSmallQueries(client: postgres.Sql): void {
  const { unsafe } = client;
  client.unsafe = (query, parameters = [], options = {}) =>
    unsafe(query, parameters, {
      ...options,
      prepare: parameters.length <= MAX_PREPARED_PARAMETERS,
    });
}

/** `memory://` as the folder keeps everything in memory, for tests. */
async function openEmbedded(dataDir: string): Promise<OpenDatabase> {
  const inMemory = dataDir.startsWith("memory://");
  if (!inMemory) await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const unlock = inMemory ? async () => {} : await lockFolder(dataDir);
  const client = await PGlite.create(inMemory ? dataDir : path.join(dataDir, "postgres"));
  const db = drizzlePglite(client, { schema, casing: "snake_case" });
  await migrateEmbedded(db);
  return {
    db: db as unknown as Db,
    engine: "embedded",
    close: async () => {
      await client.close();
      await unlock();
    },
  };
}
