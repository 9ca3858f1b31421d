import { type Codec, codecsOf, DESCRIPTION_BYTES } from "./sample-descriptions.ts";

const NAME = "stsd";
/** A film has a few; what has more wants to keep a server busy. */
const MOST_LOOKS = 10_000;

/** Looked at before anybody else's chunk comes. */
const joining = Buffer.allocUnsafeSlow(2 * DESCRIPTION_BYTES);

function join(before: Uint8Array, after: Uint8Array): Buffer {
  joining.set(before);
  joining.set(after, before.length);
  return joining.subarray(0, before.length + after.length);
}

/**
 * The codecs of a passing ISO file. They stand in its movie box, which may be at either end of it:
 * the boxes that name them are looked for in all that passes, by their letters.
 */
export function createIsoCodecs() {
  const found = new Map<string, Codec>();
  let left = MOST_LOOKS;
  /** Of what has passed last, as much as a box may need that goes on: memory of its own, used again. */
  const kept = Buffer.allocUnsafeSlow(DESCRIPTION_BYTES);
  let rest = kept.subarray(0, 0);
  let end = 0;

  return {
    /** @param at the offset of the chunk's first byte in the file */
    take(chunk: Uint8Array, at: number): void {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      if (at !== end) {
        look(rest, rest.length);
        keep(kept.subarray(0, 0));
      }
      end = at + bytes.length;
      const joined = join(rest, bytes.subarray(0, DESCRIPTION_BYTES));
      if (bytes.length < DESCRIPTION_BYTES) {
        keep(joined.subarray(look(joined, joined.length - DESCRIPTION_BYTES)));
      } else {
        look(joined, rest.length);
        keep(bytes.subarray(look(bytes, bytes.length - DESCRIPTION_BYTES)));
      }
    },

    codecs(): Codec[] {
      look(rest, rest.length);
      return [...found.values()];
    },
  };

  function keep(bytes: Uint8Array): void {
    kept.set(bytes);
    rest = kept.subarray(0, bytes.length);
  }

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
