import type postgres from "postgres";

const MAX_PARAMETERS = 16;

type Client = postgres.Sql | postgres.TransactionSql;
type Work = (transaction: postgres.TransactionSql) => unknown;
type Start = (work: Work) => Promise<unknown>;

/**
 * Drizzle has each query described and planned anew, at the price of a second round trip; prepared,
 * it is both only once a connection. Multi-row inserts stay as they are: each length of theirs
 * would be a prepared statement of its own.
 *
 * @param client drizzle's; queries in its transactions and savepoints are prepared too
 */
export function prepareSmallQueries(client: Client): void {
  const { unsafe } = client;
  client.unsafe = (query, parameters = [], options = {}) =>
    unsafe(query, parameters, { ...options, prepare: isPrepared(parameters) });
  // A transaction runs on a client of its own, as does each savepoint in it.
  if ("begin" in client) client.begin = preparing(client.begin) as typeof client.begin;
  if ("savepoint" in client)
    client.savepoint = preparing(client.savepoint) as typeof client.savepoint;
}

export function isPrepared(parameters: readonly unknown[]): boolean {
  return parameters.length <= MAX_PARAMETERS;
}

/** Drizzle names neither a transaction's options nor a savepoint: the work is the one argument. */
function preparing(start: Start): Start {
  return (work) =>
    start((transaction) => {
      prepareSmallQueries(transaction);
      return work(transaction);
    });
}
