import { networkOf } from "#app/auth/network.ts";
import { countTry, ThrottledError } from "#app/auth/throttle.server.ts";
import { createRateLimiter } from "#app/models/sessions/rate-limiter.server.ts";
import { env } from "#app/process/env.server.ts";
import { isSetupCode } from "./setup-code.ts";

const HOUR_S = 60 * 60;
const TRIES = 5;

const tries = createRateLimiter("setup", TRIES, HOUR_S);

/**
 * Looks at the setup code that somebody typed, unless they have tried too often.
 *
 * @param address the client's
 * @returns why it isn't taken, for them; undefined when it is right
 */
export async function codeRefusal(
  typed: string,
  address: string,
): Promise<{ error: string; init: ResponseInit } | undefined> {
  try {
    await countTry(tries, networkOf(address), "setup codes");
  } catch (error) {
    if (!(error instanceof ThrottledError)) throw error;
    return { error: error.message, init: error.init };
  }
  if (isSetupCode(typed, env.SESSION_SECRET[0] as string)) return undefined;
  const error =
    'The setup code is wrong. It is in the log of the server, in the line "setup.offered".';
  return { error, init: { status: 403 } };
}
