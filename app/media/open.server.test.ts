import { describe, expect, it } from "vitest";
import type { MediaDownload } from "#app/whatsapp/graph.server.ts";
import { GraphError } from "#app/whatsapp/graph-error.ts";
import { MediaFailure } from "./failure.ts";
import { createMediaOpener } from "./open.server.ts";
import { createResolver } from "./resolve.server.ts";
import { download, lookup, noAbort, source } from "./testing.ts";

/** A WhatsApp that gives these answers to downloads, one after the other. */
function setUp(...answers: (MediaDownload | Error)[]) {
  const asked: { url: string; range?: string | undefined }[] = [];
  const given = answers.flatMap((answer) => (answer instanceof Error ? [] : [answer]));
  let lookups = 0;
  const resolver = createResolver({
    lookUpMedia: async () => lookup({ url: `https://lookaside.fbsbx.com/?n=${++lookups}` }),
  });
  const { open, look } = createMediaOpener(
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
  );
  return { asked, given, look, lookups: () => lookups, open };
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
    const world = setUp(download());
    const media = await world.open(source, undefined, noAbort);
    expect(media).toMatchObject({
      status: 200,
      contentType: "image/jpeg",
      length: 4,
      contentRange: undefined,
      acceptsRanges: false,
    });
    expect(media.body.destroyed).toBe(false);
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

  it("F27 says gone when the fresh URL answers 404 as well", async () => {
    const world = setUp(download(404), download(404));
    expect(await failureOf(world)).toMatchObject({ kind: "gone" });
    expect(world.lookups()).toBe(2);
  });

  it.each([401, 403])("F27 blames WhatsApp when the fresh URL answers %i", async (status) => {
    expect(await failureOf(setUp(download(404), download(status)))).toMatchObject({
      kind: "upstream",
    });
  });

  it("asks WhatsApp once for a look and the open that follows it", async () => {
    const world = setUp(download());
    await world.look(source, noAbort);
    await world.open(source, undefined, noAbort);
    expect(world.lookups()).toBe(1);
  });

  it.each([204, 206, 301, 302, 304, 307, 400, 416, 418, 500, 503])(
    "F51 refuses status %i that nobody asked for, without another look-up",
    async (status) => {
      const world = setUp(download(status));
      expect(await failureOf(world)).toMatchObject({ kind: "upstream" });
      expect(world.lookups()).toBe(1);
    },
  );

  it("F31 asks for a pause when the download answers 429", async () => {
    expect(await failureOf(setUp(download(429)))).toMatchObject({ kind: "throttled" });
  });

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
      createResolver({ lookUpMedia: async () => lookup({ mimeType: "text/html" }) }),
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

  it.each([
    ["gone", "gone"],
    ["refused", "refused"],
    ["throttled", "throttled"],
    ["timeout", "timeout"],
    ["unavailable", "upstream"],
    ["unexpected", "upstream"],
  ] as const)("tells Graph's %s as %s", async (kind, expected) => {
    const { look } = createMediaOpener(
      { downloadMedia: () => Promise.reject(new Error("not expected")) },
      createResolver({ lookUpMedia: () => Promise.reject(new GraphError(kind, "detail", 7)) }),
    );
    const error: unknown = await look(source, noAbort).catch((error) => error);
    expect(error).toBeInstanceOf(MediaFailure);
    expect(error).toMatchObject({ kind: expected, detail: "detail", retryAfterSeconds: 7 });
  });

  it("F49 tells a lost connection as WhatsApp's failure", async () => {
    const world = setUp(new GraphError("unavailable", "connect ECONNREFUSED 192.0.2.1:443"));
    const failure = await failureOf(world);
    expect(failure).toMatchObject({ kind: "upstream" });
    expect(failure.message).not.toContain("192.0.2.1");
  });

  it("gives the signal's reason, not a failure, to a person who has left", async () => {
    const leaving = new AbortController();
    const { open } = createMediaOpener(
      {
        downloadMedia: async () => {
          leaving.abort(new Error("left"));
          throw new GraphError("unavailable", "aborted");
        },
      },
      createResolver({ lookUpMedia: async () => lookup() }),
    );
    await expect(open(source, undefined, leaving.signal)).rejects.toThrow("left");
  });
});
