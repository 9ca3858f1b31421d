import pino from "pino";
import { env } from "./env.server.ts";
import { errorDetails } from "./error-details.ts";

/**
 * One JSON line an event, on standard output: `log.info({ event: "media.fetched", … })`.
 * Callers name an event and ids, never a person's words; what could carry a secret is redacted
 * here as a second wall.
 */
export const log = pino({
  level: env.LOG_LEVEL,
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: errorDetails },
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
});
