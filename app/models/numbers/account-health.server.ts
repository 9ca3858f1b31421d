import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { whatsappAccounts } from "#db/schema.ts";
import type { CompanyScope } from "../scope.server.ts";

/** Enough for an answer's status and codes. */
const MAX_REASON_CHARACTERS = 200;

/**
 * Notes that WhatsApp refuses a number's access token. The first time and its reason stay until it
 * is cleared.
 *
 * @param reason WhatsApp's answer, such as "HTTP 401, code 190/463"; cut after 200 characters
 * @returns whether it was not noted yet
 */
export async function flagRefusedToken(
  { db, companyId }: CompanyScope,
  phoneNumberId: string,
  reason: string,
): Promise<boolean> {
  const flagged = await db
    .update(whatsappAccounts)
    .set({
      tokenRefusedAt: sql`now()`,
      tokenRefusedReason: reason.slice(0, MAX_REASON_CHARACTERS),
    })
    .where(and(account(companyId, phoneNumberId), isNull(whatsappAccounts.tokenRefusedAt)))
    .returning({ id: whatsappAccounts.id });
  return flagged.length > 0;
}

/** Notes that WhatsApp takes a number's access token again. @returns whether a refusal was noted */
export async function clearRefusedToken(
  { db, companyId }: CompanyScope,
  phoneNumberId: string,
): Promise<boolean> {
  const cleared = await db
    .update(whatsappAccounts)
    .set({ tokenRefusedAt: null, tokenRefusedReason: null })
    .where(and(account(companyId, phoneNumberId), isNotNull(whatsappAccounts.tokenRefusedAt)))
    .returning({ id: whatsappAccounts.id });
  return cleared.length > 0;
}

function account(companyId: number, phoneNumberId: string) {
  return and(
    eq(whatsappAccounts.companyId, companyId),
    eq(whatsappAccounts.phoneNumberId, phoneNumberId),
  );
}
