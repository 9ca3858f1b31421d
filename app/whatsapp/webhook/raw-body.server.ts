/** Meta documents at most 3 MB. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;
const BODY_DEADLINE_MS = 10_000;

/** 413 too large · 408 too slow · 400 the sender left. */
export type RawBody = { bytes: Uint8Array } | { refused: 413 | 408 | 400 };

/**
 * Reads a request's body as bytes, at most 4 MiB of it and for at most 10 seconds. What is beyond
 * is neither read nor kept.
 *
 * @param deadlineMs another deadline, for tests
 */
export async function readRawBody(
  request: Request,
  deadlineMs = BODY_DEADLINE_MS,
): Promise<RawBody> {
  if (Number(request.headers.get("content-length")) > MAX_BODY_BYTES) {
    await request.body?.cancel().catch(() => {});
    return { refused: 413 };
  }
  if (!request.body) return { bytes: new Uint8Array() };
  const reader = request.body.getReader();
  let late = false;
  const deadline = setTimeout(() => {
    late = true;
    reader.cancel().catch(() => {});
  }, deadlineMs);
  try {
    const chunks = await readChunks(reader);
    if (late) return { refused: 408 };
    return chunks ? { bytes: Buffer.concat(chunks) } : { refused: 413 };
  } catch {
    return { refused: 400 };
  } finally {
    clearTimeout(deadline);
  }
}

/** @returns undefined when the body is over the limit */
async function readChunks(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<Uint8Array[] | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    length += value.length;
    if (length > MAX_BODY_BYTES) {
      await reader.cancel().catch(() => {});
      return undefined;
    }
    chunks.push(value);
  }
}
