const KIB = 1024;
const FIRST_BYTES = 256 * KIB;
export const MAX_PART_BYTES = 512 * KIB;
/** More than any film plays in a second: WhatsApp's have 16 MB at most. */
export const BYTES_PER_MS = (2 * KIB * KIB) / 1_000;
/** Comes as fast as it can, wherever a player begins. */
const AT_ONCE_BYTES = 2 * KIB * KIB;

/** What a player gets for a request, and after how many milliseconds. */
export interface Part {
  bytes: number;
  waitMs: number;
}

/**
 * How much of a file a player gets at once. What it asks for has no end, and it leaves when it has
 * enough, with megabytes on the way that nobody will look at: so it gets little where it begins,
 * and more as it reads on, but not much faster than a film can play, because some would take all
 * of it ahead.
 *
 * @param now in milliseconds
 * @returns the part for a request that begins at `first`
 */
export function createParts(now: () => number = Date.now): (first: number) => Part {
  let bytes = FIRST_BYTES;
  let end: number | undefined;
  /** When what was handed out at once would have been played. */
  let paidAt = 0;
  return (first) => {
    const readsOn = first === end;
    bytes = readsOn ? Math.min(2 * bytes, MAX_PART_BYTES) : FIRST_BYTES;
    end = first + bytes;
    const start = now() - AT_ONCE_BYTES / BYTES_PER_MS;
    paidAt = (readsOn ? Math.max(paidAt, start) : start) + bytes / BYTES_PER_MS;
    return { bytes, waitMs: Math.max(0, paidAt - now()) };
  };
}
