import { createHmac } from "node:crypto";
import type { RateLimiterDrizzle } from "rate-limiter-flexible";
import { createRateLimiter } from "#app/models/sessions/rate-limiter.server.ts";
import { env } from "#app/process/env.server.ts";
import { networkOf } from "./network.ts";
import { countTry } from "./throttle.server.ts";

const QUARTER_HOUR_S = 15 * 60;
const HOUR_S = 60 * 60;

/** Of one account, from one network. */
const perPair = createRateLimiter("pair", 10, QUARTER_HOUR_S);
/** From one network, of whatever accounts: an office may share one, and arrive at the same minute. */
const perNetwork = createRateLimiter("network", 100, QUARTER_HOUR_S);
/**
 * Of one account, from wherever. Whoever reaches it keeps the owner out of browsers that don't know
 * them, so it is far from the limit of a pair: it takes a dozen networks.
 */
const perAccount = createRateLimiter("account", 120, HOUR_S);
/** Of one account, in a browser that somebody has signed in to it with before. It counts alone. */
const perDevice = createRateLimiter("device", 10, QUARTER_HOUR_S);

/** A password that somebody offers. */
export interface Guess {
  /** In lower case; there needn't be such an account. */
  email: string;
  /** The client's IP address; empty when the server in front doesn't tell. */
  address: string;
  /** The browser, when this account knows it (device-cookie.server.ts). */
  device: string | undefined;
}

/**
 * Counts a guess as wrong, until told otherwise. The same for an account that there isn't.
 *
 * @returns tell it that the password was right: then the guess doesn't count
 * @throws {ThrottledError} the limit is reached; a refused guess makes the wait no longer
 */
export async function countGuess(guess: Guess): Promise<() => Promise<void>> {
  const counted: Count[] = [];
  for (const count of countsOf(guess)) {
    try {
      await countTry(count.limiter, count.key, "passwords");
    } catch (refusal) {
      await Promise.all(counted.map(({ limiter, key }) => limiter.reward(key)));
      throw refusal;
    }
    counted.push(count);
  }
  return async () => {
    // Only what is theirs begins anew. Else whoever has an account could guess at others', and sign
    // in to their own in between.
    await Promise.all(
      counted.map(({ limiter, key, isTheirs }) =>
        isTheirs ? limiter.delete(key) : limiter.reward(key),
      ),
    );
  };
}

interface Count {
  limiter: RateLimiterDrizzle;
  key: string;
  /** Of the one person in the one place. */
  isTheirs: boolean;
}

function countsOf({ email, address, device }: Guess): Count[] {
  if (device) return [{ limiter: perDevice, key: keyOf(email, device), isTheirs: true }];
  const account = { limiter: perAccount, key: keyOf(email), isTheirs: false };
  if (!address) return [account];
  const network = networkOf(address);
  return [
    { limiter: perPair, key: keyOf(email, network), isTheirs: true },
    { limiter: perNetwork, key: keyOf(network), isTheirs: false },
    account,
  ];
}

/** With a secret, because all addresses of IPv4 can be tried against a plain hash. */
function keyOf(...parts: string[]): string {
  const [secret = ""] = env.SESSION_SECRET;
  return createHmac("sha256", secret).update(JSON.stringify(parts)).digest("base64url");
}
