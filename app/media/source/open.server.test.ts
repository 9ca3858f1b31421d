import { describe, expect, it } from "vitest";
import { noAbort } from "#tests/support/no-abort.ts";
import { download, lookup, source } from "#tests/support/open-media.ts";
import { MediaFailure } from "../file/failure.ts";
import { createMediaOpener } from "./open.server.ts";
import { createResolver } from "./resolve.server.ts";
import { anyHealth, retryAtOnce } from "./testing/resolver-options.ts";

/** A WhatsApp that gives these answers to downloads, one after the other. */
function setUp(...answers: (ReturnType<typeof download> | Error)[]) {
  const asked: { url: string; range?: string | undefined }[] = [];
  const given = answers.flatMap((answer) => (answer instanceof Error ? [] : [answer]));
  let lookups = 0;
  const resolver = createResolver(
    { lookUpMedia: async () => lookup({ url: `https://lookaside.fbsbx.com/?n=${++lookups}` }) },
    { tokenHealth: anyHealth },
  );
  const { open, lookUp } = createMediaOpener(
    {
      downloadMedia: async ({ url, range }) => {
        asked.push({ url, range });
        const answer = answers.shift();
        if (!answer) throw new Error("No more downloads were expected.");
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
    resolver,
    { retry: retryAtOnce },
  );
  return { asked, given, lookUp, lookups: () => lookups, open };
}

/** The failure of an open, after a check that no body was left behind. */
async function failureOf(world: ReturnType<typeof setUp>, range?: string, signal = noAbort) {
  const error: unknown = await world.open(source, range, signal).catch((error) => error);
  for (const { body } of world.given) expect(body.destroyed).toBe(true);
  if (!(error instanceof MediaFailure)) throw error;
  return error;
}

describe("opening a file", () => {
  it("hands over the open body with what WhatsApp says of it", async () => {
    const answer = download();
    const media = await setUp(answer).open(source, undefined, noAbort);
    expect(media).toMatchObject({
      status: 200,
      contentType: "image/jpeg",
      length: 4,
      contentRange: undefined,
      acceptsRanges: false,
      etag: undefined,
    });
    expect(media.body).toBe(answer.body);
    expect(answer.body.destroyed).toBe(false);
  });

  it("F45 takes a body without a declared length", async () => {
    const world = setUp(download(200, { "content-type": "image/jpeg" }));
    expect(await world.open(source, undefined, noAbort)).toMatchObject({ length: undefined });
  });

  it.each([401, 403, 404])(
    "F27 looks the id up once more when the URL answers %i, and succeeds",
    async (status) => {
      const world = setUp(download(status), download());
      expect(await world.open(source, undefined, noAbort)).toMatchObject({ status: 200 });
      expect(world.asked.map(({ url }) => url)).toEqual([
        "https://lookaside.fbsbx.com/?n=1",
        "https://lookaside.fbsbx.com/?n=2",
      ]);
      expect(world.given[0]?.body.destroyed).toBe(true);
    },
  );

  it("reads the ETag, which WhatsApp doesn't quote", async () => {
    const { open } = setUp(download(200, { etag: "2489350178742251424" }));
    expect(await open(source, undefined, noAbort)).toMatchObject({ etag: "2489350178742251424" });
  });

  it("F27 says gone when the fresh URL answers 404 as well", async () => {
    const world = setUp(download(404), download(404));
    expect(await failureOf(world)).toMatchObject({ kind: "gone" });
    expect(world.lookups()).toBe(2);
  });

  it("F27 remembers for the next person that both URLs were dead", async () => {
    const world = setUp(download(404), download(404));
    await failureOf(world);
    expect(await failureOf(world)).toMatchObject({ kind: "gone" });
    expect(world.asked).toHaveLength(2);
    expect(world.lookups()).toBe(2);
  });

  it.each([
    [401, 401],
    [403, 403],
    [404, 401],
    [401, 403],
  ])("F27 says refused when the URLs answer %i and %i", async (first, second) => {
    const world = setUp(download(first), download(second));
    expect(await failureOf(world)).toMatchObject({
      kind: "refused",
      detail: `the download answered ${second} twice`,
    });
    expect(world.lookups()).toBe(2);
  });

  it("F27 says what the second answer is when it is no dead URL", async () => {
    expect(await failureOf(setUp(download(401), download(204)))).toMatchObject({
      kind: "upstream",
      detail: "the download answered 204",
    });
  });

  it("asks WhatsApp once for a look and the open that follows it", async () => {
    const world = setUp(download());
    await world.lookUp(source, noAbort);
    await world.open(source, undefined, noAbort);
    expect(world.lookups()).toBe(1);
  });

  it.each([204, 206, 301, 302, 304, 307, 400, 416, 418])(
    "F51 refuses status %i that nobody asked for, without another look-up",
    async (status) => {
      const world = setUp(download(status));
      expect(await failureOf(world)).toMatchObject({ kind: "upstream" });
      expect(world.lookups()).toBe(1);
    },
  );

  it.each(["gzip", "br", "deflate", "gzip, identity"])(
    "F46 refuses the encoding %s",
    async (coding) => {
      const world = setUp(
        download(200, { "content-type": "image/jpeg", "content-encoding": coding }),
      );
      expect(await failureOf(world)).toMatchObject({ kind: "upstream" });
    },
  );

  it.each(["text/html", "text/html; charset=utf-8", "Application/JSON"])(
    "F47 refuses an error page of type %s with status 200",
    async (type) => {
      const world = setUp(download(200, { "content-type": type }));
      expect(await failureOf(world)).toMatchObject({ kind: "upstream" });
    },
  );

  it("hands over an HTML file that was announced as one", async () => {
    const { open } = createMediaOpener(
      { downloadMedia: async () => download(200, { "content-type": "text/html" }) },
      createResolver(
        { lookUpMedia: async () => lookup({ mimeType: "text/html" }) },
        { tokenHealth: anyHealth },
      ),
    );
    expect(await open(source, undefined, noAbort)).toMatchObject({ contentType: "text/html" });
  });

  it("F42 refuses a file declared larger than 128 MiB before reading it", async () => {
    const length = 128 * 1024 * 1024;
    const declared = (bytes: number) => download(200, { "content-length": String(bytes) });
    expect(await failureOf(setUp(declared(length + 1)))).toMatchObject({ kind: "upstream" });
    expect(await setUp(declared(length)).open(source, undefined, noAbort)).toMatchObject({
      length,
    });
  });
});
