import { eq, sql } from "drizzle-orm";
import type { DutyDb } from "#db/handles.server.ts";
import { whatsappAccounts } from "#db/schema.ts";
import type { DutyTransaction } from "../scope.server.ts";

/**
 * Whose number a webhook is about. It takes no company, because it is how one is found: a
 * phone_number_id is unique in the installation.
 *
 * @param db of the duty "webhook", whose role sees no other number than this one
 * @returns undefined for a number that is nobody's
 */
export function findCompanyOfNumber(
  db: DutyDb | DutyTransaction,
  phoneNumberId: string,
): Promise<number | undefined> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('tapview.phone_number_id', ${phoneNumberId}, true)`);
    const [account] = await tx
      .select({ companyId: whatsappAccounts.companyId })
      .from(whatsappAccounts)
      .where(eq(whatsappAccounts.phoneNumberId, phoneNumberId));
    return account?.companyId;
  });
}
