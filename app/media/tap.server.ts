import { isDraining, onDraining } from "#app/process/draining.server.ts";
import type { MediaGrant } from "./access.server.ts";
import { createShowability } from "./codecs/showability.ts";
import type { FailureKind } from "./file/failure.ts";
import { isPlayed } from "./file/presentation.ts";
import type { Showable } from "./file/showable.ts";
import { createFileReader, type FileReader } from "./source/file-reader.ts";
import { mediaOpener } from "./source/open.server.ts";
import { createParts, type Part } from "./source/part-sizes.ts";
import { PLAYER_WINDOWS, WINDOW_SIZES } from "./source/window-sizes.ts";
import { createTapRecord, type TapRecord } from "./tap-record.server.ts";

/** Between one request of a tap and the next: a player's is there at once, a page's within seconds. */
const REST_MS = 10_000;
/** A player comes back after a pause of some minutes. */
const REMEMBERED_MS = 15 * 60_000;
const MAX_REMEMBERED = 5_000;
/** Files kept open for the next request; beyond that the longest at rest are closed. */
const MAX_AT_REST = 256;

/** One tap of one person on one file, in this process's memory only. */
export interface Tap {
  readonly reader: FileReader;
  readonly record: TapRecord;
  /** What a player gets at once, from a byte on. */
  readonly partFrom: (first: number) => Part;
  /** Whether browsers show such a file, as far as its bytes have told; undefined for nothing. */
  readonly showable: () => Showable | undefined;
  /** How the latest request failed; for the page, whose element can't tell. */
  failure: FailureKind | undefined;
}

interface Entry extends Tap {
  /** Requests that are under way. */
  open: number;
  restingSince: number;
  timer: NodeJS.Timeout | undefined;
}

/**
 * The taps of this process. A player asks for one file many times, which is one tap as long as the
 * address bears the same stamp: it reads on in what is open already, and makes one entry in the
 * audit log. A page that shows a file opens it before promising it, and its browser's own request
 * goes on from there.
 */
export function createTaps(now: () => number = Date.now) {
  const taps = new Map<string, Entry>();
  const atRest = new Set<Entry>();
  onDraining(() => {
    for (const entry of atRest) comeToRest(entry);
  });

  return { enter, leave, find, tell };

  /**
   * @param stamp of the page that the address comes from; null for an address by itself
   * @returns the tap, which must be left again
   */
  function enter(grant: MediaGrant, stamp: number | null): Tap {
    const key = stamp === null ? undefined : keyOf(grant, stamp);
    const entry = (key && taps.get(key)) || newEntry(grant, stamp);
    entry.open += 1;
    clearTimeout(entry.timer);
    atRest.delete(entry);
    if (key === undefined) return entry;
    taps.delete(key);
    taps.set(key, entry);
    forgetOld();
    return entry;
  }

  /** @param keepsOpen whether what is open is kept for the next request */
  function leave(tap: Tap, keepsOpen: boolean): void {
    const entry = tap as Entry;
    entry.open -= 1;
    if (entry.open > 0) return;
    entry.restingSince = now();
    if (!keepsOpen || isDraining()) {
      comeToRest(entry);
      return;
    }
    atRest.add(entry);
    entry.timer = setTimeout(comeToRest, REST_MS, entry).unref();
    const [longest] = atRest;
    if (atRest.size > MAX_AT_REST && longest) comeToRest(longest);
  }

  function find(grant: MediaGrant, stamp: number): Tap | undefined {
    return taps.get(keyOf(grant, stamp));
  }

  /** The page tells whether it could show what came, maybe from another process. */
  function tell(grant: MediaGrant, stamp: number, isShown: boolean): void {
    const isOurs = find(grant, stamp) !== undefined;
    const tap = enter(grant, stamp);
    tap.record.tell(isShown);
    if (!isOurs) tap.record.write();
    leave(tap, isOurs);
  }

  function comeToRest(entry: Entry): void {
    clearTimeout(entry.timer);
    atRest.delete(entry);
    entry.reader.drop();
    entry.record.flush();
  }

  function forgetOld(): void {
    for (const [key, { open, restingSince }] of taps) {
      const isOld = taps.size > MAX_REMEMBERED || restingSince < now() - REMEMBERED_MS;
      if (open > 0 || !isOld) return;
      taps.delete(key);
    }
  }
}

function newEntry(grant: MediaGrant, stamp: number | null): Entry {
  const { pointer } = grant;
  const showability = createShowability(pointer.kind);
  const showable = () => {
    if (showability.isUntold()) return undefined;
    if (showability.isCertain()) return "yes";
    return showability.isHopeless() ? "no" : "maybe";
  };
  return {
    reader: createFileReader((range, signal) => mediaOpener.open(pointer, range, signal), {
      sizes: isPlayed(pointer.kind) ? PLAYER_WINDOWS : WINDOW_SIZES,
      seen: showability.take,
    }),
    record: createTapRecord(grant, { tap: stamp, showable }),
    partFrom: createParts(),
    showable,
    failure: undefined,
    open: 0,
    restingSince: 0,
    timer: undefined,
  };
}

function keyOf({ viewer, pointer }: MediaGrant, stamp: number): string {
  return `${pointer.companyId} ${viewer.id} ${pointer.mediaId} ${stamp}`;
}

export const taps = createTaps();
