import { type Account, listAccounts } from "#app/models/numbers/accounts.server.ts";
import { findCompanies } from "#app/models/people/companies.server.ts";
import { findPersonByEmail, type Person } from "#app/models/people/people.server.ts";
import { RefusedChangeError } from "#app/models/refused-change.ts";
import type { CompanyScope } from "#app/models/scope.server.ts";
import { type Options, optionOf, type Surroundings } from "./command.ts";

/** @throws {RefusedChangeError} no company, or several, are called what --company says */
export async function namedCompany(
  { database }: Surroundings,
  options: Options,
): Promise<CompanyScope> {
  const called = optionOf(options, "company") ?? "";
  const [company, ...others] = await findCompanies(database.forDuty("setup"), called);
  if (!company) {
    throw new RefusedChangeError(
      `There is no company ${called}. "npm run admin -- company list" shows those there are.`,
    );
  }
  if (others.length > 0) {
    const ids = [company, ...others].map(({ id }) => id).join(", ");
    throw new RefusedChangeError(
      `Several companies are called ${called}. Say which by id: ${ids}.`,
    );
  }
  return { companyId: company.id, db: database.forCompany(company.id) };
}

/** @throws {RefusedChangeError} nobody of the company has the address that --email says */
export async function namedPerson(scope: CompanyScope, options: Options): Promise<Person> {
  const email = optionOf(options, "email") ?? "";
  const person = await findPersonByEmail(scope, email);
  if (!person) throw new RefusedChangeError(`Nobody of this company has the address ${email}.`);
  return person;
}

/** @throws {RefusedChangeError} the company has no number with this phone number ID */
export async function namedAccount(scope: CompanyScope, phoneNumberId: string): Promise<Account> {
  const accounts = await listAccounts(scope);
  const account = accounts.find((account) => account.phoneNumberId === phoneNumberId);
  if (!account) throw new RefusedChangeError(`This company has no number ${phoneNumberId}.`);
  return account;
}
