import { mkdir } from "node:fs/promises";
import path from "node:path";
import { PGlite, type Transaction } from "@electric-sql/pglite";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { drizzle as drizzlePostgres } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { lockFolder } from "#db/embedded/folder-lock.server.ts";
import { ConnectionPool } from "#db/postgres/connection-pool.server.ts";
import {
  type Listener,
  listenOnPostgres,
  type StopListening,
} from "#db/postgres/listener.server.ts";
import { type DatabaseConfig, POOL_SIZE } from "./config.ts";
import { createHandles, type Db, type Handles } from "./handles.server.ts";
import { migrateEmbedded } from "./migrations.server.ts";
import { APP_ROLE } from "./roles.ts";

const CONNECT_TIMEOUT_S = 5;
const STATEMENT_TIMEOUT_MS = 15_000;

export type { Db } from "./handles.server.ts";

export interface OpenDatabase extends Handles {
  engine: "postgres" | "embedded";
  /** Hears what pg_notify sends to a channel, until told to stop or the database is closed. */
  listen(channel: string, listener: Listener): StopListening;
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
  const connect = (onclose: () => void) =>
    postgres(url, {
      max: 1,
      max_lifetime: null,
      connect_timeout: CONNECT_TIMEOUT_S,
      onnotice: () => {},
      onclose,
      connection: {
        application_name: "tapview",
        role: APP_ROLE,
        statement_timeout: STATEMENT_TIMEOUT_MS,
        // Every query asks by key, so one plan is right for all values, and planning such a query
        // anew takes longer than running it.
        plan_cache_mode: "force_generic_plan",
        // Takes a tenth of a second where PostgreSQL expects many rows, for queries of milliseconds.
        jit: "off",
        // To start other processes takes milliseconds as well, for each part of a search.
        max_parallel_workers_per_gather: "0",
      },
    });
  const pool = new ConnectionPool(connect, POOL_SIZE);
  const handles = createHandles((settings) => {
    const client = pool.client(settings) as unknown as postgres.Sql;
    return drizzlePostgres(client, { casing: "snake_case" }) as unknown as Db;
  });
  const listeners = new Set<StopListening>();
  return {
    ...handles,
    engine: "postgres",
    listen: (channel, listener) => {
      const stop = listenOnPostgres(url, channel, listener);
      listeners.add(stop);
      return async () => {
        listeners.delete(stop);
        await stop();
      };
    },
    close: async () => {
      await Promise.all([...listeners].map((stop) => stop()));
      await pool.close({ timeout: CONNECT_TIMEOUT_S });
    },
  };
}

/**
 * @param dataDir the folder; `memory://` keeps everything in memory, for tests
 * @param template a database to begin with, as PGlite dumps one
 */
export async function openEmbedded(dataDir: string, template?: Blob): Promise<OpenDatabase> {
  const inMemory = dataDir.startsWith("memory://");
  if (!inMemory) await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const unlock = inMemory ? async () => {} : await lockFolder(dataDir);
  const client = await PGlite.create({
    dataDir: inMemory ? dataDir : path.join(dataDir, "postgres"),
    ...(template && { loadDataDir: template }),
  });
  await migrateEmbedded(drizzlePglite(client));
  await client.exec(`set role ${APP_ROLE}`);
  const handles = createHandles((settings) => {
    const beginning = settings === undefined ? client : beginningWith(client, settings);
    return drizzlePglite(beginning, { casing: "snake_case" }) as unknown as Db;
  });
  return {
    ...handles,
    engine: "embedded",
    listen: (channel, { onNotification, onListening }) => {
      // A function of its own: PGlite tells listeners apart by it, and the end of one would end all.
      const listening = client.listen(channel, (payload) => onNotification(payload));
      listening.then(onListening, () => {});
      return async () => (await listening)();
    },
    close: async () => {
      await client.close();
      await unlock();
    },
  };
}

/** As much of a PGlite as Drizzle asks for, each of whose queries and transactions begins with the settings. */
function beginningWith(client: PGlite, settings: string): PGlite {
  const transaction = <T>(work: (transaction: Transaction) => Promise<T>) =>
    client.transaction(async (transaction) => {
      await transaction.exec(settings);
      return work(transaction);
    });
  const query: PGlite["query"] = (...question) =>
    transaction((transaction) => transaction.query(...question));
  return { query, transaction } as PGlite;
}
