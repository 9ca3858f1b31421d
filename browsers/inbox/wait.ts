import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 100;
const TIMEOUT_MS = 30_000;

/**
 * Asks again until there is an answer; a rejection, as while a page gives way to the next, is none.
 *
 * @param what named in the error
 * @throws when it is late
 */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined | null | false>,
  timeoutMs = TIMEOUT_MS,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      last = error;
    }
    await sleep(POLL_MS);
  }
  throw new Error(`${what}: not within ${timeoutMs} ms`, { cause: last });
}
