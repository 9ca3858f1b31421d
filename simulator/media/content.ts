import { createCipheriv, createHash } from "node:crypto";

const CHUNK_BYTES = 64 * 1024;
/** 64 MiB: making noise anew at each read would be half of what the simulator does under load. */
const MAX_KEPT_CHUNKS = 1024;
const AES_BLOCK_BYTES = 16;
const FREE_BOX_HEADER_BYTES = 8;

/** The bytes of a file, readable from any position without holding all of them. */
export interface Content {
  size: number;
  /** Bytes from `start` (inclusive) to `end` (exclusive), in chunks of at most 64 KiB. */
  chunks(start: number, end: number): Generator<Buffer>;
}

/** Content that is in memory. */
export function bytesContent(bytes: Uint8Array): Content {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    size: whole.length,
    *chunks(start, end) {
      for (let at = start; at < end; at += CHUNK_BYTES) {
        yield whole.subarray(at, Math.min(at + CHUNK_BYTES, end));
      }
    },
  };
}

/**
 * Content that is made up when it is read: the same pseudo-random bytes each time. The first chunks
 * that anybody reads stay in memory.
 *
 * @param size in bytes
 * @param seed another seed gives other bytes
 */
export function noiseContent(size: number, seed = 1): Content {
  return {
    size,
    *chunks(start, end) {
      for (let at = start; at < end; ) {
        const offset = at % CHUNK_BYTES;
        const chunk = noiseChunk(seed, at - offset).subarray(offset, offset + end - at);
        yield chunk;
        at += chunk.length;
      }
    },
  };
}

/**
 * A small real file made large: browsers show a JPEG, play an MP4 and open a PDF in spite of what
 * follows its end. What follows an MP4 is a "free" box, which players skip.
 */
export function paddedContent(head: Buffer, size: number, seed = 1): Content {
  const lead = Buffer.concat([head, freeBox(head, size - head.length)]);
  if (lead.length > size) return noiseContent(size, seed);
  const first = bytesContent(lead);
  const rest = noiseContent(size, seed);
  return {
    size,
    *chunks(start, end) {
      yield* first.chunks(start, Math.min(end, lead.length));
      yield* rest.chunks(Math.max(start, lead.length), end);
    },
  };
}

const keptChunks = new Map<string, Buffer>();

/** @param start a multiple of the chunk's size */
function noiseChunk(seed: number, start: number): Buffer {
  const name = `${seed} ${start}`;
  const kept = keptChunks.get(name);
  if (kept) return kept;
  const key = createHash("sha256").update(`noise ${seed}`).digest().subarray(0, AES_BLOCK_BYTES);
  const counter = Buffer.alloc(AES_BLOCK_BYTES);
  counter.writeBigUInt64BE(BigInt(start / AES_BLOCK_BYTES), 8);
  const made = createCipheriv("aes-128-ctr", key, counter).update(Buffer.alloc(CHUNK_BYTES));
  if (keptChunks.size < MAX_KEPT_CHUNKS) keptChunks.set(name, made);
  return made;
}

function freeBox(head: Buffer, bytes: number): Buffer {
  const isMp4 = head.toString("latin1", 4, 8) === "ftyp";
  if (!isMp4 || bytes < FREE_BOX_HEADER_BYTES) return Buffer.alloc(0);
  const header = Buffer.alloc(FREE_BOX_HEADER_BYTES);
  header.writeUInt32BE(bytes, 0);
  header.write("free", 4, "latin1");
  return header;
}
