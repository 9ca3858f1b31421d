import { RateLimiterRes } from "rate-limiter-flexible";
import { networkOf } from "#app/auth/network.ts";
import { createRateLimiter } from "#app/models/sessions/rate-limiter.server.ts";
import { env } from "#app/process/env.server.ts";
import { isSetupCode } from "./setup-code.ts";

const HOUR_S = 60 * 60;
const TRIES = 5;

const tries = createRateLimiter("setup", TRIES, HOUR_S);

/**
 * Looks at the setup code that somebody typed. Each try counts before that, so that many at once are
 * counted too.
 *
 * @param address the client's
 * @returns why it isn't taken, for them; undefined when it is right
 */
export async function codeRefusal(
  typed: string,
  address: string,
): Promise<{ status: 403 | 429; error: string } | undefined> {
  try {
    await tries.consume(networkOf(address));
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const minutes = Math.ceil(error.msBeforeNext / 60_000);
    const unit = minutes === 1 ? "minute" : "minutes";
    return { status: 429, error: `Too many tries. Try again in ${minutes} ${unit}.` };
  }
  if (isSetupCode(typed, env.SESSION_SECRET[0] as string)) return undefined;
  const error =
    'The setup code is wrong. It is in the log of the server, in the line "setup.offered".';
  return { status: 403, error };
}
