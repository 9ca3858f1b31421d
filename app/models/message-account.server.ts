import { and, eq } from "drizzle-orm";
import { messages, whatsappAccounts } from "#db/schema.ts";

const HOUR_MS = 3_600_000;

/** The join of a message with the account it came to. */
export const accountOfMessage = and(
  eq(whatsappAccounts.companyId, messages.companyId),
  eq(whatsappAccounts.id, messages.accountId),
);

/** Counted from when the webhook arrived: Meta documents 7 days for media ids received by webhook. */
export function mediaExpiry(receivedAt: Date, retentionHours: number): Date {
  return new Date(receivedAt.getTime() + retentionHours * HOUR_MS);
}
