import { setImmediate } from "node:timers/promises";
import { DrizzleQueryError } from "drizzle-orm/errors";
import type postgres from "postgres";
import { prepareSmallQueries } from "./prepare-small-queries.server.ts";

interface Connection {
  client: postgres.Sql;
  lost: boolean;
}

type Transaction = (transaction: postgres.TransactionSql) => Promise<unknown>;

/**
 * A pool of connections, each a postgres.js client of its own that is dropped when its connection
 * is lost or its work failed. postgres.js (3.4.9) would use such a connection again with what was
 * left of its last query: the next one can get too few rows (porsager/postgres#1155).
 */
export class ConnectionPool {
  readonly #open: (onclose: () => void) => postgres.Sql;
  readonly #size: number;
  readonly #connections = new Set<Connection>();
  #idle: Connection[] = [];
  readonly #waiting: ((connection: Connection) => void)[] = [];
  #closed = false;

  /**
   * @param open gives a client for one connection that calls `onclose` when it ends
   * @param size the most connections at once; what needs another one waits
   */
  constructor(open: (onclose: () => void) => postgres.Sql, size: number) {
    this.#open = open;
    this.#size = size;
  }

  /** As much of a postgres.js client as Drizzle asks for. */
  readonly client = {
    options: { parsers: {}, serializers: {} },
    unsafe: (query: string, parameters: never[] = []) => {
      let asValues = false;
      const result = this.#with(async ({ client }) => {
        const pending = client.unsafe(query, parameters);
        return asValues ? pending.values() : pending;
      });
      const values = () => {
        asValues = true;
        return result;
      };
      return Object.assign(result, { values });
    },
    begin: (work: Transaction) =>
      this.#with((connection) => connection.client.begin(guarded(connection, work))),
  };

  close(options: { timeout: number }): Promise<unknown> {
    this.#closed = true;
    return Promise.all([...this.#connections].map(({ client }) => client.end(options)));
  }

  async #with<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await this.#take();
    try {
      return await work(connection);
    } catch (error) {
      await end(connection, error);
      if (connection.lost) this.#drop(connection);
      throw error;
    } finally {
      this.#giveBack(connection);
    }
  }

  async #take(): Promise<Connection> {
    if (this.#closed) throw new PoolClosedError();
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#connections.size < this.#size) return this.#connect();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #connect(): Connection {
    const client = this.#open(() => {
      connection.lost = true;
      this.#drop(connection);
    });
    Object.assign(client.options.parsers, this.client.options.parsers);
    Object.assign(client.options.serializers, this.client.options.serializers);
    prepareSmallQueries(client);
    const connection: Connection = { client, lost: false };
    this.#connections.add(connection);
    return connection;
  }

  #giveBack(connection: Connection): void {
    if (!this.#connections.has(connection)) return;
    const next = this.#waiting.shift();
    if (next) next(connection);
    else this.#idle.push(connection);
  }

  #drop(connection: Connection): void {
    if (!this.#connections.delete(connection)) return;
    this.#idle = this.#idle.filter((idle) => idle !== connection);
    const next = this.#waiting.shift();
    if (next) next(this.#connect());
  }
}

class PoolClosedError extends Error {
  override name = "PoolClosedError";
  override message = "The database has been closed.";
  /** As the driver says it. */
  readonly code = "CONNECTION_ENDED";
}

/**
 * The driver rolls back even when the connection is lost, and throws there where nobody can catch
 * it (porsager/postgres#1208). PostgreSQL has rolled back by itself and `begin` has rejected, so
 * the work is left as it is.
 */
function guarded(connection: Connection, work: Transaction): Transaction {
  return async (transaction) => {
    try {
      return await work(transaction);
    } catch (error) {
      await end(connection, error);
      if (connection.lost) return new Promise(() => {});
      throw error;
    }
  };
}

/** Learns whether a failure is the end of its connection, which is told after it. */
async function end(connection: Connection, error: unknown): Promise<void> {
  await setImmediate();
  connection.lost ||= isLast(error);
}

/** PostgreSQL closes the connection after any error that it calls fatal, such as its shutdown. */
function isLast(error: unknown): boolean {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  const severity = cause instanceof Error && "severity" in cause ? cause.severity : undefined;
  return severity === "FATAL" || severity === "PANIC";
}
