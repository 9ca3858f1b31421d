import { DrizzleQueryError } from "drizzle-orm/errors";

/** SQLSTATE classes 22, data exception, and 23, integrity constraint violation; 54, a limit exceeded. */
const DATA_ERROR = /^(22|23|54)[0-9A-Z]{3}$/;

/**
 * The SQLSTATE of an error that the data itself caused, so that the same data would fail again.
 *
 * @returns undefined for everything else, such as a lost connection
 */
export function dataErrorCode(error: unknown): string | undefined {
  const code = databaseErrorCode(error);
  return code && DATA_ERROR.test(code) ? code : undefined;
}

/**
 * The code of an error that came from the database or from the way to it: a SQLSTATE, or a
 * connection's code such as ECONNREFUSED. Safe to log: an error's message holds the query's values.
 *
 * @returns undefined when the error is a fault of our own
 */
export function databaseErrorCode(error: unknown): string | undefined {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (typeof code === "string" && !code.startsWith("ERR_")) return code;
  return error instanceof DrizzleQueryError ? "unknown" : undefined;
}
