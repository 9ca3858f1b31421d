import { ownCopy } from "./own-copy.ts";
import { type Codec, codecsOf, DESCRIPTION_BYTES } from "./sample-descriptions.ts";

const NAME = "stsd";
/** A film has a few; what has more wants to keep a server busy. */
const MOST_LOOKS = 10_000;

/**
 * The codecs of a passing ISO file. They stand in its movie box, which may be at either end of it:
 * the boxes that name them are looked for in all that passes, by their letters.
 */
export function createIsoCodecs() {
  const found = new Map<string, Codec>();
  let left = MOST_LOOKS;
  /** Of what has passed last, as much as a box may need that goes on. */
  let rest: Buffer = Buffer.alloc(0);
  let end = 0;

  return {
    /** @param at the offset of the chunk's first byte in the file */
    take(chunk: Uint8Array, at: number): void {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      if (at !== end) {
        look(rest, rest.length);
        rest = Buffer.alloc(0);
      }
      end = at + bytes.length;
      if (bytes.length < DESCRIPTION_BYTES) {
        const joined = Buffer.concat([rest, bytes]);
        rest = ownCopy(joined.subarray(look(joined, joined.length - DESCRIPTION_BYTES)));
        return;
      }
      look(Buffer.concat([rest, bytes.subarray(0, DESCRIPTION_BYTES)]), rest.length);
      rest = ownCopy(bytes.subarray(look(bytes, bytes.length - DESCRIPTION_BYTES)));
    },

    codecs(): Codec[] {
      look(rest, rest.length);
      return [...found.values()];
    },
  };

  /** Looks at the boxes that begin before an offset. @returns it, or 0 where it is negative */
  function look(bytes: Buffer, before: number): number {
    let at = bytes.indexOf(NAME, 0, "latin1");
    while (at >= 0 && at < before && left > 0) {
      left -= 1;
      for (const codec of codecsOf(bytes, at)) found.set(`${codec.is} ${codec.reach}`, codec);
      at = bytes.indexOf(NAME, at + NAME.length, "latin1");
    }
    return Math.max(0, before);
  }
}
