import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/**
 * The condition that a column has one of the values. Unlike a list of parameters it is one, so that
 * the statement is the same for any number of them and can be prepared.
 */
export function anyOf(column: SQLWrapper, values: readonly string[]): SQL;
export function anyOf(column: SQLWrapper, values: readonly number[]): SQL;
export function anyOf(column: SQLWrapper, values: readonly (string | number)[]): SQL {
  const type = sql.raw(typeof values[0] === "number" ? "bigint[]" : "text[]");
  return sql`${column} = any(${sql.param(values)}::${type})`;
}
