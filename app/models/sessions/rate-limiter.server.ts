import { RateLimiterDrizzle } from "rate-limiter-flexible";
import { forDuty } from "#app/process/database.server.ts";
import { rateLimits } from "#db/schema.ts";

/**
 * Counts in the database, for all processes together. Of no company, because it counts what people
 * do who have not signed in yet. A window begins with its first point and ends on time, however
 * often it is tried meanwhile.
 *
 * @param points how many a key has in a window
 */
export function createRateLimiter(name: string, points: number, seconds: number) {
  return new RateLimiterDrizzle({
    storeClient: forDuty("sign_in"),
    schema: rateLimits,
    keyPrefix: name,
    points,
    duration: seconds,
    // Housekeeping does that.
    clearExpiredByTimeout: false,
  });
}
