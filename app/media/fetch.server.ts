import { setTimeout as sleep } from "node:timers/promises";
import { mediaStreams } from "#app/process/metrics.server.ts";
import type { MediaGrant } from "./access.server.ts";
import { movieBoxAt } from "./codecs/movie-box.ts";
import { isFailureKind } from "./file/failure.ts";
import { isPlayed } from "./file/presentation.ts";
import { requestedRange } from "./file/range.ts";
import type { Showable } from "./file/showable.ts";
import type { MediaTransfer } from "./flow/transfer.ts";
import { fileHeaders } from "./headers.server.ts";
import { primeFile } from "./primed-file.server.ts";
import { totalOf } from "./source/same-file.ts";
import { taps } from "./tap.server.ts";

/** A file that is about to flow: its first bytes are here, and nothing speaks against it. */
export interface Fetch {
  status: 200 | 206;
  headers: Headers;
  transfer: MediaTransfer;
}

/**
 * What a file is handed out for: a page's element, its player, in parts or in one stream, to be
 * kept, or opened by itself.
 */
export type Use = "show" | "play" | "stream" | "save" | "open";

/** A request for a file. */
export interface Wanted {
  /** Of the page that the address comes from; null for an address by itself. */
  stamp: number | null;
  /** A Range header to pass on. */
  range: string | undefined;
  use: Use;
}

/**
 * Begins to fetch a file from WhatsApp for one person. Whoever gets it lets the transfer flow or
 * stops it; its end is written down by itself.
 *
 * @param signal aborts when the person has left
 * @throws {MediaFailure}
 */
export async function beginFetch(
  grant: MediaGrant,
  { stamp, range, use }: Wanted,
  signal: AbortSignal,
): Promise<Fetch> {
  const { pointer } = grant;
  const tap = taps.enter(grant, stamp);
  const { first, last } = requestedRange(range) ?? { first: undefined, last: undefined };
  const isEndless = range !== undefined && first !== undefined && last === undefined;
  const isInParts = use === "play" && stamp !== null && isPlayed(pointer.kind) && isEndless;
  const part = isInParts ? tap.partFrom(first) : undefined;
  let file: Awaited<ReturnType<typeof primeFile>> | undefined;
  try {
    if (part && part.waitMs > 0) await sleep(part.waitMs, undefined, { signal });
    const isPaced = use === "stream" && isPlayed(pointer.kind);
    const wanted = { range, partBytes: part?.bytes, isPaced };
    file = await primeFile(grant, tap, wanted, signal, ({ outcome }) => {
      mediaStreams.dec();
      const readsOn = stamp !== null && isPlayed(pointer.kind) && !isFailureKind(outcome);
      taps.leave(tap, readsOn);
    });
    mediaStreams.inc();
    const { media, head, transfer, request } = file;
    const headers = fileHeaders(pointer, media, head, use === "save");
    const isKept = headers.get("Content-Disposition")?.startsWith("attachment") ?? false;
    request.answered(use === "save" || (use === "open" && isKept));
    return { status: media.status, headers, transfer };
  } catch (error) {
    // Once primed, it reports its own end.
    if (file) file.transfer.stop("internal", "no answer could be made");
    else taps.leave(tap, false);
    throw error;
  }
}

/**
 * Finds out whether a file begins to come, and keeps its beginning for the request that asks for it
 * next with the same stamp.
 *
 * @param signal aborts when the person has left
 * @returns whether browsers show such a file, as far as its beginning tells
 * @throws {MediaFailure}
 */
export async function openAhead(
  grant: MediaGrant,
  stamp: number,
  range: string | undefined,
  signal: AbortSignal,
): Promise<Showable> {
  const tap = taps.enter(grant, stamp);
  let isOpen = false;
  try {
    const open = (range: string | undefined) =>
      primeFile(grant, tap, { range, isAhead: true }, signal, () => {});
    const { head, media, putBack } = await open(range);
    putBack();
    isOpen = true;
    // Of many a film the codecs stand behind its data, where its player will look for them too.
    const at = tap.showable() === undefined ? movieBoxAt(head) : undefined;
    const isBehind = at !== undefined && at > head.length && at < (totalOf(media) ?? 0);
    if (isBehind) (await open(`bytes=${at}-`)).putBack();
    return tap.showable() ?? "yes";
  } finally {
    taps.leave(tap, isOpen);
  }
}
