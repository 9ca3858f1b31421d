import { type RateLimiterDrizzle, RateLimiterRes } from "rate-limiter-flexible";

const MINUTE_S = 60;

/** Too many wrong tries: this one must not be looked at. The message is for the person. */
export class ThrottledError extends Error {
  override name = "ThrottledError";
  /** How an action answers it. */
  readonly init: { status: 429; headers: { "Retry-After": string } };

  /**
   * @param what was tried, such as "passwords"
   * @param seconds until it is worth trying again
   * @param isFirst whether it is the first that is refused in this window
   */
  constructor(
    what: string,
    readonly seconds: number,
    readonly isFirst: boolean,
  ) {
    super(`There were too many wrong ${what}. Wait ${waitWords(seconds)}, then try again.`);
    this.init = { status: 429, headers: { "Retry-After": String(seconds) } };
  }
}

/**
 * Counts a try, before it is looked at: those that are made at once count like those made one after
 * another.
 *
 * @param key whose try it is
 * @param what is tried, such as "passwords"
 * @throws {ThrottledError} the limit is reached; a refused try makes the wait no longer
 */
export async function countTry(
  limiter: RateLimiterDrizzle,
  key: string,
  what: string,
): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw new ThrottledError(what, seconds, refusal.consumedPoints === limiter.points + 1);
  }
}

function waitWords(seconds: number): string {
  const minutes = Math.ceil(seconds / MINUTE_S);
  return minutes > 1 ? `${minutes} minutes` : "a minute";
}
