import { findCompanyOfNumber } from "#app/models/numbers/find-company.server.ts";
import { type CompanyScope, type DutyTransaction, enterCompany } from "#app/models/scope.server.ts";
import type { DutyDb } from "#db/handles.server.ts";

/** Our numbers, by their phone_number_id: they hardly ever move, and every webhook asks. */
const known = new Map<string, number>();

/**
 * Does work in the company that a number belongs to.
 *
 * @param db of the duty "webhook"
 * @param work gives undefined when the number is not the company's; then it is asked anew whose it is
 * @returns undefined for a number that is nobody's
 */
export async function inItsCompany<T>(
  db: DutyDb | DutyTransaction,
  phoneNumberId: string,
  work: (scope: CompanyScope) => Promise<T | undefined>,
): Promise<T | undefined> {
  const remembered = known.get(phoneNumberId);
  const done = remembered && (await work(await enterCompany(db, remembered)));
  if (done) return done;
  known.delete(phoneNumberId);
  const companyId = await findCompanyOfNumber(db, phoneNumberId);
  if (companyId === undefined) return undefined;
  known.set(phoneNumberId, companyId);
  return work(await enterCompany(db, companyId));
}
