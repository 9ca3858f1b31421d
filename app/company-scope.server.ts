import { forCompany } from "#db/client.server.ts";
import type { CompanyScope } from "./models/scope.server.ts";

/** @param companyId from a signed cookie or the database, or beside a token that is then looked for in that company: never from what a browser typed */
export function companyScope(companyId: number): CompanyScope {
  return { companyId, db: forCompany(companyId) };
}
