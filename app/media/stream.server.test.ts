import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import type { ContentRange } from "./range.ts";
import { type StreamReport, streamMedia } from "./stream.server.ts";
import { noAbort } from "./testing.ts";

const hex = (text: string) => createHash("sha256").update(text).digest("hex");
const bytes = (...chunks: string[]) => Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
const limits = { upstreamIdleMs: 5_000, clientIdleMs: 5_000, totalMs: 5_000, maxBytes: 1_000 };

/** Reads a stream as a browser does: what came, and whether the end was clean. */
async function received(stream: ReadableStream<Uint8Array>) {
  const reader = stream.getReader();
  let text = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { text, clean: true };
      text += Buffer.from(value).toString();
    }
  } catch (error) {
    return { text, clean: false, error };
  }
}

async function send(
  body: Readable,
  options: { length?: number; contentRange?: ContentRange; sha256?: string; maxBytes?: number },
) {
  const reports: StreamReport[] = [];
  const stream = streamMedia(
    { body, length: options.length, contentRange: options.contentRange },
    {
      expectedSha256: options.sha256 ?? null,
      signal: noAbort,
      limits: { ...limits, maxBytes: options.maxBytes ?? limits.maxBytes },
      onEnd: (report) => reports.push(report),
    },
  );
  const { text, clean, error } = await received(stream);
  return { text, clean, error, reports, destroyed: body.destroyed };
}

describe("streamMedia", () => {
  it("passes the bytes on unchanged and in order", async () => {
    const chunks = Array.from({ length: 40 }, (_, index) => `chunk ${index};`);
    const whole = chunks.join("");
    const sent = await send(bytes(...chunks), { length: whole.length, sha256: hex(whole) });
    expect(sent).toMatchObject({ text: whole, clean: true, destroyed: true });
    expect(sent.reports).toEqual([{ bytes: whole.length, outcome: "complete" }]);
  });

  it.each([
    ["of known length", 0],
    ["of unknown length", undefined],
  ])("ends an empty file %s cleanly", async (_, length) => {
    const sent = await send(bytes(), { sha256: hex(""), ...(length === 0 && { length }) });
    expect(sent).toMatchObject({ text: "", clean: true });
    expect(sent.reports).toEqual([{ bytes: 0, outcome: "complete" }]);
  });

  it("F45 counts and hashes a body without a declared length", async () => {
    const sent = await send(bytes("a", "b"), { sha256: hex("ab") });
    expect(sent).toMatchObject({ text: "ab", clean: true });
  });

  it("F37 withholds the last chunk of a file with another SHA-256, and breaks off", async () => {
    const sent = await send(bytes("first,", "second,", "last"), { length: 17, sha256: hex("x") });
    expect(sent).toMatchObject({ text: "first,second,", clean: false, destroyed: true });
    expect(sent.reports).toMatchObject([{ bytes: 13, outcome: "upstream" }]);
    expect(sent.reports[0]?.detail).toContain("SHA-256");
  });

  it("F37 sends nothing of a one-chunk file with another SHA-256", async () => {
    expect(await send(bytes("whole"), { sha256: hex("x") })).toMatchObject({
      text: "",
      clean: false,
    });
  });

  it("F35 breaks off a file that is cut short", async () => {
    const sent = await send(bytes("some,", "more"), { length: 100 });
    expect(sent).toMatchObject({ text: "some,", clean: false });
    expect(sent.reports).toMatchObject([{ outcome: "upstream", detail: "9 of 100 bytes came" }]);
  });

  it("F36 breaks off a file that is longer than declared, before the surplus", async () => {
    const body = bytes("1234", "5678");
    const sent = await send(body, { length: 6 });
    expect(sent).toMatchObject({ clean: false, destroyed: true });
    expect(sent.text.length).toBeLessThanOrEqual(6);
  });

  it("F42 breaks off a file beyond the cap when its length is not declared", async () => {
    const sent = await send(bytes("x".repeat(60), "x".repeat(60)), { maxBytes: 100 });
    expect(sent.clean).toBe(false);
    expect(sent.text.length).toBeLessThanOrEqual(100);
    expect(sent.reports).toMatchObject([{ outcome: "upstream" }]);
  });

  it("passes on a file exactly as long as the cap", async () => {
    expect(await send(bytes("x".repeat(100)), { maxBytes: 100 })).toMatchObject({ clean: true });
  });

  it("does not check a part against the hash of the whole", async () => {
    const contentRange = { first: 0, last: 3, total: 9 };
    const sent = await send(bytes("part"), { length: 4, contentRange, sha256: hex("the whole") });
    expect(sent).toMatchObject({ text: "part", clean: true });
  });

  it("does not hash a part whose whole length is unknown", async () => {
    const contentRange = { first: 0, last: 3, total: null };
    expect(await send(bytes("part"), { contentRange, sha256: hex("x") })).toMatchObject({
      clean: true,
    });
  });

  it("F37 checks a part that covers the whole", async () => {
    const contentRange = { first: 0, last: 3, total: 4 };
    const sent = await send(bytes("evil"), { length: 4, contentRange, sha256: hex("good") });
    expect(sent).toMatchObject({ text: "", clean: false });
  });

  it("F49 breaks off when WhatsApp's connection is lost half-way, and names no cause", async () => {
    async function* half() {
      yield Buffer.from("first,");
      yield Buffer.from("second,");
      throw new Error("read ECONNRESET 192.0.2.1");
    }
    const sent = await send(Readable.from(half()), { length: 100 });
    expect(sent).toMatchObject({ clean: false });
    expect(String(sent.error)).toBe("Error: media stream ended: upstream");
    expect(sent.reports).toMatchObject([{ outcome: "upstream", detail: /ECONNRESET/ }]);
  });

  it("breaks off when WhatsApp's connection closes without an end", async () => {
    const body = new Readable({ read() {} });
    body.push("some");
    setImmediate(() => body.destroy());
    expect(await send(body, {})).toMatchObject({ clean: false, destroyed: true });
  });
});
