import { sql } from "drizzle-orm";
import type { Db } from "#db/open.server.ts";

/**
 * One company's view of the database: the first argument of every model function, so that none
 * can be called without saying for which company.
 */
export interface CompanyScope {
  readonly companyId: number;
  readonly db: Db;
}

/**
 * Lets a transaction that began without a company, such as the one that makes it, go on as that
 * company's.
 */
export async function enterCompany(tx: Db, companyId: number): Promise<CompanyScope> {
  await tx.execute(sql`select set_config('tapview.company_id', ${String(companyId)}, true)`);
  return { companyId, db: tx };
}
