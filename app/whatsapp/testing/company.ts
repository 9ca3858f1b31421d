import type { Db } from "#db/open.server.ts";
import { companies, whatsappAccounts } from "#db/schema.ts";

/** Adds a company with one WhatsApp account for each phone_number_id. */
export async function addCompany(
  db: Db,
  ...phoneNumberIds: string[]
): Promise<{ companyId: number; accountIds: number[] }> {
  const [company] = await db
    .insert(companies)
    .values({ name: "Acme" })
    .returning({ id: companies.id });
  if (!company) throw new Error("The company was not added.");
  const accounts = await db
    .insert(whatsappAccounts)
    .values(
      phoneNumberIds.map((phoneNumberId) => ({
        companyId: company.id,
        phoneNumberId,
        displayPhoneNumber: "+1 555 010 9999",
        name: "Support",
      })),
    )
    .returning({ id: whatsappAccounts.id });
  return { companyId: company.id, accountIds: accounts.map(({ id }) => id) };
}

let lastNumber = 106540352250000;

/** A phone_number_id that no other caller in this test file gets. */
export function newNumber(): string {
  lastNumber += 1;
  return String(lastNumber);
}

/** Adds a company with the given phone_number_ids, or with one new one. */
export async function newCompany(db: Db, ...numbers: string[]) {
  const own = numbers.length > 0 ? numbers : [newNumber()];
  return { ...(await addCompany(db, ...own)), number: own[0] ?? "" };
}
