import { is } from "drizzle-orm";
import { PgTransaction } from "drizzle-orm/pg-core";
import type { Db } from "./open.server.ts";

/** Does work whose failure leaves a surrounding transaction, if there is one, usable. */
export function isolated<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  return is(db, PgTransaction) ? db.transaction(work) : work(db);
}
