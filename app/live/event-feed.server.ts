import type { Writable } from "node:stream";

const HEARTBEAT_MS = 20_000;
const MIN_INTERVAL_MS = 1_000;
/** What is known of the reader's rights for longer than this is nothing to go by. */
const CONFIRMED_MS = 5_000;
/** Beyond it the reader is better off to read everything again. */
const MAX_CONVERSATIONS = 100;
const RETRY_MIN_MS = 2_000;
const RETRY_SPREAD_MS = 6_000;

/** What one reader of /events is told. */
export interface EventFeed {
  changed(conversationId: number): void;
  /** Anything may have changed. */
  resync(): void;
  /** The reader may still see what they could at the start. */
  confirm(): void;
  end(): void;
}

/**
 * Writes server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html):
 * "change" with the ids of conversations, at most once a second, and "resync", with which it begins.
 *
 * @param stream ended by `end`; destroyed when its reader doesn't read
 */
export function createEventFeed(stream: Writable): EventFeed {
  let pending = new Set<number>();
  let isResyncPending = false;
  let sentAt = Number.NEGATIVE_INFINITY;
  let confirmedAt = Date.now();
  let timer: NodeJS.Timeout | undefined;
  let lastId = 0;
  const heartbeat = setInterval(() => write(":\n\n"), HEARTBEAT_MS);
  stream.once("close", () => {
    clearInterval(heartbeat);
    clearTimeout(timer);
  });
  // The next connection is not made by all readers at once. The id has the browser say that it is one.
  write(`retry: ${Math.round(RETRY_MIN_MS + Math.random() * RETRY_SPREAD_MS)}\n`);
  resync();

  return {
    changed(conversationId) {
      pending.add(conversationId);
      if (pending.size > MAX_CONVERSATIONS) isResyncPending = true;
      send();
    },
    resync,
    confirm() {
      confirmedAt = Date.now();
      if (isResyncPending || pending.size > 0) send();
    },
    end() {
      clearInterval(heartbeat);
      stream.end();
    },
  };

  function resync(): void {
    isResyncPending = true;
    send();
  }

  function send(): void {
    if (timer) return;
    const now = Date.now();
    if (now - confirmedAt > CONFIRMED_MS) return;
    const waitMs = sentAt + MIN_INTERVAL_MS - now;
    if (waitMs > 0) {
      timer = setTimeout(() => {
        timer = undefined;
        send();
      }, waitMs);
      return;
    }
    const event = isResyncPending ? "resync" : "change";
    const data = isResyncPending ? {} : { conversations: [...pending] };
    pending = new Set();
    isResyncPending = false;
    sentAt = now;
    write(`event: ${event}\nid: ${++lastId}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  function write(text: string): void {
    if (stream.writable && !stream.write(text)) stream.destroy(new Error("It is not read."));
  }
}
