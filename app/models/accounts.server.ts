import { eq } from "drizzle-orm";
import type { Db } from "#db/open.server.ts";
import { whatsappAccounts } from "#db/schema.ts";

export interface Account {
  companyId: number;
  id: number;
}

/**
 * Whose number a webhook is about. It takes no company, because it is how one is found: a
 * phone_number_id is unique in the installation.
 */
export async function findAccountByPhoneNumberId(
  db: Db,
  phoneNumberId: string,
): Promise<Account | undefined> {
  const [account] = await db
    .select({ companyId: whatsappAccounts.companyId, id: whatsappAccounts.id })
    .from(whatsappAccounts)
    .where(eq(whatsappAccounts.phoneNumberId, phoneNumberId));
  return account;
}
