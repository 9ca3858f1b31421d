import type { SQL } from "drizzle-orm";
import type { Db } from "#db/open.server.ts";
import type { Selection } from "./selection.server.ts";

/**
 * Runs SQL that the query builder can't say.
 *
 * @param selection what the query's rows are of: `query` selects its `list`, and nothing else
 * @returns the rows; without a selection as the driver gives them, which is for counting them
 */
export async function rows<Row extends object>(
  db: Db,
  selection: Selection<Row>,
  query: SQL,
): Promise<Row[]>;
export async function rows(db: Db, query: SQL): Promise<object[]>;
export async function rows(
  db: Db,
  first: Selection<object> | SQL,
  query = first as SQL,
): Promise<object[]> {
  // The two drivers answer in two shapes.
  const result: unknown = await db.execute(query);
  return Array.isArray(result) ? result : (result as { rows: object[] }).rows;
}
