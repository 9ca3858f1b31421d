import type { IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { App } from "#tests/support/app/app.ts";
import { waitFor } from "#tests/support/wait.ts";
import { openStreams } from "./testing/aftermath.ts";
import {
  type Crowd,
  collectGarbage,
  openManyStalled,
  residentMegabytes,
  startWithCrowd,
  WAITED_FOR,
} from "./testing/crowd.ts";

const ACME_SUPPORT = "106540352242922";
const MB = 1024 * 1024;
/** Time for a hundred streams to fill every buffer between WhatsApp and the clients. */
const SETTLE_MS = 3_000;
const LEAVING = 50;

let crowd: Crowd;
let app: App;
let cookie: string;
let stalled: IncomingMessage[] = [];

beforeAll(async () => {
  crowd = await startWithCrowd(Math.ceil(LEAVING / WAITED_FOR));
  app = crowd.app;
  cookie = await app.login("agent@acme.test");
});
afterAll(() => crowd?.stop());
afterEach(() => {
  for (const client of stalled.splice(0)) client.destroy();
});
beforeEach(() => {
  app.simulator.faults.clear();
  app.simulator.requests.clear();
});

describe("media streams in the running server", () => {
  it("F54 hundred clients that never read a 100 MB file cost less than 100 MB", async () => {
    const path = await send(100 * MB);
    await (await fetchMedia(path, { range: "bytes=0-9" })).text();
    await collectGarbage(app);
    const before = await residentMegabytes(app);
    stalled = await openManyStalled(100, app.url + path, cookie);
    expect(stalled.map(({ statusCode }) => statusCode)).toEqual(Array(100).fill(200));
    await sleep(SETTLE_MS);
    expect(await openStreams(app)).toBe(100);
    const grown = (await residentMegabytes(app)) - before;
    expect(grown).toBeLessThan(100);
    expect((await fetch(`${app.url}/up`)).status).toBe(200);
    for (const client of stalled) client.destroy();
    await expectNothingOpen();
  });

  it("F53 fifty clients that leave in mid-body are noticed, also after a garbage collection", async () => {
    const path = await send(100 * MB);
    stalled = await openManyStalled(LEAVING, app.url + path, cookie);
    await waitFor(async () => expect(await openStreams(app)).toBe(LEAVING));
    await collectGarbage(app);
    for (const client of stalled) client.destroy();
    await expectNothingOpen();
  });

  it.each(["lookup", "download"] as const)(
    "F53 fifty clients that leave before the headers, while the %s is slow, are noticed, also after a garbage collection",
    async (on) => {
      const path = await send(1 * MB);
      app.simulator.faults.add({ on, kind: "never" });
      const leaving = new AbortController();
      const clients = Array.from({ length: LEAVING }, (_, index) => {
        const Cookie = crowd.cookies.Acme[Math.floor(index / WAITED_FOR)] ?? "";
        return fetchMedia(path, { Cookie }, leaving.signal).catch(({ name }: Error) => name);
      });
      // Fifty taps on one file share one look-up, but each has a download of its own.
      const upstream = on === "lookup" ? 1 : LEAVING;
      await waitFor(() => expect(app.simulator.requests.open()).toHaveLength(upstream));
      await collectGarbage(app);
      leaving.abort();
      expect(new Set(await Promise.all(clients))).toEqual(new Set(["AbortError"]));
      await expectNothingOpen();
    },
  );

  it("F57 HEAD pulls not one byte of the file", async () => {
    const path = await send(1 * MB);
    const answer = await fetch(app.url + path, { method: "HEAD", headers: { Cookie: cookie } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Length")).toBe(String(MB));
    expect(app.simulator.requests.list().map(({ role }) => role)).toEqual(["lookup"]);
  });

  it("refuses the data forms of the media route, which would be read into memory whole", async () => {
    const path = await send(1 * MB);
    for (const form of [`${path}.data`, `${path}?_data=routes%2Ffiles%2Fmedia.%24mediaId`]) {
      const answer = await fetch(app.url + form, { headers: { Cookie: cookie } });
      expect(answer.status).toBe(404);
    }
    expect(app.simulator.requests.list()).toEqual([]);
  });

  it.each([40_000, 300_000, 1_000_000])(
    "F35 continues a file that WhatsApp cuts short after %i bytes, and the person notices nothing",
    async (afterBytes) => {
      const path = await send(1 * MB);
      const whole = Buffer.from(await (await fetchMedia(path)).arrayBuffer());
      app.simulator.faults.add({ on: "download", kind: "truncate", afterBytes, times: 1 });
      const mended = Buffer.from(await (await fetchMedia(path)).arrayBuffer());
      expect(mended.equals(whole)).toBe(true);
      await waitFor(() =>
        expect(lastFetch()).toMatchObject({ outcome: "complete", continuations: 1 }),
      );
    },
  );

  it.each([40_000, 200_000])(
    "F35 never ends a file cleanly that WhatsApp cuts short every %i bytes",
    async (afterBytes) => {
      const path = await send(1 * MB);
      app.simulator.faults.add({ on: "download", kind: "truncate", afterBytes });
      const answer = await fetchMedia(path);
      await expect(answer.arrayBuffer()).rejects.toThrow();
      await waitFor(() =>
        expect(lastFetch()).toMatchObject({
          outcome: "upstream",
          continuations: 3,
          bytes: 4 * afterBytes,
        }),
      );
    },
  );

  it("F37 never ends a large file cleanly whose hash is not the announced one", async () => {
    const path = await send(1 * MB);
    app.simulator.faults.add({ on: "download", kind: "wrongHash" });
    await expect((await fetchMedia(path)).arrayBuffer()).rejects.toThrow();
  });

  it("F37 answers 502 for a small file whose hash is not the announced one", async () => {
    const path = await send(40_000);
    app.simulator.faults.add({ on: "download", kind: "wrongHash" });
    expect((await fetchMedia(path)).status).toBe(502);
  });
});

async function send(syntheticBytes: number): Promise<string> {
  const { mediaId } = await app.simulator.sendMessage({
    kind: "video",
    to: ACME_SUPPORT,
    syntheticBytes,
  });
  app.simulator.requests.clear();
  return `/media/${mediaId}`;
}

function fetchMedia(path: string, headers: Record<string, string> = {}, signal?: AbortSignal) {
  return fetch(app.url + path, { headers: { Cookie: cookie, ...headers }, signal: signal ?? null });
}

/** Soon after the clients' leaving. How soon is tested by itself: see download-abort.test.ts. */
async function expectNothingOpen(): Promise<void> {
  await waitFor(() => expect(app.simulator.requests.open()).toEqual([]));
}

function lastFetch(): Record<string, unknown> | undefined {
  return app.logs().findLast(({ event }) => event === "media.fetched");
}
