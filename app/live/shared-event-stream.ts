import { openEventSource } from "./event-source.ts";
import type { InboxEvent, InboxListener } from "./inbox-event.ts";

const NAME = "tapview-events";
const ANSWER_MS = 1_000;

/** Between tabs: events, and whether somebody leads. */
type Word = InboxEvent | { kind: "who leads?" } | { kind: "I do" };

/**
 * Listens over one stream for all tabs of a browser, because over HTTP/1.1 it has six
 * connections for all of them: the tab that holds a lock reads it and tells the others. Where there
 * are no locks (a page that didn't come over https), each visible tab has a stream of its own.
 *
 * @returns stops listening
 */
export function subscribeToInbox(listener: InboxListener): () => void {
  return navigator.locks && window.BroadcastChannel
    ? shareStream(listener)
    : streamWhileVisible(listener);
}

function shareStream(listener: InboxListener): () => void {
  const channel = new BroadcastChannel(NAME);
  const leaving = new AbortController();
  const { signal } = leaving;
  let stopLeading: (() => void) | undefined;
  let isAnswered = false;
  channel.onmessage = ({ data: word }: MessageEvent<Word>) => {
    if (word.kind === "I do") isAnswered = true;
    else if (word.kind !== "who leads?") listener(word);
    else if (stopLeading) say({ kind: "I do" });
  };
  onVisibility(() => document.visibilityState === "visible" && void replaceSleeper(), signal);
  void waitForTurn();
  return () => {
    leaving.abort();
    stopLeading?.();
    channel.close();
  };

  async function waitForTurn(): Promise<void> {
    while (!signal.aborted) await lead({ signal });
  }

  async function lead(how: LockOptions): Promise<void> {
    const hold = () =>
      new Promise<void>((resolve) => {
        const close = openEventSource(tell);
        stopLeading = () => {
          stopLeading = undefined;
          close();
          resolve();
        };
      });
    // Rejects when another tab takes the lock away, and when this one leaves.
    await navigator.locks.request(NAME, how, hold).catch(() => stopLeading?.());
  }

  /** A phone puts hidden tabs to sleep, with their locks. */
  async function replaceSleeper(): Promise<void> {
    if (stopLeading) return;
    isAnswered = false;
    say({ kind: "who leads?" });
    await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
    if (!isAnswered && !stopLeading && !signal.aborted) await lead({ steal: true });
  }

  function tell(event: InboxEvent): void {
    listener(event);
    say(event);
  }

  function say(word: Word): void {
    if (!signal.aborted) channel.postMessage(word);
  }
}

function streamWhileVisible(listener: InboxListener): () => void {
  const leaving = new AbortController();
  let close: (() => void) | undefined;
  const follow = () => {
    if (document.visibilityState === "visible") close ??= openEventSource(listener);
    else stop();
  };
  const stop = () => {
    close?.();
    close = undefined;
  };
  onVisibility(follow, leaving.signal);
  follow();
  return () => {
    leaving.abort();
    stop();
  };
}

function onVisibility(listener: () => void, signal: AbortSignal): void {
  document.addEventListener("visibilitychange", listener, { signal });
}
