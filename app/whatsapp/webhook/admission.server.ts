import { POOL_SIZE } from "#db/config.ts";
import { createBoundedQueue, type QueueLimits } from "./bounded-queue.ts";

/** Beyond it a POST is a history or a backlog: a single message, whatever its type, is smaller. */
const BULK_BYTES = 64 * 1024;
const BULK_AT_ONCE = 2;
/** Connections that no webhook takes: people's pages need them. */
const FOR_PAGES = 2;

/**
 * Bulk POSTs have a queue of their own, so that live messages pass them; one business can't fill a
 * queue. How long Meta waits for an answer is not documented; 5 s is the least that is assumed.
 */
export const LIMITS: Record<"live" | "bulk", QueueLimits> = {
  live: {
    running: POOL_SIZE - BULK_AT_ONCE - FOR_PAGES,
    waiting: 88,
    perKey: 80,
    deadline: 5_000,
  },
  bulk: { running: BULK_AT_ONCE, waiting: 8, perKey: 8, deadline: 15_000 },
};

export type Admit = ReturnType<typeof createAdmission>;

/** @param limits others, for tests */
export function createAdmission(limits = LIMITS) {
  const live = createBoundedQueue(limits.live);
  const bulk = createBoundedQueue(limits.bulk);

  /**
   * Runs the work that a signed webhook POST asks for, unless the process has too much of it. The
   * work must be repeatable and report its own outcome: it goes on when its POST was deferred as
   * late, and Meta's retry finds it done.
   */
  return function admit<T>(body: Uint8Array, work: () => Promise<T>) {
    const queue = body.length > BULK_BYTES ? bulk : live;
    return queue(businessOf(body), work);
  };
}

/** The process's one. */
export const admit = createAdmission();

/** The id of the first entry, read without parsing the body. Meta writes it before the changes. */
function businessOf(body: Uint8Array): string {
  const beginning = Buffer.from(body.subarray(0, 512)).toString("latin1");
  return beginning.match(/"entry"\s*:\s*\[\s*\{\s*"id"\s*:\s*"([^"]+)"/)?.[1] ?? "";
}
