import { setTimeout as sleep } from "node:timers/promises";
import { MediaFailure } from "../file/failure.ts";
import { type RequestedRange, requestedRange } from "../file/range.ts";
import { heldBody } from "./held-body.ts";
import type { OpenMedia } from "./open-media.server.ts";
import { BYTES_PER_MS } from "./part-sizes.ts";
import { knowsRanges, type Presented, presentedPart, presentedWhole } from "./presented.ts";
import { differs, totalOf } from "./same-file.ts";
import { createSpanningBody } from "./spanning-body.ts";
import { Window } from "./window.ts";
import { WINDOW_SIZES, type WindowSizes } from "./window-sizes.ts";

const MAX_PLACES = 3;
const LEAVING_MS = 500;
/** Soon enough for whoever looks for files that don't come. */
const MOST_WAIT_MS = 2_000;

/** Opens what a Range header names; undefined for the whole file. Its signal closes it. */
export type OpenRange = (range: string | undefined, signal: AbortSignal) => Promise<OpenMedia>;

export interface ReadOptions {
  /** The whole file's length in bytes; null when WhatsApp didn't tell, and then it comes in one. */
  fileSize: number | null;
  /** The most bytes to answer with where a range names no end (RFC 9110 §15.3.7 allows a part of it). */
  partBytes?: number | undefined;
  /** Whether each further window waits until a film would have played the one before it. */
  isPaced?: boolean;
  /** Whether it is opened for a request to come. */
  isAhead?: boolean;
}

export interface ReaderOptions {
  sizes?: WindowSizes;
  /** Hears of each chunk that is read, with its first byte's place in the file. */
  seen?: (chunk: Buffer, at: number) => void;
}

export type FileReader = ReturnType<typeof createFileReader>;

/**
 * Reads one file, stretch after stretch, as the requests of one tap want it. WhatsApp is asked for
 * windows, which grow while one reads on; where the next stretch begins in what was opened for the
 * last one, it goes on there.
 */
