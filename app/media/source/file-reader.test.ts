import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noAbort } from "#tests/support/no-abort.ts";
import { MediaFailure } from "../file/failure.ts";
import { createFileReader } from "./file-reader.ts";
import { FILE, type FileAtWhatsApp, fileAtWhatsApp, take } from "./testing/file-at-whatsapp.ts";
import type { WindowSizes } from "./window-sizes.ts";

const SIZES: WindowSizes = {
  first: 10_000,
  next: (size) => 2 * size,
  skip: 5_000,
  tail: 3_000,
};
const KNOWN = { fileSize: FILE.length };
const PARTS = { ...KNOWN, partBytes: 4_000 };

function setUp(options: FileAtWhatsApp = {}) {
  const whatsapp = fileAtWhatsApp(options);
  const reader = createFileReader(whatsapp.open, { sizes: SIZES });
  const read = async (
    range?: string,
    given: Parameters<typeof reader.open>[1] = KNOWN,
    most?: number,
  ) => {
    const media = await reader.open(range, given, noAbort);
    return { media, bytes: await take(media, most) };
  };
  return { ...whatsapp, reader, read };
}

describe("a whole file", () => {
  it("comes in windows that grow, under its own length and status", async () => {
    const { asked, read } = setUp();
    const { media, bytes } = await read();
    expect(bytes.equals(FILE)).toBe(true);
    expect(media).toMatchObject({ status: 200, length: FILE.length, contentRange: undefined });
    expect(asked).toEqual(["bytes=0-9999", "bytes=10000-29999", "bytes=30000-39999"]);
  });

  it("is asked for as it is where one window holds it, or nobody knows how long it is", async () => {
    const small = setUp({ file: FILE.subarray(0, 10_000) });
    expect((await small.read(undefined, { fileSize: 10_000 })).bytes).toHaveLength(10_000);
    expect(small.asked).toEqual([undefined]);
    const unknown = setUp();
    expect((await unknown.read(undefined, { fileSize: null })).bytes).toHaveLength(FILE.length);
    expect(unknown.asked).toEqual([undefined]);
  });

  it("comes whole to a player that would take all of it ahead, and is kept from that", async () => {
    const { asked, read } = setUp();
    const startedAt = performance.now();
    expect((await read(undefined, { ...KNOWN, isPaced: true })).bytes.equals(FILE)).toBe(true);
    expect(asked).toHaveLength(3);
    expect(performance.now() - startedAt).toBeGreaterThan(10);
  });

  it("costs no more than the window that its reader left in", async () => {
    const { asked, bodies, read, reader } = setUp();
    await read(undefined, KNOWN, 12_000);
    reader.drop();
    expect(asked).toEqual(["bytes=0-9999", "bytes=10000-29999"]);
    expect(bodies.map(({ destroyed }) => destroyed)).toEqual([false, true]);
  });

  it("comes from a host that doesn't know parts, or doesn't tell how long the whole is", async () => {
    for (const host of [{ ranges: false }, { tellsTotal: false }]) {
      const { read } = setUp(host);
      expect((await read()).bytes.equals(FILE)).toBe(true);
    }
  });

  it("breaks off where a window is of another file than the one before", async () => {
    const other = setUp({
      meddle: (media, index) => ({ ...media, etag: index === 0 ? '"one"' : '"two"' }),
    });
    await expect(other.read()).rejects.toThrow(MediaFailure);
  });

  it("breaks off where the whole file comes again in place of a window", async () => {
    const { read } = setUp({
      meddle: (media, index) =>
        index === 1 ? { ...media, status: 200, contentRange: undefined } : media,
    });
    await expect(read()).rejects.toThrow(MediaFailure);
  });

  it("opens no further window while its reader pauses", async () => {
    const { asked, reader } = setUp({ chunkBytes: 10_000 });
    const media = await reader.open(undefined, KNOWN, noAbort);
    media.body.read({ data: () => media.body.pause(), end() {}, error() {} });
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toHaveLength(1);
    media.body.resume();
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toHaveLength(2);
  });
});

describe("a part of a file", () => {
  it.each([
    ["bytes=100-199", [100, 200]],
    ["bytes=39990-", [39_990, 40_000]],
    ["bytes=0-", [0, 40_000]],
    ["bytes=5000-39999", [5_000, 40_000]],
    ["bytes=5000-99999", [5_000, 40_000]],
    ["bytes=-500", [39_500, 40_000]],
  ] as const)("%s is exactly that", async (range, [first, end]) => {
    const { media, bytes } = await setUp().read(range);
    expect(bytes.equals(FILE.subarray(first, end))).toBe(true);
    expect(media).toMatchObject({
      status: 206,
      length: end - first,
      contentRange: { first, last: end - 1, total: FILE.length },
    });
  });

  it("is as short as a player gets it, where it names no end", async () => {
    const { media, bytes } = await setUp().read("bytes=100-", PARTS);
    expect(bytes.equals(FILE.subarray(100, 4_100))).toBe(true);
    expect(media.contentRange).toEqual({ first: 100, last: 4_099, total: FILE.length });
    expect((await setUp().read("bytes=100-9000", PARTS)).bytes).toHaveLength(8_901);
  });

  it("outside the file is refused, and so is the whole of one that the host refuses", async () => {
    await expect(setUp().read("bytes=40000-")).rejects.toMatchObject({ kind: "range" });
  });
});

