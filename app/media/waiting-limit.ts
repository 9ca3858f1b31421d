import { MediaFailure } from "./file/failure.ts";

/**
 * A browser opens six connections to one host over HTTP/1.1. When files that don't come hold them
 * all, not even the list of conversations loads any more.
 */
const MAX_WAITING = 4;
/** Who holds more speaks HTTP/2, or is a program, and has connections left. */
const BROWSER_CONNECTIONS = 6;
const MAX_WAIT_MS = 4_000;
const CHECK_EVERY_MS = 1_000;

/** One fetch of a file, as long as it lasts. */
export interface Work {
  /** Aborts with the person's own signal, or when this fetch is given up. */
  signal: AbortSignal;
  /** Since when WhatsApp is waited for, in milliseconds since 1970. */
  waitingSince: () => number | undefined;
  end(): void;
}

/** Gives up a person's longest waits for WhatsApp while there are more than a few of them. */
export function createWaitingLimit(now: () => number = Date.now) {
  const people = new Map<string, Set<Work & { giveUp: () => void }>>();
  let timer: NodeJS.Timeout | undefined;

  return { begin, check };

  function begin(person: { companyId: number; userId: number }, left: AbortSignal): Work {
    const key = `${person.companyId} ${person.userId}`;
    const works = people.get(key) ?? new Set();
    people.set(key, works);
    const controller = new AbortController();
    const leave = () => controller.abort(left.reason);
    left.addEventListener("abort", leave, { once: true });
    if (left.aborted) leave();
    const startedAt = now();
    const work = {
      signal: controller.signal,
      waitingSince: (): number | undefined => startedAt,
      giveUp() {
        const detail = `more than ${MAX_WAITING} of the person's files don't come`;
        controller.abort(new MediaFailure("timeout", { detail }));
      },
      end() {
        left.removeEventListener("abort", leave);
        works.delete(work);
        if (works.size === 0 && people.get(key) === works) people.delete(key);
        if (people.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      },
    };
    works.add(work);
    timer ??= setInterval(check, CHECK_EVERY_MS).unref();
    return work;
  }

  function check(): void {
    for (const works of people.values()) {
      if (works.size <= MAX_WAITING || works.size > BROWSER_CONNECTIONS) continue;
      const before = now() - MAX_WAIT_MS;
      const waiting = [...works]
        .map((work) => ({ work, since: work.waitingSince() ?? Number.POSITIVE_INFINITY }))
        .filter(({ since }) => since < before)
        .sort((a, b) => a.since - b.since);
      for (const { work } of waiting.slice(0, Math.max(0, waiting.length - MAX_WAITING))) {
        work.giveUp();
      }
    }
  }
}

export const waitingLimit = createWaitingLimit();
