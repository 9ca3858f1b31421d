import { is, sql } from "drizzle-orm";
import { PgTransaction } from "drizzle-orm/pg-core";
import type { Db, DutyDb } from "#db/handles.server.ts";

/**
 * One company's view of the database: the first argument of every model function, so that none
 * can be called without saying for which company.
 */
export interface CompanyScope {
  readonly companyId: number;
  /** Row-level security hides from it the rows of all other companies. */
  readonly db: Db;
}

/** Inside one, statements may be of one company after the other. */
export type DutyTransaction = Db;

/**
 * Goes on in a company that a duty has found, or made.
 *
 * @param db a duty's handle, or a transaction of it: that one is the company's from here on
 */
export async function enterCompany(
  db: DutyDb | DutyTransaction,
  companyId: number,
): Promise<CompanyScope> {
  if (!is(db, PgTransaction) && "forCompany" in db) {
    return { companyId, db: db.forCompany(companyId) };
  }
  await db.execute(sql`select set_config('tapview.company_id', ${String(companyId)}, true)`);
  return { companyId, db };
}
