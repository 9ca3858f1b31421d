import { DrizzleQueryError } from "drizzle-orm/errors";

/** What the log says about an error. */
export interface ErrorDetails {
  name: string;
  message: string;
  code?: string;
  frames?: string[];
  cause?: ErrorDetails;
}

/**
 * An error without what people wrote: a failed query's message, stack and properties carry its
 * parameters, so only the statement, the cause and the stack's frames are kept.
 */
export function errorDetails(error: unknown): ErrorDetails {
  if (!(error instanceof Error)) return { name: typeof error, message: "not an Error was thrown" };
  return {
    name: error.name,
    message: error instanceof DrizzleQueryError ? `Failed query: ${error.query}` : messageOf(error),
    ...(codeOf(error) === undefined ? {} : { code: codeOf(error) }),
    frames: framesOf(error),
    ...(error.cause === undefined ? {} : { cause: errorDetails(error.cause) }),
  };
}

/** PostgreSQL quotes a value that it can't take (class 22, "data exception"). */
function messageOf(error: Error): string {
  return codeOf(error)?.startsWith("22") ? error.message.replace(/".*"/gs, '"…"') : error.message;
}

function codeOf(error: Error): string | undefined {
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function framesOf({ stack = "", message }: Error): string[] {
  const frames = stack.slice(stack.indexOf(message) + message.length);
  return frames
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith("at "));
}
