import type { BodyReader } from "#app/whatsapp/files/download.ts";
import type { FileBody } from "./open-media.server.ts";
import type { Window } from "./window.ts";

/** What a body does beside handing out its bytes. */
export interface Around {
  /** Opens the window that begins at a byte. */
  next(at: number, signal: AbortSignal): Promise<Window>;
  /** Hears of each chunk in passing. */
  seen(chunk: Buffer, at: number): void;
  /** Is given each window when reading it has ended. */
  left(window: Window): void;
}

/**
 * A stretch of a file as one body, however many windows it takes. The next is opened when the one
 * before has been taken whole, so that a reader who leaves has cost no more.
 *
 * @param stretch first: its first byte, in the window or behind what waits there; end: behind its
 *   last byte, undefined where nobody knows
 */
export function createSpanningBody(
  window: Window,
  { first, end }: { first: number; end: number | undefined },
  around: Around,
): FileBody {
  let current = window;
  let position = first;
  let outer: BodyReader | undefined;
  let paused = false;
  /** Whether the window has been taken whole and the next is wanted. */
  let between = false;
  let opening: AbortController | undefined;
  let left = false;

  const inner: BodyReader = { data, end: windowEnded, error: (error) => outer?.error(error) };

  return {
    read(reader) {
      outer = reader;
      if (position === end) reader.end();
      else current.attach(inner);
    },
    pause() {
      paused = true;
      if (!between) current.pause();
    },
    resume() {
      paused = false;
      if (left || !outer) return;
      if (!between) current.resume();
      else if (!opening) void openNext();
    },
    unread(chunks) {
      for (const { length } of chunks) position -= length;
      current.detach(chunks);
    },
    giveUp() {
      if (!left) current.breakOff();
      leave();
    },
    destroy: leave,
  };

  function data(arrived: Buffer): void {
    const place = current.position - arrived.length;
    if (current.end !== undefined && current.position > current.end) {
      outer?.error(new Error("more bytes came than were asked for"));
      return;
    }
    // More than the whole file is for the reader to refuse.
    const isPart = end !== undefined && current.end !== undefined && end < current.end;
    const until = isPart ? Math.min(arrived.length, end - place) : arrived.length;
    const chunk = arrived.subarray(Math.max(0, position - place), until);
    if (isPart && current.position >= end) current.detach([arrived.subarray(until)]);
    if (chunk.length === 0) return;
    around.seen(chunk, position);
    position += chunk.length;
    outer?.data(chunk);
    if (isPart && position === end) outer?.end();
  }

  function windowEnded(): void {
    const isShort = current.end !== undefined && current.position < current.end;
    if (isShort || end === undefined || position >= end) outer?.end();
    else {
      between = true;
      if (!paused) void openNext();
    }
  }

  async function openNext(): Promise<void> {
    opening = new AbortController();
    const before = current;
    try {
      current = await around.next(position, opening.signal);
      if (!left) around.left(before);
    } catch (error) {
      opening = undefined;
      if (!left) outer?.error(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    opening = undefined;
    between = false;
    if (left) {
      // Whoever would have closed it has been here.
      current.breakOff();
      around.left(current);
    } else {
      current.attach(inner);
    }
    if (paused) current.pause();
  }

  function leave(): void {
    if (left) return;
    left = true;
    outer = undefined;
    opening?.abort(new Error("no longer wanted"));
    current.detach();
    around.left(current);
  }
}
