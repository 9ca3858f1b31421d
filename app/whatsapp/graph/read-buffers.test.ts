import { describe, expect, it } from "vitest";
import { fileBytes, startFileHost } from "#tests/support/file-host.ts";
import { recycle } from "./read-buffers.ts";

const MB = 1024 * 1024;
const SIZE = 8 * MB;

/** Serves file n at /n. All over one connection, unless more are asked for at once. */
const hostOfFiles = (size = SIZE) =>
  startFileHost((req, res) => {
    const file = fileBytes(Number(req.url?.slice(1)), size);
    res.writeHead(200, { "content-length": file.length }).end(file);
  });

/** Reads a file to its end. @returns its chunks as they came, not copies */
async function chunksOf(
  host: Awaited<ReturnType<typeof hostOfFiles>>,
  id: number,
  take: (chunk: Buffer, at: number) => void = () => {},
): Promise<Buffer[]> {
  const { body } = await host.download(`/${id}`);
  const chunks: Buffer[] = [];
  let at = 0;
  await new Promise<void>((resolve, reject) => {
    body.read({
      data(chunk) {
        chunks.push(chunk);
        take(chunk, at);
        at += chunk.length;
      },
      end: resolve,
      error: reject,
    });
  });
  // A connection is free again one turn after its answer's end.
  await new Promise(setImmediate);
  return chunks;
}

/** The connection's memory: small chunks have their own, or share Node's pool. */
const memoryOf = (chunks: Buffer[]) =>
  new Set(chunks.map(({ buffer }) => buffer).filter((memory) => memory.byteLength === 64 * 1024));
const isFile = (id: number, chunks: Buffer[]) => Buffer.concat(chunks).equals(fileBytes(id, SIZE));

describe("memory that a connection reads into", () => {
  it("is read into again once it is given back", async () => {
    await using host = await hostOfFiles();
    let wrong = 0;
    const file = fileBytes(1, SIZE);
    const chunks = await chunksOf(host, 1, (chunk, at) => {
      if (!chunk.equals(file.subarray(at, at + chunk.length))) wrong += 1;
      recycle(chunk);
    });
    expect(wrong).toBe(0);
    expect(chunks.length).toBeGreaterThan(50);
    expect(memoryOf(chunks).size).toBeLessThan(chunks.length / 2);
  });

  it("is left alone as long as it is not given back", async () => {
    await using host = await hostOfFiles();
    const first = await chunksOf(host, 1);
    const second = await chunksOf(host, 2);
    expect(host.sockets).toHaveLength(1);
    expect(isFile(1, first)).toBe(true);
    expect(isFile(2, second)).toBe(true);
  });

  it("is left alone when only a part of it is given back", async () => {
    await using host = await hostOfFiles();
    const chunks = await chunksOf(host, 1, (chunk) => {
      recycle(chunk.subarray(1));
      recycle(chunk.subarray(0, -1));
      recycle(chunk.subarray(0, 0));
    });
    expect(isFile(1, chunks)).toBe(true);
  });

  it("does not pass to the next file when it is given back late", async () => {
    await using host = await hostOfFiles();
    const first = await chunksOf(host, 1);
    for (const chunk of first) recycle(chunk);
    const second = await chunksOf(host, 2);
    expect(host.sockets).toHaveLength(1);
    const shared = [...memoryOf(second)].filter((memory) => memoryOf(first).has(memory));
    expect(shared).toEqual([]);
    expect(isFile(1, first)).toBe(true);
  });

  it("is not read into twice at once when it is given back twice", async () => {
    await using host = await hostOfFiles();
    const file = fileBytes(1, SIZE);
    const kept: { chunk: Buffer; at: number }[] = [];
    let count = 0;
    await chunksOf(host, 1, (chunk, at) => {
      if (count++ % 5 > 0) kept.push({ chunk, at });
      else for (let times = 0; times < 2; times++) recycle(chunk);
    });
    const wrong = kept.filter(
      ({ chunk, at }) => !chunk.equals(file.subarray(at, at + chunk.length)),
    );
    expect(kept.length).toBeGreaterThan(50);
    expect(wrong).toHaveLength(0);
  });

  it("is as small as what came, when little came", async () => {
    await using host = await hostOfFiles(10_000);
    const chunks = await chunksOf(host, 1);
    for (const { buffer } of chunks) expect(buffer.byteLength).toBeLessThanOrEqual(16 * 1024);
    expect(Buffer.concat(chunks).equals(fileBytes(1, 10_000))).toBe(true);
  });

  it("can be asked back from anybody without harm", () => {
    for (const chunk of [Buffer.alloc(0), Buffer.from("pooled"), Buffer.alloc(64 * 1024, 7)]) {
      recycle(chunk);
    }
    expect(Buffer.alloc(1)[0]).toBe(0);
  });
});
