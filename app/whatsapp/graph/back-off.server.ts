import { log } from "#app/process/log.server.ts";
import { GraphError } from "./graph-error.ts";

const FIRST_PAUSE_S = 5;
/** However long WhatsApp asks for, a number is tried again after this. */
const LONGEST_PAUSE_S = 15 * 60;
const MAX_REMEMBERED = 10_000;

export type BackOff = ReturnType<typeof createBackOff>;

/**
 * Leaves a business number alone that WhatsApp has throttled: calls fail here, without being made,
 * until the pause is over. A number that is throttled again and again is left alone for longer.
 */
export function createBackOff(now: () => number = Date.now, random: () => number = Math.random) {
  const paused = new Map<string, { until: number; times: number }>();

  /**
   * Makes a call for a number, unless it is to be left alone.
   *
   * @throws {GraphError} throttled, with the seconds that are left, or what the call throws
   */
  return async function guarded<T>(phoneNumberId: string, call: () => Promise<T>): Promise<T> {
    const before = paused.get(phoneNumberId);
    if (before && before.until > now()) {
      const left = Math.ceil((before.until - now()) / 1000);
      throw new GraphError("throttled", "the number is left alone for a while", left);
    }
    try {
      const result = await call();
      // A call that was under way when another was throttled says nothing about the time since.
      if (paused.get(phoneNumberId) === before) paused.delete(phoneNumberId);
      return result;
    } catch (error) {
      if (!(error instanceof GraphError) || error.kind !== "throttled") throw error;
      const seconds = pause(phoneNumberId, error.retryAfterSeconds);
      throw new GraphError("throttled", error.message, seconds);
    }
  };

  /**
   * Calls that are throttled together count once.
   *
   * @returns the seconds that are left
   */
  function pause(phoneNumberId: string, asked: number | undefined): number {
    const before = paused.get(phoneNumberId) ?? { until: 0, times: 0 };
    const times = before.until > now() ? before.times : before.times + 1;
    const own = FIRST_PAUSE_S * 2 ** Math.min(times - 1, 10) * (0.5 + random() / 2);
    const seconds = Math.ceil(Math.min(asked ?? own, LONGEST_PAUSE_S));
    const until = Math.max(before.until, now() + seconds * 1000);
    paused.delete(phoneNumberId);
    paused.set(phoneNumberId, { until, times });
    log.warn({ event: "whatsapp.throttled", phoneNumberId, seconds });
    const [oldest] = paused.keys();
    if (paused.size > MAX_REMEMBERED && oldest !== undefined) paused.delete(oldest);
    return Math.ceil((until - now()) / 1000);
  }
}
