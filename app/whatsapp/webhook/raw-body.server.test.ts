import { describe, expect, it } from "vitest";
import { MAX_BODY_BYTES, readRawBody } from "./raw-body.server.ts";

const MIB = 1024 * 1024;

function post(body: ReadableStream | Uint8Array | undefined, headers?: Record<string, string>) {
  const init = { method: "POST", headers, body, duplex: "half" };
  return new Request("http://localhost/", init as RequestInit);
}

/** Offers a MiB at every pull, without end, and counts what was taken. */
function endless() {
  const taken = { chunks: 0, cancelled: false };
  const stream = new ReadableStream({
    pull: (controller) => {
      taken.chunks += 1;
      controller.enqueue(new Uint8Array(MIB));
    },
    cancel: () => {
      taken.cancelled = true;
    },
  });
  return { stream, taken };
}

describe("reading a webhook's body", () => {
  it("gives the bytes unchanged, up to 4 MiB", async () => {
    const bytes = new Uint8Array(MAX_BODY_BYTES).fill(0xff);
    const body = await readRawBody(post(bytes));
    expect("bytes" in body && Buffer.compare(body.bytes, bytes)).toBe(0);
    expect(await readRawBody(post(undefined))).toEqual({ bytes: new Uint8Array() });
  });

  it("F7 refuses a declared length over 4 MiB without reading", async () => {
    const { stream, taken } = endless();
    const request = post(stream, { "content-length": String(MAX_BODY_BYTES + 1) });
    const before = taken.chunks;
    expect(await readRawBody(request)).toEqual({ refused: 413 });
    expect(taken).toEqual({ chunks: before, cancelled: true });
  });

  it("F7 stops reading a body without a length, or with a false one, at 4 MiB", async () => {
    for (const headers of [undefined, { "content-length": "10" }]) {
      const { stream, taken } = endless();
      expect(await readRawBody(post(stream, headers))).toEqual({ refused: 413 });
      expect(taken.cancelled).toBe(true);
      expect(taken.chunks).toBeLessThan(8);
    }
  });

  it("F7 gives up on a body that trickles", async () => {
    let cancelled = false;
    const stream = new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array([123])),
      cancel: () => {
        cancelled = true;
      },
    });
    expect(await readRawBody(post(stream), 20)).toEqual({ refused: 408 });
    expect(cancelled).toBe(true);
  });

  it("survives a sender that leaves in the middle", async () => {
    const stream = new ReadableStream({
      pull: (controller) => controller.error(new Error("aborted")),
    });
    expect(await readRawBody(post(stream))).toEqual({ refused: 400 });
  });
});
