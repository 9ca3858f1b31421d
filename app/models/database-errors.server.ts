import { DrizzleQueryError } from "drizzle-orm/errors";

/**
 * SQLSTATE classes 21, one row changed twice in a statement; 22, data exception; 23, integrity
 * constraint violation; 54, a limit exceeded.
 */
const DATA_ERROR = /^(21|22|23|54)[0-9A-Z]{3}$/;

/** Deadlock detected, serialization failure, and a row that another transaction added first. */
const CONFLICTS = ["40P01", "40001", "23505"];

/**
 * The SQLSTATE of an error that the data itself caused, so that the same data would fail again.
 *
 * @returns undefined for everything else, such as a lost connection
 */
export function dataErrorCode(error: unknown): string | undefined {
  const code = databaseErrorCode(error);
  return code && DATA_ERROR.test(code) && !isFatal(error) ? code : undefined;
}

/** Whether transactions were in each other's way, so that the same work may succeed now. */
export function isConflict(error: unknown): boolean {
  return CONFLICTS.includes(databaseErrorCode(error) ?? "");
}

/** Whether the database gave a statement up because it took too long: "query_canceled". */
export function isTimeout(error: unknown): boolean {
  return databaseErrorCode(error) === "57014";
}

/** Whether it ended the connection: a role that isn't there yet has the class of wrong data, too. */
function isFatal(error: unknown): boolean {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof Error && "severity" in cause && cause.severity === "FATAL";
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