export function createFileReader(openRange: OpenRange, options: ReaderOptions = {}) {
  const { sizes = WINDOW_SIZES, seen = () => {} } = options;
  /** Where one has read, the latest last. A player goes back and forth between two places. */
  let places: Window[] = [];
  const reading = new Set<Window>();
  let onLeft = () => {};
  let size = sizes.first;
  let tailBytes = 0;
  let closed = false;

  return { open, drop, close };

  /**
   * Opens the file, or the part of it that a Range header names.
   *
   * @param signal gives up while it opens; afterwards the body is ended by its `destroy`
   * @throws {MediaFailure} or the signal's reason
   */
  async function open(
    range: string | undefined,
    { fileSize, partBytes, isPaced = false, isAhead = false }: ReadOptions,
    signal: AbortSignal,
  ): Promise<OpenMedia> {
    // Who gets the file in parts comes back for what was on its way when it left.
    tailBytes = isAhead || partBytes !== undefined ? sizes.tail : 0;
    const wanted = requestedRange(range);
    if (!wanted) return bodyOf(await openWindow(range, signal), (media) => media);
    const present = (media: Presented) =>
      range === undefined ? presentedWhole(media) : presentedPart(media, wanted, partBytes);
    const held = range === undefined ? undefined : peek(wanted);
    if (held) return { ...present(held.media), body: heldBody(held.bytes) };
    await leaving(wanted.first);
    const before = takeKept(wanted.first);
    if (before)
      return bodyOf(
        before,
        knowsRanges(before.media) ? present : (media) => media,
        wanted.last,
        isPaced,
      );
    const window = await openFirst(range, wanted, fileSize, signal);
    const isWhole = window.media.status === 200;
    return bodyOf(window, isWhole ? (media) => media : present, wanted.last, isPaced);
  }

  /**
   * A player that begins elsewhere leaves one request and makes the next, and the second can be
   * here before the first is known to be gone.
   */
  async function leaving(first: number): Promise<void> {
    const isBeingRead = (window: Window) =>
      window.reaches(first, sizes.skip) || readsOn(window, first);
    if (![...reading].some(isBeingRead)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LEAVING_MS);
      onLeft = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Ends what is kept for the next stretch. */
  function drop(): void {
    for (const window of places) window.close();
    places = [];
  }

  /** Keeps nothing from now on. */
  function close(): void {
    closed = true;
    drop();
  }

  /** A few bytes of what waits, as Safari asks for before it plays. */
  function peek({ first, last }: RequestedRange) {
    if (last === undefined) return undefined;
    for (const { media } of places.filter((window) => knowsRanges(window.media))) {
      const bytes = places.find((window) => window.media === media)?.peek(first, last + 1);
      if (bytes) return { media, bytes };
    }
    return undefined;
  }

  function takeKept(first: number): Window | undefined {
    const place = takePlace(first);
    if (place) return place;
    const before = [...places, ...reading].find((window) => readsOn(window, first));
    size = before ? sizes.next(before.size) : sizes.first;
    return undefined;
  }

  /** The place where a byte can be read without asking for it. */
  function takePlace(first: number): Window | undefined {
    const place = places.find(
      (window) => window.reaches(first, sizes.skip) && canBegin(window, first),
    );
    if (!place) return undefined;
    places = places.filter((window) => window !== place);
    place.rewind(first);
    size = place.size;
    return place;
  }

  async function openFirst(
    range: string | undefined,
    { first, last = Number.POSITIVE_INFINITY }: RequestedRange,
    fileSize: number | null,
    signal: AbortSignal,
  ): Promise<Window> {
    const isInOne = fileSize === null || Math.min(last + 1, fileSize) - first <= size;
    if (isInOne) return openWindow(range, signal);
    const window = await openWindow(`bytes=${first}-${first + size - 1}`, signal);
    if (totalOf(window.media) !== undefined) return window;
    // Windows can't be told from the file's end.
    window.close();
    return openWindow(range, signal);
  }

  async function openWindow(range: string | undefined, signal: AbortSignal): Promise<Window> {
    signal.throwIfAborted();
    const life = new AbortController();
    const abort = () => life.abort(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    try {
      return new Window(await openRange(range, life.signal), size, tailBytes);
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  function bodyOf(
    window: Window,
    present: (media: Presented) => Presented,
    last = Number.POSITIVE_INFINITY,
    isPaced = false,
  ): OpenMedia {
    let paidAt = Date.now();
    const { body: _, ...media } = window.media;
    const shown = present(media);
    const { contentRange, length } = shown;
    const stretch = contentRange
      ? { first: contentRange.first, end: contentRange.last + 1 }
      : { first: 0, end: length };
    const next = async (at: number, signal: AbortSignal) => {
      const place = takePlace(at);
      if (place) {
        reading.add(place);
        return place;
      }
      if (isPaced) {
        paidAt = Math.max(paidAt, Date.now() - size / BYTES_PER_MS) + size / BYTES_PER_MS;
        const waitMs = Math.min(Math.max(0, paidAt - Date.now()), MOST_WAIT_MS);
        await sleep(waitMs, undefined, { signal });
      }
      size = sizes.next(size);
      const end = Math.min(at + size, last + 1, totalOf(media) ?? Number.POSITIVE_INFINITY);
      const opened = await openWindow(`bytes=${at}-${end - 1}`, signal);
      const problem =
        opened.media.status === 206 ? differs(media, opened.media) : "the whole file came again";
      if (!problem) {
        reading.add(opened);
        return opened;
      }
      opened.close();
      throw new MediaFailure("upstream", { detail: problem });
    };
    reading.add(window);
    return { ...shown, body: createSpanningBody(window, stretch, { next, seen, left }) };
  }

  function left(window: Window): void {
    reading.delete(window);
    onLeft();
    if (closed || !window.isSound()) window.close();
    else places.push(window);
    if (places.length > MAX_PLACES) places.shift()?.close();
  }
}

/** Whether a byte is where its reader would go on, in the window or soon behind it. */
function readsOn({ position, end = 0, size }: Window, place: number): boolean {
  return place >= position && place < end + size;
}

/** A host that doesn't know ranges has no other way than from the start. */
function canBegin({ media }: Window, first: number): boolean {
  return totalOf(media) !== undefined && (first === 0 || knowsRanges(media));
}
