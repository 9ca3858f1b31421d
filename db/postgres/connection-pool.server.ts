import { setImmediate } from "node:timers/promises";
import { DrizzleQueryError } from "drizzle-orm/errors";
import type postgres from "postgres";
import { askAtOnce, type Pending, signatureOf } from "./one-query-transaction.server.ts";
import { isPrepared, prepareSmallQueries } from "./prepare-small-queries.server.ts";

/** Statements that are remembered as prepared, a connection. */
const MAX_REMEMBERED = 1_000;

interface Connection {
  client: postgres.Sql;
  /** Signatures of the queries that it has prepared. */
  prepared: Set<string>;
  lost: boolean;
}

type Client = postgres.Sql | postgres.TransactionSql;
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
  /** How values are read and written; each connection is opened with a copy. */
  readonly #options = { parsers: {}, serializers: {} };

  /**
   * @param open gives a client for one connection that calls `onclose` when it ends
   * @param size the most connections at once; what needs another one waits
   */
  constructor(open: (onclose: () => void) => postgres.Sql, size: number) {
    this.#open = open;
    this.#size = size;
  }

  /**
   * As much of a postgres.js client as Drizzle asks for.
   *
   * @param settings statements that each query and each transaction begins with, such as "set local …"
   */
  client(settings?: string) {
    return {
      options: this.#options,
      unsafe: (query: string, parameters: never[] = []) => {
        let asValues = false;
        const result = this.#with((connection) => {
          const ask = (client: Client) => {
            const pending = client.unsafe(query, parameters);
            return asValues ? pending.values() : pending;
          };
          if (settings === undefined) return ask(connection.client);
          if (!isPrepared(parameters)) return begin(connection, settings, async (tx) => ask(tx));
          return askPrepared(connection, settings, signatureOf(query, parameters), ask);
        });
        const values = () => {
          asValues = true;
          return result;
        };
        return Object.assign(result, { values });
      },
      begin: (work: Transaction) => this.#with((connection) => begin(connection, settings, work)),
    };
  }

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
    Object.assign(client.options.parsers, this.#options.parsers);
    Object.assign(client.options.serializers, this.#options.serializers);
    prepareSmallQueries(client);
    const connection: Connection = { client, prepared: new Set(), lost: false };
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

/** The first time in a transaction like any other, which prepares the query. */
async function askPrepared(
  connection: Connection,
  settings: string,
  signature: string,
  ask: (client: Client) => Pending<unknown>,
): Promise<unknown> {
  const { client, prepared } = connection;
  if (prepared.has(signature)) {
    const asked = await askAtOnce(client, settings, () => ask(client));
    if (asked !== "stale") return asked.answer;
  }
  const answer = await begin(connection, settings, async (transaction) => ask(transaction));
  if (prepared.size >= MAX_REMEMBERED) prepared.clear();
  prepared.add(signature);
  return answer;
}

function begin(connection: Connection, settings: string | undefined, work: Transaction) {
  const withSettings = async (transaction: postgres.TransactionSql) => {
    if (settings !== undefined) await transaction.unsafe(settings);
    return work(transaction);
  };
  return connection.client.begin(guarded(connection, withSettings));
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
