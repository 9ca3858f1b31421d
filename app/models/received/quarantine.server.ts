import { createHash } from "node:crypto";
import { and, asc, count, eq, gt, lte, max, sql } from "drizzle-orm";
import type { Db } from "#db/open.server.ts";
import { webhookQuarantine } from "#db/schema.ts";
import type { QuarantineReason } from "./quarantine-reason.ts";

export interface QuarantineEntry {
  reason: QuarantineReason;
  /** What the reason needs, ids and codes only; text that PostgreSQL accepts. */
  detail?: string | undefined;
  /** What was received, or a webhook body of the one update that can be sent again. */
  body: Uint8Array;
}

export interface QuarantinedBody {
  /** Another version may have had others. */
  reason: string;
  body: Uint8Array;
  receivedAt: Date;
}

const ROWS_PER_INSERT = 1000;

/**
 * Keeps what a signed webhook brought and ingestion could not use. The same body for the same
 * reason is kept once. It takes no company: that may be what is unknown.
 */
export async function quarantine(db: Db, entries: readonly QuarantineEntry[]): Promise<void> {
  for (let start = 0; start < entries.length; start += ROWS_PER_INSERT) {
    const rows = entries
      .slice(start, start + ROWS_PER_INSERT)
      .map((entry) => ({ ...entry, fingerprint: fingerprint(entry) }))
      // One order for all, so that two POSTs can't each wait for the other's row.
      .sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
    await db.insert(webhookQuarantine).values(rows).onConflictDoNothing();
  }
}

/** How many rows there are of each reason. Takes no company, like all that follows: rows have none. */
export async function countQuarantined(db: Db): Promise<{ reason: string; rows: number }[]> {
  return db
    .select({ reason: webhookQuarantine.reason, rows: count() })
    .from(webhookQuarantine)
    .groupBy(webhookQuarantine.reason)
    .orderBy(asc(webhookQuarantine.reason));
}

/**
 * The ids of the rows that are there now, oldest first, a page at a time.
 *
 * @param reason only rows of this one
 */
export async function* quarantinedIds(
  db: Db,
  reason?: string,
  perPage = 500,
): AsyncGenerator<number> {
  const [newest] = await db.select({ id: max(webhookQuarantine.id) }).from(webhookQuarantine);
  const last = newest?.id ?? 0;
  for (let after = 0; after < last; ) {
    const page = await db
      .select({ id: webhookQuarantine.id })
      .from(webhookQuarantine)
      .where(
        and(
          gt(webhookQuarantine.id, after),
          lte(webhookQuarantine.id, last),
          reason === undefined ? undefined : eq(webhookQuarantine.reason, reason),
        ),
      )
      .orderBy(asc(webhookQuarantine.id))
      .limit(perPage);
    for (const { id } of page) yield id;
    after = page.at(-1)?.id ?? last;
  }
}

/**
 * Takes a row out. In a transaction nobody else can take it, and it is back if that fails.
 *
 * @returns undefined when it is gone already
 */
export async function takeQuarantined(db: Db, id: number): Promise<QuarantinedBody | undefined> {
  const { reason, body, receivedAt } = webhookQuarantine;
  const [row] = await db
    .delete(webhookQuarantine)
    .where(eq(webhookQuarantine.id, id))
    .returning({ reason, body, receivedAt });
  return row;
}

/**
 * Gives the rows that this transaction has quarantined another time of receipt: they were received
 * when the row was that they come from. Call it inside that transaction.
 */
export async function backdateQuarantined(db: Db, receivedAt: Date): Promise<void> {
  await db
    .update(webhookQuarantine)
    .set({ receivedAt })
    // now() is when the transaction began, to the microsecond, and the default of received_at.
    .where(eq(webhookQuarantine.receivedAt, sql`now()`));
}

function fingerprint({ reason, body }: QuarantineEntry): string {
  return createHash("sha256").update(`${reason}\n`).update(body).digest("hex");
}
