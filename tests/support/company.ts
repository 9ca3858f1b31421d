import type { Db } from "#db/open.server.ts";
import * as rows from "./rows.server.ts";

/** Adds a company with one WhatsApp account for each phone_number_id. */
export async function addCompany(
  db: Db,
  ...phoneNumberIds: string[]
): Promise<{ companyId: number; accountIds: number[] }> {
  const scope = await rows.addCompany(db);
  const accountIds: number[] = [];
  for (const phoneNumberId of phoneNumberIds) {
    accountIds.push((await rows.addAccount(scope, [], { phoneNumberId })).id);
  }
  return { companyId: scope.companyId, accountIds };
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
