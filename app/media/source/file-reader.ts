import { MediaFailure } from "../file/failure.ts";
import { type RequestedRange, requestedRange } from "../file/range.ts";
import { heldBody } from "./held-body.ts";
import type { OpenMedia } from "./open-media.server.ts";
import { knowsRanges, type Presented, presentedPart, presentedWhole } from "./presented.ts";
import { differs, totalOf } from "./same-file.ts";
import { createSpanningBody } from "./spanning-body.ts";
import { Window } from "./window.ts";
import { WINDOW_SIZES, type WindowSizes } from "./window-sizes.ts";

/** Opens what a Range header names; undefined for the whole file. Its signal closes it. */
export type OpenRange = (range: string | undefined, signal: AbortSignal) => Promise<OpenMedia>;

export interface ReadOptions {
  /** The whole file's length in bytes; null when WhatsApp didn't tell, and then it comes in one. */
  fileSize: number | null;
  /** The most bytes to answer with where a range names no end (RFC 9110 §15.3.7 allows a part of it). */
  partBytes?: number | undefined;
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
  let kept: Window | undefined;
  let size = sizes.first;
  /** How far one has read, and where the window ended in which that was. */
  let reached: { position: number; end: number } | undefined;
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
    { fileSize, partBytes }: ReadOptions,
    signal: AbortSignal,
  ): Promise<OpenMedia> {
    const wanted = requestedRange(range);
    if (!wanted) return bodyOf(await openWindow(range, signal), (media) => media);
    const present = (media: Presented) =>
      range === undefined ? presentedWhole(media) : presentedPart(media, wanted, partBytes);
    const held = range === undefined ? undefined : peek(wanted);
    if (held) return { ...present(held.media), body: heldBody(held.bytes) };
    const before = takeKept(wanted.first);
    if (before)
      return bodyOf(before, knowsRanges(before.media) ? present : (media) => media, wanted.last);
    const window = await openFirst(range, wanted, fileSize, signal);
    const isWhole = window.media.status === 200;
    return bodyOf(window, isWhole ? (media) => media : present, wanted.last);
  }

  /** Ends what is kept for the next stretch. */
  function drop(): void {
    kept?.close();
    kept = undefined;
  }

  /** Keeps nothing from now on. */
  function close(): void {
    closed = true;
    drop();
  }

  /** A few bytes of what waits, as Safari asks for before it plays. */
  function peek({ first, last }: RequestedRange) {
    if (!kept || last === undefined || !knowsRanges(kept.media)) return undefined;
    const bytes = kept.peek(first, last + 1);
    return bytes && { media: kept.media, bytes };
  }

  function takeKept(first: number): Window | undefined {
    const window = kept;
    kept = undefined;
    const { position, end = 0, media } = window ?? { position: 0, media: undefined };
    const isAhead = first >= position && first < Math.min(end, position + sizes.skip);
    const canBegin = media && totalOf(media) !== undefined && (first === 0 || knowsRanges(media));
    if (window && isAhead && canBegin) return window;
    window?.close();
    const readsOn = reached && first >= reached.position && first < reached.end + size;
    size = readsOn ? sizes.next(size) : sizes.first;
    return undefined;
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
      return new Window(await openRange(range, life.signal));
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  function bodyOf(
    window: Window,
    present: (media: Presented) => Presented,
    last = Number.POSITIVE_INFINITY,
  ): OpenMedia {
    const { body: _, ...media } = window.media;
    const shown = present(media);
    const { contentRange, length } = shown;
    const stretch = contentRange
      ? { first: contentRange.first, end: contentRange.last + 1 }
      : { first: 0, end: length };
    const next = async (at: number, signal: AbortSignal) => {
      size = sizes.next(size);
      const end = Math.min(at + size, last + 1, totalOf(media) ?? Number.POSITIVE_INFINITY);
      const opened = await openWindow(`bytes=${at}-${end - 1}`, signal);
      const problem =
        opened.media.status === 206 ? differs(media, opened.media) : "the whole file came again";
      if (!problem) return opened;
      opened.close();
      throw new MediaFailure("upstream", { detail: problem });
    };
    return { ...shown, body: createSpanningBody(window, stretch, { next, seen, left }) };
  }

  function left(window: Window): void {
    reached = { position: window.position, end: window.end ?? window.position };
    if (closed || !window.isSound()) return window.close();
    if (window.isWhole()) return;
    drop();
    kept = window;
  }
}
