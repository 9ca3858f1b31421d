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
    message: error instanceof DrizzleQueryError ? `Failed query: ${error.query}` : error.message,
    ...("code" in error && typeof error.code === "string" ? { code: error.code } : {}),
    frames: framesOf(error),
    ...(error.cause === undefined ? {} : { cause: errorDetails(error.cause) }),
  };
}

function framesOf({ stack = "", message }: Error): string[] {
  const frames = stack.slice(stack.indexOf(message) + message.length);
  return frames
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith("at "));
}
