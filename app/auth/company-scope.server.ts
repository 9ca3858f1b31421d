import type { CompanyScope } from "#app/models/scope.server.ts";
import { forCompany } from "#app/process/database.server.ts";

/** @param companyId from a signed cookie or the database, or beside a token that is then looked for in that company: never from what a browser typed */
export function companyScope(companyId: number): CompanyScope {
  return { companyId, db: forCompany(companyId) };
}
