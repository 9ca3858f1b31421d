import { and, eq } from "drizzle-orm";
import { messages, whatsappAccounts } from "#db/schema.ts";

const HOUR_MS = 3_600_000;
const NO_STORAGE_HOURS = 1;
const UPLOAD_HOURS = 30 * 24;

/** The join of a message with the account it came to. */
export const accountOfMessage = and(
  eq(whatsappAccounts.companyId, messages.companyId),
  eq(whatsappAccounts.id, messages.accountId),
);

/**
 * When WhatsApp deletes a file: counted from when the webhook brought its id or we uploaded it.
 * Meta documents 7 days for ids received by webhook, 30 days for uploads, and 1 hour for both on
 * "no storage" numbers (Cloud API reference, "Media"; "No storage").
 *
 * @param file sentByUserId: set where it was uploaded here
 */
export function mediaExpiry(
  since: Date,
  file: { retentionHours: number; sentByUserId: number | null },
): Date {
  const { retentionHours, sentByUserId } = file;
  const isUpload = sentByUserId !== null && retentionHours > NO_STORAGE_HOURS;
  return new Date(since.getTime() + (isUpload ? UPLOAD_HOURS : retentionHours) * HOUR_MS);
}
