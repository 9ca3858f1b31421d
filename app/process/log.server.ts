import pino, { type DestinationStream } from "pino";
import { env } from "./env.server.ts";
import { errorDetails } from "./error-details.ts";

/**
 * One JSON line an event, on standard output: `log.info({ event: "media.fetched", … })`.
 * Callers name an event and ids, never a person's words; what could carry a secret is redacted
 * here as a second wall.
 */
export const log = createLog(env.LOG_LEVEL);

/** @param destination default standard output */
export function createLog(level: string, destination?: DestinationStream) {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: errorDetails },
      // Of an error under this key, pino copies the message to `msg`: a failed query's has its
      // parameters. So no line uses it; errors stand under `err`.
      errorKey: "unusedErrorKey",
      formatters: { level: (level) => ({ level }) },
      redact: {
        paths: [
          "authorization",
          "cookie",
          "password",
          "token",
          "*.authorization",
          "*.cookie",
          "*.password",
          "*.token",
        ],
        censor: "[redacted]",
      },
    },
    destination,
  );
}
