import type postgres from "postgres";

/** As postgres.js gives it: with the failure after which it asked again by itself. */
export type Pending<T> = PromiseLike<T> & { retried?: unknown };

/**
 * Asks one query in a transaction that begins with settings, in one round trip: the three
 * statements go out together. When the first fails the transaction stands broken and refuses the
 * query. Only for a query that the connection has prepared: otherwise the driver holds the rest
 * back, and would send it on a new connection if this one is lost.
 *
 * @returns "stale" when PostgreSQL no longer took the prepared query, because a migration changed
 *   what it gives; then nothing was done, and it is to be asked anew
 */
export async function askAtOnce<T>(
  client: postgres.Sql,
  settings: string,
  ask: () => Pending<T>,
): Promise<{ answer: T } | "stale"> {
  const begun = client.unsafe(`begin;${settings}`);
  const pending = ask();
  const [start, asked, end] = await Promise.allSettled([begun, pending, client.unsafe("commit")]);
  if (start.status === "rejected") throw start.reason;
  // The driver's second try came after the end of the transaction, so it saw no company's rows.
  if (pending.retried) return "stale";
  if (asked.status === "rejected") throw asked.reason;
  if (end.status === "rejected") throw end.reason;
  return { answer: asked.value };
}

/** What of a query decides whether it is prepared already: the driver tells parameters' types by their values. */
export function signatureOf(query: string, parameters: readonly unknown[]): string {
  return `${parameters.map(typeOf)} ${query}`;
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return typeOf(value[0]);
  return typeof value === "object" && value ? value.constructor.name : typeof value;
}
