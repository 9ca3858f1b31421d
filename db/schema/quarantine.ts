import { index, pgTable, text } from "drizzle-orm/pg-core";
import { at, bytes, id } from "./columns.ts";

/** What a signed webhook brought and ingestion could not use. Belongs to no company: that may be what is unknown. */
export const webhookQuarantine = pgTable(
  "webhook_quarantine",
  {
    id: id().primaryKey(),
    reason: text().notNull(),
    detail: text(),
    /** Bytes, because what is kept here may be neither JSON nor text that PostgreSQL accepts. */
    body: bytes().notNull(),
    /** SHA-256 of reason and body, hex: Meta's retries of the same bytes make one row. */
    fingerprint: text().notNull().unique("webhook_quarantine_fingerprint_unique"),
    receivedAt: at().notNull().defaultNow(),
  },
  (t) => [index("webhook_quarantine_received_at_index").on(t.receivedAt)],
);
