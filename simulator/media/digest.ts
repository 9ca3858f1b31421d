import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { Content } from "./content.ts";

const ADLER_MODULUS = 65_521;
/** Sums of so many bytes stay below 2^53 by far; the modulus is needed this seldom only. */
const ADLER_STRIDE = 4096;

export interface Digest {
  sha256: Buffer;
  adler32: number;
}

/** Reads the content once and lets others work meanwhile. */
export async function digest(content: Content): Promise<Digest> {
  const hash = createHash("sha256");
  const adler = new Adler32();
  for (const chunk of content.chunks(0, content.size)) {
    hash.update(chunk);
    adler.update(chunk);
    await setImmediate();
  }
  return { sha256: hash.digest(), adler32: adler.value };
}

class Adler32 {
  #a = 1;
  #b = 0;

  get value() {
    return this.#b * 65_536 + this.#a;
  }

  update(chunk: Buffer) {
    let a = this.#a;
    let b = this.#b;
    for (let start = 0; start < chunk.length; start += ADLER_STRIDE) {
      for (const byte of chunk.subarray(start, start + ADLER_STRIDE)) {
        a += byte;
        b += a;
      }
      a %= ADLER_MODULUS;
      b %= ADLER_MODULUS;
    }
    this.#a = a;
    this.#b = b;
  }
}
