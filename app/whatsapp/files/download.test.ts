import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { bytesOf } from "#tests/support/bytes-of.ts";
import { fileBytes, startFileHost } from "#tests/support/file-host.ts";
import { waitUntil } from "#tests/support/wait.ts";
import type { BodyReader } from "./download.ts";

const MB = 1024 * 1024;

/** A reader that writes down all it hears. */
function listener() {
  const heard: string[] = [];
  let bytes = 0;
  const reader: BodyReader = {
    data(chunk) {
      bytes += chunk.length;
    },
    end: () => void heard.push("end"),
    error: (error) => void heard.push(`error: ${error.message}`),
  };
  return { heard, bytes: () => bytes, reader };
}

/** A host whose answers a test takes in hand. */
async function startHost() {
  const answers: ServerResponse[] = [];
  const host = await startFileHost((_, res) => answers.push(res));
  const next = () => waitUntil(() => answers.shift());
  return Object.assign(host, { next });
}

describe("openDownload", () => {
  it("hands over status, headers and bytes", async () => {
    const file = fileBytes(1, 3 * MB);
    await using host = await startFileHost((req, res) => {
      expect(req.headers["x-asked"]).toBe("yes");
      res.writeHead(206, { etag: "1", "content-length": file.length }).end(file);
    });
    const { status, headers, body } = await host.download("/a?b=c", undefined, {
      "x-asked": "yes",
    });
    expect([status, headers.etag]).toEqual([206, "1"]);
    expect((await bytesOf(body)).equals(file)).toBe(true);
  });

  it("asks for the path and the query as they stand, with GET", async () => {
    const asked: unknown[] = [];
    await using host = await startFileHost((req, res) => {
      asked.push(req.method, req.url);
      res.end();
    });
    await bytesOf((await host.download("/a%20b/?mid=1&hash=x%2By")).body);
    expect(asked).toEqual(["GET", "/a%20b/?mid=1&hash=x%2By"]);
  });

  it.each([
    ["an empty body", (res: ServerResponse) => res.end()],
    [
      "a declared length of 0",
      (res: ServerResponse) => res.writeHead(200, { "content-length": 0 }).end(),
    ],
    ["status 204", (res: ServerResponse) => res.writeHead(204).end()],
    ["status 304", (res: ServerResponse) => res.writeHead(304).end()],
  ])("ends %s at once, and not before it is read", async (_, answer) => {
    await using host = await startFileHost((_req, res) => answer(res));
    const { body } = await host.download("/");
    await sleep(20);
    const { heard, reader } = listener();
    body.read(reader);
    await waitUntil(() => heard.length > 0);
    expect(heard).toEqual(["end"]);
  });

  it("passes over what only announces the answer", async () => {
    await using host = await startFileHost((_, res) => {
      res.writeProcessing();
      res.writeEarlyHints({ link: "</style.css>; rel=preload" });
      res.end("file");
    });
    const { status, body } = await host.download("/");
    expect(status).toBe(200);
    expect(String(await bytesOf(body))).toBe("file");
  });

  it("uses a connection again once a body was read to its end, and not before", async () => {
    await using host = await startFileHost((_, res) => res.end(fileBytes(1, MB)));
    const first = await host.download("/1");
    const second = await host.download("/2");
    expect(host.sockets).toHaveLength(2);
    await Promise.all([bytesOf(first.body), bytesOf(second.body)]);
    await sleep(20);
    for (let more = 0; more < 4; more++) {
      await bytesOf((await host.download("/3")).body);
      await sleep(1);
    }
    expect(host.sockets).toHaveLength(2);
  });

  it("keeps the connection when a body is destroyed after its end", async () => {
    await using host = await startFileHost((_, res) => res.end("file"));
    const { body } = await host.download("/");
    await bytesOf(body);
    body.destroy();
    await sleep(20);
    expect(host.open.size).toBe(1);
  });
});

describe("backpressure on a download", () => {
  /** Bytes that the host got rid of; the rest waits on its side. */
  function endless(res: ServerResponse) {
    let sent = 0;
    const chunk = fileBytes(1, 64 * 1024);
    const more = () => {
      while (!res.destroyed && res.write(chunk)) sent += chunk.length;
      res.once("drain", more);
    };
    more();
    return { sent: () => sent };
  }

  it("F54 leaves the network alone before it is read and while it is paused", async () => {
    await using host = await startHost();
    const asked = host.download("/");
    const sending = endless(await host.next());
    const { body } = await asked;
    const settled = async () => {
      for (let last = -1; last !== sending.sent(); ) {
        last = sending.sent();
        await sleep(100);
      }
      return sending.sent();
    };
    const unread = await settled();
    const { bytes, heard, reader } = listener();
    body.read(reader);
    await waitUntil(() => bytes() > unread + 8 * MB);
    body.pause();
    const read = bytes();
    const paused = await settled();
    // Paused from outside of its own data, undici hands out one more chunk.
    expect(bytes() - read).toBeLessThanOrEqual(64 * 1024);
    expect(paused - read).toBeLessThan(16 * MB);
    body.resume();
    await waitUntil(() => bytes() > paused + MB);
    body.destroy();
    const destroyed = bytes();
    await waitUntil(() => host.open.size === 0);
    expect(bytes()).toBe(destroyed);
    expect(heard).toEqual([]);
  });

  it("can be paused and resumed within a chunk", async () => {
    const file = fileBytes(2, 4 * MB);
    await using host = await startFileHost((_, res) => res.end(file));
    const { body } = await host.download("/");
    const chunks: Buffer[] = [];
    await new Promise<void>((resolve, reject) => {
      body.read({
        data(chunk) {
          chunks.push(Buffer.from(chunk));
          body.pause();
          if (chunks.length % 2) body.resume();
          else setImmediate(body.resume);
        },
        end: resolve,
        error: reject,
      });
    });
    expect(Buffer.concat(chunks).equals(file)).toBe(true);
  });
});
