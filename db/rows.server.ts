import type { SQL } from "drizzle-orm";
import type { Db } from "./open.server.ts";

/**
 * Runs SQL that the query builder can't say.
 *
 * @returns the rows, whose columns are named and typed as the database gives them: a bigint may be text
 */
export async function rows<T extends object>(db: Db, query: SQL): Promise<T[]> {
  // The two drivers answer in two shapes.
  const result: unknown = await db.execute(query);
  return (Array.isArray(result) ? result : (result as { rows: T[] }).rows) as T[];
}
