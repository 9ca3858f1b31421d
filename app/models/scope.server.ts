import type { Db } from "#db/open.server.ts";

/**
 * One company's view of the database: the first argument of every model function, so that none
 * can be called without saying for which company.
 */
export interface CompanyScope {
  readonly companyId: number;
  readonly db: Db;
}
