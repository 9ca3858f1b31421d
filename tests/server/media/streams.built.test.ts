import { request as httpRequest, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type App, startApp } from "#tests/support/app/app.ts";

const ACME_SUPPORT = "106540352242922";
const MB = 1024 * 1024;
/** Time for a hundred streams to fill every buffer between WhatsApp and the clients. */
const SETTLE_MS = 3_000;

let app: App;
let cookie: string;
const stalled: IncomingMessage[] = [];

beforeAll(async () => {
  app = await startApp({
    nodeArgs: ["--expose-gc", "--import", "./tests/support/app/collect-on-signal.mjs"],
  });
  cookie = await app.login("agent@acme.test");
}, 60_000);
afterAll(() => app?.stop());
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
    await collectGarbage();
    const before = await residentMegabytes();
    const clients = await openMany(100, path);
    expect(clients.map(({ statusCode }) => statusCode)).toEqual(Array(100).fill(200));
    await sleep(SETTLE_MS);
    expect(app.simulator.requests.open()).toHaveLength(100);
    const grown = (await residentMegabytes()) - before;
    expect(grown).toBeLessThan(100);
    expect((await fetch(`${app.url}/up`)).status).toBe(200);
    for (const client of clients) client.destroy();
    await expectNothingOpen();
  }, 60_000);

  it("F53 fifty clients that leave in mid-body are noticed, also after a garbage collection", async () => {
    const path = await send(100 * MB);
    const clients = await openMany(50, path);
    await vi.waitFor(() => expect(app.simulator.requests.open()).toHaveLength(50));
    await collectGarbage();
    for (const client of clients) client.destroy();
    await expectNothingOpen();
  }, 30_000);

  it.each(["lookup", "download"] as const)(
    "F53 fifty clients that leave before the headers, while the %s is slow, are noticed, also after a garbage collection",
    async (on) => {
      const path = await send(1 * MB);
      app.simulator.faults.add({ on, kind: "never" });
      const leaving = new AbortController();
      const clients = Array.from({ length: 50 }, () =>
        fetchMedia(path, {}, leaving.signal).catch((error: Error) => error.name),
      );
      // Fifty taps on one file share one look-up, but each has a download of its own.
      const upstream = on === "lookup" ? 1 : 50;
      await vi.waitFor(() => expect(app.simulator.requests.open()).toHaveLength(upstream), {
        timeout: 5_000,
      });
      await collectGarbage();
      leaving.abort();
      expect(new Set(await Promise.all(clients))).toEqual(new Set(["AbortError"]));
      await expectNothingOpen();
    },
    30_000,
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
    for (const form of [`${path}.data`, `${path}?_data=routes%2Fmedia.%24mediaId`]) {
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
      await vi.waitFor(() =>
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
      await vi.waitFor(() =>
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

/** Few at a time: of many that wait for WhatsApp, one person's oldest are given up after a while. */
async function openMany(count: number, path: string): Promise<IncomingMessage[]> {
  const clients: IncomingMessage[] = [];
  while (clients.length < count) {
    clients.push(...(await Promise.all(Array.from({ length: 5 }, () => openStalled(path)))));
  }
  return clients;
}

/** A client that takes the headers and then never reads: its socket stays open and unread. */
function openStalled(path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asking = httpRequest(app.url + path, { agent: false, headers: { Cookie: cookie } });
    asking.once("response", (answer) => {
      answer.on("error", () => {});
      answer.pause();
      stalled.push(answer);
      resolve(answer);
    });
    asking.once("error", reject);
    asking.end();
  });
}

/** Soon after the clients' leaving; how soon is tested where the machine's load matters less. */
async function expectNothingOpen(): Promise<void> {
  await vi.waitFor(() => expect(app.simulator.requests.open()).toEqual([]), { timeout: 5_000 });
}

async function collectGarbage(): Promise<void> {
  app.process.kill("SIGUSR2");
  await sleep(200);
}

async function residentMegabytes(): Promise<number> {
  const { readFile } = await import("node:fs/promises");
  const status = await readFile(`/proc/${app.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

function lastFetch(): Record<string, unknown> | undefined {
  return app.logs().findLast(({ event }) => event === "media.fetched");
}
