import { ownCopy } from "./own-copy.ts";

/** Some bytes of a file, wherever they come to pass. */
export interface Wanted {
  /** Where they begin in the file. */
  at: number;
  length: number;
}

/**
 * Waits for a few bytes of a passing file, then for what they say comes next: reads a chain of
 * headers without keeping what lies between.
 *
 * @param next is handed the bytes that were wanted; returns what to wait for then, if anything
 */
export function createAwaitedBytes(
  first: Wanted,
  next: (bytes: Buffer, at: number) => Wanted | undefined,
) {
  let wanted: Wanted | undefined = first;
  let here: Buffer = Buffer.alloc(0);

  return {
    /** @param at the offset of the chunk's first byte in the file */
    take(chunk: Uint8Array, at: number): void {
      while (wanted) {
        const from = wanted.at + here.length - at;
        if (from < 0 || from >= chunk.length) return;
        here = ownCopy(here, chunk.subarray(from, from + wanted.length - here.length));
        if (here.length < wanted.length) return;
        const before = wanted.at;
        wanted = next(here, before);
        // What comes next may begin in what is here.
        here = ownCopy(here.subarray(wanted ? wanted.at - before : here.length));
      }
    },
  };
}
