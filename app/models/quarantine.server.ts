import { createHash } from "node:crypto";
import type { Db } from "#db/open.server.ts";
import { webhookQuarantine } from "#db/schema.ts";

export interface QuarantineEntry {
  /** A fixed phrase: it is counted and filtered by. */
  reason: string;
  /** What the reason needs, ids and codes only; text that PostgreSQL accepts. */
  detail?: string | undefined;
  /** What was received, or a webhook body of the one update that can be sent again. */
  body: Uint8Array;
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

function fingerprint({ reason, body }: QuarantineEntry): string {
  return createHash("sha256").update(`${reason}\n`).update(body).digest("hex");
}
