import { and, asc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { whatsappAccounts } from "#db/schema.ts";
import type { CompanyScope } from "./scope.server.ts";

/** Enough for an answer's status and codes. */
const MAX_REASON_CHARACTERS = 200;

/** A number whose files can't be opened, because WhatsApp refuses its access token. */
export interface RefusedAccount {
  phoneNumberId: string;
  name: string;
  since: Date;
  reason: string;
}

/**
 * Notes that WhatsApp refuses a number's access token. The first time and its reason stay until it
 * is cleared.
 *
 * @param reason WhatsApp's answer, such as "HTTP 401, code 190/463"; cut after 200 characters
 * @returns whether that is news
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

/** Notes that WhatsApp takes a number's access token again. @returns whether that is news */
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

/** The company's numbers whose access token WhatsApp refuses, the first refused first. */
export async function listRefusedAccounts({
  db,
  companyId,
}: CompanyScope): Promise<RefusedAccount[]> {
  const rows = await db
    .select({
      phoneNumberId: whatsappAccounts.phoneNumberId,
      name: whatsappAccounts.name,
      since: whatsappAccounts.tokenRefusedAt,
      reason: whatsappAccounts.tokenRefusedReason,
    })
    .from(whatsappAccounts)
    .where(
      and(eq(whatsappAccounts.companyId, companyId), isNotNull(whatsappAccounts.tokenRefusedAt)),
    )
    .orderBy(asc(whatsappAccounts.tokenRefusedAt), asc(whatsappAccounts.id));
  return rows.flatMap(({ since, reason, ...row }) =>
    since ? { ...row, since, reason: reason ?? "" } : [],
  );
}

function account(companyId: number, phoneNumberId: string) {
  return and(
    eq(whatsappAccounts.companyId, companyId),
    eq(whatsappAccounts.phoneNumberId, phoneNumberId),
  );
}