describe("what one reads on in", () => {
  it("is open already, part after part, and a little ahead or behind", async () => {
    const { asked, read } = setUp();
    const places = [0, 4_000, 8_000, 7_000, 12_000];
    for (const first of places) {
      const { bytes } = await read(`bytes=${first}-`, PARTS);
      expect(bytes.equals(FILE.subarray(first, first + 4_000))).toBe(true);
    }
    expect(asked).toEqual(["bytes=0-9999", "bytes=10000-29999"]);
  });

  it("is opened anew far from there, in a small window, without losing the place before", async () => {
    const { asked, read } = setUp();
    for (const first of [0, 30_000, 4_000]) await read(`bytes=${first}-`, PARTS);
    expect(asked).toEqual(["bytes=0-9999", "bytes=30000-"]);
  });

  it("is what a page opened ahead, whatever its browser asks for", async () => {
    for (const range of [undefined, "bytes=0-", "bytes=0-1"]) {
      const { asked, bodies, read, reader } = setUp();
      const ahead = await reader.open("bytes=0-", KNOWN, noAbort);
      const first = await new Promise<Buffer>((resolve) => {
        ahead.body.read({
          data(chunk) {
            ahead.body.pause();
            resolve(chunk);
          },
          end() {},
          error() {},
        });
      });
      ahead.body.unread?.([first]);
      ahead.body.destroy();
      const { media, bytes } = await read(range);
      expect(media.status).toBe(range === undefined ? 200 : 206);
      expect(bytes.equals(FILE.subarray(0, range === "bytes=0-1" ? 2 : FILE.length))).toBe(true);
      const rest = await read("bytes=0-");
      expect(rest.bytes.equals(FILE)).toBe(true);
      expect(asked.filter((asked) => asked?.startsWith("bytes=0-"))).toHaveLength(
        range === "bytes=0-1" ? 1 : 2,
      );
      expect(bodies[0]?.destroyed).toBe(false);
    }
  });

  it("is not what broke off", async () => {
    const { asked, reader, read } = setUp();
    const media = await reader.open("bytes=0-", PARTS, noAbort);
    media.body.read({ data: () => media.body.pause(), end() {}, error() {} });
    media.body.giveUp?.();
    await read("bytes=1000-", PARTS);
    expect(asked).toHaveLength(2);
  });

  it("waits for a request that is about to leave it", async () => {
    const { asked, reader, read } = setUp();
    const leaving = await reader.open("bytes=0-", PARTS, noAbort);
    leaving.body.read({ data: () => leaving.body.pause(), end() {}, error() {} });
    const next = read("bytes=2000-", PARTS);
    leaving.body.destroy();
    expect((await next).bytes.equals(FILE.subarray(2_000, 6_000))).toBe(true);
    expect(asked).toHaveLength(1);
  });

  it("is closed when nobody comes for it", async () => {
    const { bodies, read, reader } = setUp();
    await read("bytes=0-", PARTS);
    reader.drop();
    expect(bodies[0]?.destroyed).toBe(true);
    reader.close();
    await read("bytes=0-", PARTS);
    expect(bodies[1]?.destroyed).toBe(true);
  });
});

it("F35 F37 hands out exactly the bytes that were asked for, whatever one reads and leaves", async () => {
  const request = fc.record({
    first: fc.integer({ min: 0, max: FILE.length - 1 }),
    length: fc.option(fc.integer({ min: 1, max: FILE.length })),
    parts: fc.boolean(),
    most: fc.option(fc.integer({ min: 1, max: FILE.length }), { nil: Number.POSITIVE_INFINITY }),
  });
  const world = fc.record({
    requests: fc.array(request, { minLength: 1, maxLength: 8 }),
    chunkBytes: fc.integer({ min: 200, max: 12_000 }),
    ranges: fc.boolean(),
  });
  const property = fc.asyncProperty(world, async ({ requests, ...host }) => {
    const { read } = setUp(host);
    for (const { first, length, parts, most } of requests) {
      const last = length === null ? "" : Math.min(first + length, FILE.length) - 1;
      const given = parts ? PARTS : KNOWN;
      const { media, bytes } = await read(`bytes=${first}-${last}`, given, most);
      const from = media.contentRange?.first ?? 0;
      expect(from).toBe(host.ranges || media.status === 206 ? first : 0);
      expect(bytes.equals(FILE.subarray(from, from + bytes.length))).toBe(true);
      expect(bytes.length).toBeGreaterThanOrEqual(Math.min(most, media.length ?? 0));
      expect(bytes.length).toBeLessThanOrEqual(media.length ?? 0);
    }
  });
  await fc.assert(property, { numRuns: 500 });
});
