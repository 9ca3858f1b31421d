import { PassThrough, Readable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type StreamReport, streamMedia } from "./stream.server.ts";
import { noAbort } from "./testing.ts";

const limits = { upstreamIdleMs: 5_000, clientIdleMs: 20_000, totalMs: 60_000, maxBytes: 1e9 };
const chunk = Buffer.alloc(1024);

function start(body: Readable, signal = noAbort) {
  const reports: StreamReport[] = [];
  const stream = streamMedia(
    { body, length: undefined, contentRange: undefined },
    { expectedSha256: null, signal, limits, onEnd: (report) => reports.push(report) },
  );
  return { reader: stream.getReader(), reports };
}

/** Lets everything happen that needs no more time to pass. */
async function settle() {
  for (let i = 0; i < 5; i++) await turn();
}

function endless() {
  let made = 0;
  const body = new Readable({
    highWaterMark: 4 * chunk.length,
    read() {
      made += chunk.length;
      this.push(chunk);
    },
  });
  return { body, made: () => made };
}

describe("streamMedia's deadlines", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
  });
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it("F34 breaks off when WhatsApp stops sending", async () => {
    const body = new PassThrough();
    const { reader, reports } = start(body);
    const read = reader.read();
    read.catch(() => {});
    body.write(chunk);
    await settle();
    vi.advanceTimersByTime(limits.upstreamIdleMs + 1_000);
    await expect(read).rejects.toThrow("timeout");
    expect(body.destroyed).toBe(true);
    expect(reports).toMatchObject([{ outcome: "timeout", detail: "WhatsApp stopped sending" }]);
  });

  it("does not break off while WhatsApp sends slowly", async () => {
    const body = new PassThrough();
    const { reader, reports } = start(body);
    const read = reader.read();
    await settle();
    for (let i = 0; i < 2; i++) {
      vi.advanceTimersByTime(limits.upstreamIdleMs - 1_000);
      body.write(chunk);
      await settle();
    }
    expect((await read).value?.length).toBe(chunk.length);
    expect(reports).toEqual([]);
    await reader.cancel();
  });

  it("F54 ends a stream that nobody reads, and tells whoever waits for its end", async () => {
    const { body } = endless();
    const { reader, reports } = start(body);
    vi.advanceTimersByTime(limits.clientIdleMs + 1_000);
    expect(reports).toMatchObject([{ bytes: 0, outcome: "client-idle" }]);
    expect(body.destroyed).toBe(true);
    await expect(reader.closed).rejects.toThrow("client-idle");
    await expect(reader.read()).rejects.toThrow("client-idle");
    expect(reports).toHaveLength(1);
  });

  it("F54 ends a stream whose reader stops half-way", async () => {
    const { body } = endless();
    const { reader, reports } = start(body);
    await reader.read();
    vi.advanceTimersByTime(limits.clientIdleMs + 1_000);
    expect(reports).toMatchObject([{ bytes: chunk.length, outcome: "client-idle" }]);
  });

  it("ends a stream at its total deadline, however steadily it flows", async () => {
    const { body } = endless();
    const { reader, reports } = start(body);
    for (let passed = 0; passed <= limits.totalMs; passed += 1_000) {
      await reader.read().catch(() => {});
      vi.advanceTimersByTime(1_000);
    }
    expect(reports).toMatchObject([{ outcome: "timeout", detail: "the stream took too long" }]);
    expect(body.destroyed).toBe(true);
  });

  it("F53 closes upstream at once when the reader cancels, and reports it once", async () => {
    const { body } = endless();
    const { reader, reports } = start(body);
    await reader.read();
    await reader.cancel();
    expect(body.destroyed).toBe(true);
    vi.advanceTimersByTime(limits.totalMs * 2);
    await settle();
    expect(reports).toEqual([{ bytes: chunk.length, outcome: "client-left" }]);
  });

  it("F53 closes upstream when the reader cancels while WhatsApp is awaited", async () => {
    const body = new PassThrough();
    const { reader, reports } = start(body);
    const read = reader.read();
    await settle();
    await reader.cancel();
    expect((await read).done).toBe(true);
    await settle();
    expect(reports).toEqual([{ bytes: 0, outcome: "client-left" }]);
    expect(body.destroyed).toBe(true);
  });

  it("F53 closes upstream when the person leaves before the body is read or cancelled", async () => {
    const { body } = endless();
    const leaving = new AbortController();
    const { reader, reports } = start(body, leaving.signal);
    leaving.abort();
    expect(body.destroyed).toBe(true);
    expect(reports).toMatchObject([{ bytes: 0, outcome: "client-left" }]);
    await expect(reader.read()).rejects.toThrow("client-left");
    expect(reports).toHaveLength(1);
  });

  it("F53 closes upstream when the person had left already", () => {
    const { body } = endless();
    const { reports } = start(body, AbortSignal.abort());
    expect(body.destroyed).toBe(true);
    expect(reports).toMatchObject([{ outcome: "client-left" }]);
  });

  it("stays complete when the connection closes afterwards", async () => {
    const leaving = new AbortController();
    const { reader, reports } = start(Readable.from([chunk]), leaving.signal);
    await reader.read();
    expect((await reader.read()).done).toBe(true);
    leaving.abort();
    expect(reports).toEqual([{ bytes: chunk.length, outcome: "complete" }]);
  });

  it("F54 reads no further from WhatsApp than the reader reads", async () => {
    const { body, made } = endless();
    const { reader } = start(body);
    await settle();
    expect(made()).toBe(0);
    let taken = 0;
    for (let reads = 0; reads < 50; reads++) {
      taken += (await reader.read()).value?.length ?? 0;
      await settle();
      // Ahead of the reader: the withheld chunk, and the upstream's own buffer.
      expect(made() - taken).toBeLessThanOrEqual(12 * chunk.length);
    }
    await reader.cancel();
  });
});
