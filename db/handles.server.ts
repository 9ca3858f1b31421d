import { is } from "drizzle-orm";
import { type PgDatabase, type PgQueryResultHKT, PgTransaction } from "drizzle-orm/pg-core";
import { companySetting, type Duty, dutySetting, OWNER_SETTING } from "./roles.ts";
import type * as schema from "./schema.ts";

const MAX_KEPT = 1_000;

/** A database handle, or a transaction of one: the same on PostgreSQL and on the embedded PGlite. */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

/** A handle with a duty's role, which also leads to the company that it found. */
export type DutyDb = Db & { forCompany(companyId: number): Db };

export interface Handles {
  /** Of no company: it finds no company's rows. */
  db: Db;
  /** Sees and writes the rows of one company, whatever it is asked. */
  forCompany(companyId: number): Db;
  forDuty(duty: Duty): DutyDb;
  /** Past row-level security, where the login may: for tests, benchmarks and the demo, never for the app. */
  forOwner(): DutyDb;
}

/**
 * Handles of one database that differ in what their transactions begin with.
 *
 * @param open gives the handle whose queries and transactions each begin with these statements
 */
export function createHandles(open: (settings?: string) => Db): Handles {
  const kept = new Map<string, Db>();

  function handle(settings: string): Db {
    const known = kept.get(settings) ?? open(settings);
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(settings, known);
    return known;
  }

  const forCompany = (companyId: number) => handle(companySetting(companyId));
  return {
    db: open(),
    forCompany,
    forDuty: (duty) => Object.assign(handle(dutySetting(duty)), { forCompany }),
    forOwner: () => Object.assign(handle(OWNER_SETTING), { forCompany }),
  };
}

/** Does work whose failure leaves a surrounding transaction, if there is one, usable. */
export function isolated<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  return is(db, PgTransaction) ? db.transaction(work) : work(db);
}
