import type { Body, Ending, Exchange } from "#simulator/wire/exchange.ts";

const TICKS_A_SECOND = 10;
const ZEROS = Buffer.alloc(64 * 1024);

/** The first bytes of a body. */
export async function* firstBytes(body: Body, count: number): AsyncGenerator<Buffer> {
  let left = count;
  if (left <= 0) return;
  for await (const chunk of body) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
}

/** The first bytes, and then the connection breaks. */
export async function* cutAfter(
  body: Body,
  count: number,
  exchange: Exchange,
  ending: Ending,
): AsyncGenerator<Buffer> {
  yield* firstBytes(body, count);
  await exchange.breakOff(ending);
}

/** The first bytes, and then nothing while the connection stays open. */
export async function* stallAfter(
  body: Body,
  count: number,
  exchange: Exchange,
): AsyncGenerator<Buffer> {
  yield* firstBytes(body, count);
  await exchange.forever();
}

/** The same body, slowly. */
export async function* trickle(
  body: Body,
  bytesPerSecond: number,
  exchange: Exchange,
): AsyncGenerator<Buffer> {
  const step = Math.max(1, Math.floor(bytesPerSecond / TICKS_A_SECOND));
  const pause = (step / bytesPerSecond) * 1000;
  let begun = false;
  for await (const chunk of body) {
    for (let at = 0; at < chunk.length; at += step) {
      if (begun) await exchange.sleep(pause);
      begun = true;
      yield chunk.subarray(at, at + step);
    }
  }
}

/** The body with the file's first bytes replaced. @param start where in the file the body begins */
export async function* withBeginning(
  body: Body,
  bytes: Buffer,
  start: number,
): AsyncGenerator<Buffer> {
  let at = start;
  for await (const chunk of body) {
    const copy = Buffer.from(chunk);
    bytes.copy(copy, 0, Math.min(at, bytes.length));
    at += chunk.length;
    yield copy;
  }
}

/** The body with one byte inverted, if it reaches that far. */
export async function* withFlippedByte(body: Body, position: number): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of body) {
    const index = position - at;
    at += chunk.length;
    yield index >= 0 && index < chunk.length ? flipped(chunk, index) : chunk;
  }
}

/** The body and then bytes that nobody announced. */
export async function* withExtraBytes(body: Body, extra: Iterable<Buffer>): AsyncGenerator<Buffer> {
  yield* body;
  yield* extra;
}

/** The body, and then something happens before it ends. */
export async function* followedBy(
  body: Body,
  happens: () => Promise<unknown>,
): AsyncGenerator<Buffer> {
  yield* body;
  await happens();
}

export function* zeros(count: number): Generator<Buffer> {
  for (let left = count; left > 0; left -= ZEROS.length) yield ZEROS.subarray(0, left);
}

function flipped(chunk: Buffer, index: number): Buffer {
  const copy = Buffer.from(chunk);
  copy[index] = (copy[index] ?? 0) ^ 0xff;
  return copy;
}
