import type { InboxListener } from "./inbox-event.ts";

const FIRST_RETRY_MS = 5_000;
const LAST_RETRY_MS = 60_000;

/**
 * Reads /events for as long as it takes. A connection that breaks is made again by the browser, one
 * that is refused by us; each begins with a resync.
 *
 * @returns closes it
 */
export function openEventSource(listener: InboxListener): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let refusals = 0;
  connect();
  return () => {
    clearTimeout(timer);
    source.close();
  };

  function connect(): void {
    source = new EventSource("/events");
    source.onopen = () => {
      refusals = 0;
    };
    source.addEventListener("change", ({ data }) => {
      listener({ kind: "change", conversations: JSON.parse(data).conversations });
    });
    source.addEventListener("resync", () => listener({ kind: "resync" }));
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED) return;
      // Nobody is told why. A page that is loaded again learns whether its reader is signed out.
      if (refusals === 0) listener({ kind: "resync" });
      timer = setTimeout(connect, retryMs(refusals++));
    };
  }
}

/** Later each time, and not in all browsers at once. */
function retryMs(refusals: number): number {
  const longest = Math.min(FIRST_RETRY_MS * 2 ** refusals, LAST_RETRY_MS);
  return longest * (0.5 + Math.random() / 2);
}
