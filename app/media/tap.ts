import type { MediaGrant } from "./access.server.ts";
import type { Fetch } from "./fetch.server.ts";
import { type FailureKind, isFailureKind } from "./file/failure.ts";
import { createExpiringMap } from "./source/expiring-map.ts";

/** A page that promises a file has its browser ask for it at once. */
const PARKED_MS = 10_000;
const REMEMBERED_MS = 60_000;

/** One tap of one person on one file: `t` is the stamp in the address that the tap leads to. */
export function tapOf({ viewer, pointer }: MediaGrant, t: string | number): string {
  return `${pointer.companyId} ${viewer.id} ${pointer.mediaId} ${t}`;
}

/**
 * What this process knows of recent taps, in memory only. A page that shows a file has opened it
 * before promising it, and the browser's own request then takes over what is open instead of asking
 * WhatsApp again. And an element that failed can't tell why, so its page asks again for the reason.
 */
export function createTaps() {
  const parked = new Map<string, Parked>();
  const failures = createExpiringMap<FailureKind>();

  return { park, take, noteOutcome, failureOf: (tap: string) => failures.get(tap) };

  /** @param abort ends the fetch if nobody takes it in time */
  function park(tap: string, fetch: Fetch, range: string | undefined, abort: () => void): void {
    parked.get(tap)?.abort();
    const drop = () => {
      clearTimeout(timer);
      if (parked.get(tap) === entry) parked.delete(tap);
      abort();
    };
    const timer = setTimeout(drop, PARKED_MS);
    const entry = { fetch, range, abort: drop, timer };
    parked.set(tap, entry);
  }

  /** Hands a parked fetch over, once; one of another part of the file is ended. */
  function take(tap: string, range: string | undefined): Parked | undefined {
    const entry = parked.get(tap);
    if (!entry) return undefined;
    clearTimeout(entry.timer);
    parked.delete(tap);
    if (entry.range === range) return entry;
    entry.abort();
    return undefined;
  }

  /** @param outcome a failure's kind is remembered, anything else is not */
  function noteOutcome(tap: string, outcome: string): void {
    if (isFailureKind(outcome)) failures.set(tap, outcome, Date.now() + REMEMBERED_MS);
  }
}

interface Parked {
  fetch: Fetch;
  range: string | undefined;
  abort: () => void;
  timer: NodeJS.Timeout;
}

export const taps = createTaps();
