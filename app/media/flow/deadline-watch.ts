import { type Deadlines, type Overdue, overdue } from "./deadlines.ts";

const INTERVAL_MS = 500;

/** Whom a transfer waits for: WhatsApp, or the person's browser. */
type Awaited = "upstream" | "client";

/**
 * Looks twice a second whether a transfer has met a deadline, from this call on.
 *
 * @param options.now in milliseconds
 * @param options.hasBegun whether a byte has come
 * @param options.isReopening while a broken body is opened again, which has deadlines of its own
 * @param options.onOverdue is told at every look while it is so
 */
export function createDeadlineWatch(options: {
  deadlines: Deadlines;
  now: () => number;
  hasBegun(): boolean;
  isReopening(): boolean;
  onOverdue(late: Overdue): void;
}) {
  const { deadlines, now } = options;
  const startedAt = now();
  let since = startedAt;
  let waitingFor: Awaited = "upstream";
  const timer = setInterval(check, INTERVAL_MS);

  return {
    waitFor(whom: Awaited): void {
      waitingFor = whom;
      since = now();
    },

    isWaitingFor: (whom: Awaited) => waitingFor === whom,

    /** Begins to wait anew for whom it waits for. */
    restart(): void {
      since = now();
    },

    /** Since when nothing has come from WhatsApp; undefined while nothing is to come. */
    upstreamSince: () => (waitingFor === "upstream" ? since : undefined),

    stop: () => clearInterval(timer),
  };

  function check(): void {
    const age = now() - startedAt;
    const idle = now() - since;
    const awaited = options.isReopening() ? "rest" : waitingFor;
    const late = overdue({ age, idle, waitingFor: awaited, begun: options.hasBegun() }, deadlines);
    if (late) options.onOverdue(late);
  }
}
