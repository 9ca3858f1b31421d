import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { lookup, openMedia, TestBody } from "#tests/support/open-media.ts";
import { settle } from "#tests/support/settle.ts";
import { MediaFailure } from "../file/failure.ts";
import { startTransfer } from "./testing/transfer.ts";

const FILE = Buffer.from(Array.from({ length: 150_000 }, (_, index) => (index * 7) % 251));
const expectedSha256 = createHash("sha256").update(FILE).digest("hex");
const LAST = FILE.length - 1;

/** The file from one byte on, in chunks; `until` tells where it breaks, and `how`. */
function bodyOf(from: number, until = FILE.length, how: "end" | "error" = "end"): TestBody {
  const body = new TestBody();
  for (let at = from; at < until; at += 40_000) {
    body.push(FILE.subarray(at, Math.min(at + 40_000, until)));
  }
  if (how === "end") body.end();
  else body.fail("read ECONNRESET");
  return body;
}

const partFrom = (first: number, body = bodyOf(first)) =>
  openMedia({ status: 206, contentRange: { first, last: LAST, total: FILE.length }, body });
const whole = (body = bodyOf(0)) => openMedia({ length: FILE.length, body });

describe("a file that breaks", () => {
  const places = [1, 75_000, LAST];

  it.each(places.flatMap((at) => (["end", "error"] as const).map((how) => [at, how] as const)))(
    "F35 after %i bytes, with an early %s, arrives whole",
    async (at, how) => {
      const { asked, flow, reports, sink } = startTransfer(
        { body: bodyOf(0, at, how), length: FILE.length },
        { expectedSha256, rests: [partFrom(at)] },
      );
      await flow();
      expect(Buffer.concat(sink.chunks).equals(FILE)).toBe(true);
      expect(sink.state).toBe("ended");
      expect(asked).toEqual([`bytes=${at}-`]);
      expect(reports).toEqual([{ outcome: "complete", bytes: FILE.length, continuations: 1 }]);
    },
  );

  it.each([
    ["a length of its own", FILE.length],
    ["the look-up's length only", undefined],
  ])("F35 behind its last byte, with %s, arrives whole", async (_, length) => {
    const { asked, flow, reports, sink } = startTransfer(
      {
        body: bodyOf(0, FILE.length, "error"),
        lookup: lookup({ fileSize: FILE.length }),
        length,
      },
      { expectedSha256 },
    );
    // Its last bytes are still on their way to a slow browser when the connection breaks.
    let left = () => {};
    sink.leave = (done) => {
      left = done;
    };
    await flow();
    left();
    expect(Buffer.concat(sink.chunks).equals(FILE)).toBe(true);
    expect(asked).toEqual([]);
    expect(reports).toEqual([{ outcome: "complete", bytes: FILE.length, continuations: 0 }]);
  });

  it.each(places)("F43 after %i bytes arrives whole from a host without Range", async (at) => {
    const { flow, sink } = startTransfer(
      { body: bodyOf(0, at), length: FILE.length },
      { expectedSha256, rests: [whole()] },
    );
    await flow();
    expect(Buffer.concat(sink.chunks).equals(FILE)).toBe(true);
    expect(sink.state).toBe("ended");
  });

  it.each(places)("F35 after %i bytes and can't be continued never ends cleanly", async (at) => {
    const { flow, reports, sink } = startTransfer({ body: bodyOf(0, at), length: FILE.length });
    const failed = await flow().then(
      () => false,
      () => true,
    );
    expect(failed || sink.state === "broken").toBe(true);
    const before = FILE.subarray(0, Buffer.concat(sink.chunks).length);
    expect(Buffer.concat(sink.chunks).equals(before)).toBe(true);
    if (!failed) expect(reports).toMatchObject([{ outcome: "upstream", continuations: 1 }]);
  });

  it("F35 three times arrives whole, a fourth time it breaks off", async () => {
    const breaks = [20_000, 50_000, 90_000];
    const rests = (ends: number[]) =>
      breaks.map((at, index) => partFrom(at, bodyOf(at, ends[index])));
    const media = () => ({ body: bodyOf(0, breaks[0]), length: FILE.length });
    const mended = startTransfer(media(), {
      expectedSha256,
      rests: rests([50_000, 90_000, FILE.length]),
    });
    await mended.flow();
    expect(mended.reports).toMatchObject([{ outcome: "complete", continuations: 3 }]);
    expect(Buffer.concat(mended.sink.chunks).equals(FILE)).toBe(true);
    const broken = startTransfer(media(), { rests: rests([50_000, 90_000, 120_000]) });
    await broken.flow();
    expect(broken.sink.state).toBe("broken");
    expect(broken.reports).toMatchObject([
      { outcome: "upstream", bytes: 120_000, continuations: 3 },
    ]);
    expect(broken.asked).toHaveLength(3);
  });

  it("F35 before its first byte is asked for again as a whole", async () => {
    const { asked, flow, sink } = startTransfer(
      { body: bodyOf(0, 0, "error"), length: FILE.length },
      { rests: [whole()] },
    );
    await flow();
    expect(asked).toEqual([undefined]);
    expect(sink.state).toBe("ended");
  });

  it("F35 while small is mended before anything goes out", async () => {
    const contentRange = { first: 2, last: 3, total: 4 };
    const { flow, sink } = startTransfer(
      { body: TestBody.of("fi"), length: 4 },
      { rests: [openMedia({ status: 206, contentRange, body: TestBody.of("le") })] },
    );
    await flow();
    expect(sink).toMatchObject({ text: "file", state: "ended" });
  });

  it.each(["upstream", "range", "gone"] as const)(
    "F35 while small and can't be mended fails before anything goes out: %s",
    async (kind) => {
      const { flow, reports } = startTransfer(
        { body: TestBody.of("fi"), length: 4 },
        { rests: [new MediaFailure(kind)] },
      );
      const told = kind === "gone" ? "gone" : "upstream";
      await expect(flow()).rejects.toMatchObject({
        kind: told,
        detail: `only 2 of 4 bytes came; not continued: ${kind}`,
      });
      expect(reports).toEqual([]);
    },
  );

  it("F35 while the browser is slow is continued only when it wants more", async () => {
    const body = new TestBody();
    body.push(FILE.subarray(0, 40_000));
    const media = { body, length: FILE.length };
    const { asked, flow, sink, transfer } = startTransfer(media, { rests: [partFrom(40_000)] });
    sink.full = true;
    await flow();
    body.paused = false;
    body.fail("read ECONNRESET");
    await settle();
    expect(asked).toEqual([]);
    sink.full = false;
    transfer.drained();
    await settle();
    expect(asked).toEqual(["bytes=40000-"]);
    expect(Buffer.concat(sink.chunks).equals(FILE)).toBe(true);
  });
});

describe("a file of unknown length that breaks", () => {
  const unknown = { length: undefined, lookup: lookup({ fileSize: null }) };
  const chunkedWhole = (until?: number) => openMedia({ ...unknown, body: bodyOf(0, until) });

  it("F45 arrives whole by Range, when that tells the length", async () => {
    const { flow, reports, sink } = startTransfer(
      { ...unknown, body: bodyOf(0, 75_000, "error") },
      { rests: [partFrom(75_000)] },
    );
    await flow();
    expect(Buffer.concat(sink.chunks).equals(FILE)).toBe(true);
    expect(reports).toMatchObject([{ outcome: "complete" }]);
  });

  it.each([1, 40_000, 74_999])("F45 is no whole file after %i bytes of a second try", async (n) => {
    const { flow, reports, sink } = startTransfer(
      { ...unknown, body: bodyOf(0, 75_000, "error") },
      { rests: [chunkedWhole(n)] },
    );
    await flow();
    expect(sink.state).toBe("broken");
    expect(reports).toMatchObject([{ outcome: "upstream" }]);
  });
});
