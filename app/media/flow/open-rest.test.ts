import { describe, expect, it } from "vitest";
import { openMedia, type TestBody } from "#tests/support/open-media.ts";
import { MediaFailure } from "../file/failure.ts";
import type { OpenMedia } from "../source/open-media.server.ts";
import { openRest } from "./open-rest.ts";

const TOTAL = 100;
const whole = (fields: Partial<OpenMedia> = {}) => openMedia({ length: TOTAL, ...fields });
const part = (first: number, last: number, fields: Partial<OpenMedia> = {}) =>
  openMedia({
    status: 206,
    contentRange: { first, last, total: TOTAL },
    length: last - first + 1,
    ...fields,
  });

/** Continues after so many bytes with this answer. */
async function proceed(media: OpenMedia, received: number, rest: OpenMedia) {
  const body = rest.body as TestBody;
  const asked: (string | undefined)[] = [];
  const result = await openRest(media, received, async (range) => {
    asked.push(range);
    return rest;
  }).catch((error: unknown) => error);
  return { asked, body, result };
}

describe("continuing a body", () => {
  it.each([
    [whole(), 1, part(1, 99), "bytes=1-"],
    [whole(), 99, part(99, 99), "bytes=99-"],
    [part(10, 99), 5, part(15, 99), "bytes=15-99"],
    [part(10, 19), 5, part(15, 19), "bytes=15-19"],
    [part(0, 99), 5, part(5, 99), "bytes=5-99"],
    [part(0, 19), 0, part(0, 19), "bytes=0-19"],
  ])("F35 asks for what is missing, and takes it (%#)", async (media, received, rest, range) => {
    const { asked, body, result } = await proceed(media, received, rest);
    expect(asked).toEqual([range]);
    expect(result).toEqual({ body, skip: 0 });
    expect(body.destroyed).toBe(false);
  });

  it("asks for the whole where no byte had come", async () => {
    const { asked, result } = await proceed(whole(), 0, whole());
    expect(asked).toEqual([undefined]);
    expect(result).toMatchObject({ skip: 0 });
  });

  it.each([1, 50, 99])("F43 skips %i bytes where all comes again", async (received) => {
    const { result } = await proceed(whole(), received, whole());
    expect(result).toMatchObject({ skip: received });
  });

  it("takes a rest whose total nobody names, where the length was known", async () => {
    const contentRange = { first: 50, last: 99, total: null };
    const { result } = await proceed(whole(), 50, part(50, 99, { contentRange }));
    expect(result).toMatchObject({ skip: 0 });
  });

  it("takes a rest up to the total that it names, where the length was not known", async () => {
    const { result } = await proceed(whole({ length: undefined }), 50, part(50, 99));
    expect(result).toMatchObject({ skip: 0 });
  });

  it("compares ETags only where both answers have one", async () => {
    const [marked, unmarked] = [{ etag: "2489350178742251424" }, { etag: undefined }];
    for (const [first, then] of [
      [marked, marked],
      [marked, unmarked],
      [unmarked, marked],
    ]) {
      const { result } = await proceed(whole(first), 50, part(50, 99, then));
      expect(result).toMatchObject({ skip: 0 });
    }
  });

  it("hands on why the file can't be opened again", async () => {
    const failure = new MediaFailure("gone");
    const continued = openRest(whole(), 50, () => Promise.reject(failure));
    await expect(continued).rejects.toBe(failure);
  });
});

describe("F35 what is not the missing rest of the same file is refused", () => {
  const unknown = whole({ length: undefined });
  const untold = { contentRange: { first: 50, last: 99, total: null } };
  const larger = { contentRange: { first: 50, last: 99, total: 101 } };

  it.each<[string, OpenMedia, OpenMedia]>([
    ["another ETag", whole({ etag: "1" }), part(50, 99, { etag: "2" })],
    ["another ETag on the whole", whole({ etag: "1" }), whole({ etag: "2" })],
    ["another total", whole(), part(50, 99, larger)],
    ["another length of the whole", whole(), whole({ length: 101 })],
    ["a part that begins too early", whole(), part(49, 99)],
    ["a part that begins too late", whole(), part(51, 99)],
    ["the part from the start", whole(), part(0, 99)],
    ["a part that ends too early", whole(), part(50, 98)],
    ["a part that ends too early for an unknown length", unknown, part(50, 98)],
    ["a part that ends nobody knows where", unknown, part(50, 99, untold)],
    ["a part that goes on beyond what the person asked for", part(0, 69), part(50, 99)],
    ["the whole, where the person asked for a part", part(0, 69), whole()],
    ["206 without a usable Content-Range", whole(), openMedia({ status: 206, length: 50 })],
  ])("%s", async (_, media, rest) => {
    const { body, result } = await proceed(media, 50, rest);
    expect(result).toBeInstanceOf(MediaFailure);
    expect(result).toMatchObject({ kind: "upstream", detail: expect.any(String) });
    expect(body.destroyed).toBe(true);
  });
});
