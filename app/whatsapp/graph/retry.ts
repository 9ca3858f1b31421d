import { setTimeout } from "node:timers/promises";
import { ConnectionCut, GraphError } from "./graph-error.ts";

const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 200;
/** Somebody waits for the answer: a call that failed this late is not made again. */
const GIVE_UP_AFTER_MS = 5_000;

export interface RetryOptions {
  random?: () => number;
  now?: () => number;
  sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

export type Retry = ReturnType<typeof createRetry>;

/**
 * Makes a call again while WhatsApp is unavailable: three times at most, after growing pauses of
 * random length, so that many failed calls don't come back all at once. After a connection that was
 * cut, which may only have been idle for too long, the first pause is left out. A timeout is not
 * tried again, because whoever waits has waited long enough.
 */
export function createRetry({
  random = Math.random,
  now = Date.now,
  sleep = (ms, signal) => setTimeout(ms, undefined, { signal }),
}: RetryOptions = {}) {
  return async function retry<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const startedAt = now();
    for (let attempt = 1; ; attempt++) {
      try {
        return await call();
      } catch (error) {
        const unavailable = error instanceof GraphError && error.kind === "unavailable";
        const late = now() - startedAt > GIVE_UP_AFTER_MS;
        if (!unavailable || attempt === ATTEMPTS || late || signal.aborted) throw error;
        if (attempt === 1 && error instanceof ConnectionCut) continue;
        await sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + random() / 2), signal);
      }
    }
  };
}
