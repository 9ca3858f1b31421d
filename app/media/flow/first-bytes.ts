/** A file up to this size is checked whole before any of it goes out. */
const CHECKED_FIRST_BYTES = 64 * 1024;
/** …unless the rest of it takes longer than this. */
const SMALL_FILE_MS = 250;
/** Enough to tell every type that is shown in place. */
const ENOUGH_BYTES = 32;
/** Of what is there, all that can tell something: a document's folders, markup behind padding. */
const HEAD_BYTES = 4 * 1024;

/**
 * Chunks that wait until enough of a file is there to answer with.
 *
 * @param length of the file in bytes, undefined when nobody says
 * @param ready is called when a small file's rest is not waited for any longer
 */
export function createFirstBytes(length: number | undefined, ready: () => void) {
  const small = length !== undefined && length <= CHECKED_FIRST_BYTES;
  let chunks: Buffer[] = [];
  let timer: NodeJS.Timeout | undefined;

  return {
    /** @returns whether that is enough, without the file's end */
    add(chunk: Buffer): boolean {
      chunks.push(chunk);
      if (small) timer ??= setTimeout(ready, SMALL_FILE_MS);
      return !small && chunks.reduce((sum, { length }) => sum + length, 0) >= ENOUGH_BYTES;
    },

    /** The file's first bytes, as far as they are there. */
    head(): Buffer {
      const length = chunks.reduce((sum, { length }) => sum + length, 0);
      return Buffer.concat(chunks, Math.min(length, HEAD_BYTES));
    },

    /** Hands all chunks over, once. */
    take(): Buffer[] {
      const taken = chunks;
      chunks = [];
      return taken;
    },

    stop: () => clearTimeout(timer),
  };
}
