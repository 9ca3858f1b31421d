import { once } from "node:events";
import { createServer, request as httpRequest, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { noAbort } from "#tests/support/no-abort.ts";
import { TestBody } from "#tests/support/open-media.ts";
import { settle } from "#tests/support/settle.ts";
import { waitUntil } from "#tests/support/wait.ts";
import { flowToNode, toWebStream } from "./sinks.ts";
import { startTransfer } from "./testing/transfer.ts";

const MB = 1024 * 1024;
const LARGE = Buffer.alloc(16 * MB, "tapview ");

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A server that answers with a transfer, and a client that doesn't read yet. */
async function setUp(body: TestBody, length: number) {
  const leaving = new AbortController();
  const world = startTransfer({ body, length }, { signal: leaving.signal });
  const server = createServer(async (_req, res) => {
    res.on("error", () => {});
    res.once("close", () => leaving.abort());
    await world.transfer.prime();
    res.writeHead(200, { "content-length": length });
    flowToNode(world.transfer, res);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const asking = httpRequest({ port, host: "127.0.0.1", agent: false }).end();
  const [client] = (await once(asking, "response")) as [IncomingMessage];
  client.on("error", () => {});
  return { ...world, client };
}

async function received(client: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of client) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe("a Node response", () => {
  it("gets the file unchanged, however it is cut", async () => {
    for (const size of [999, 64 * 1024, LARGE.length]) {
      const body = new TestBody();
      for (let at = 0; at < MB; at += size) body.push(LARGE.subarray(at, Math.min(at + size, MB)));
      const { client, reports } = await setUp(body, MB);
      expect((await received(client)).equals(LARGE.subarray(0, MB))).toBe(true);
      await waitUntil(() => reports.length > 0);
      expect(reports).toEqual([{ bytes: MB, outcome: "complete", continuations: 0 }]);
    }
  });

  it("F54 stops WhatsApp when the client doesn't read, and goes on when it does", async () => {
    const body = new TestBody();
    body.push(LARGE);
    const { client, reports } = await setUp(body, 2 * LARGE.length);
    await waitUntil(() => body.paused);
    body.push(LARGE);
    await sleep(100);
    expect(body.paused).toBe(true);
    expect((await received(client)).length).toBe(2 * LARGE.length);
    await waitUntil(() => reports.length > 0);
    expect(reports).toMatchObject([{ outcome: "complete", bytes: 2 * LARGE.length }]);
  });

  it("is complete only when the last byte has left", async () => {
    const { client, reports } = await setUp(TestBody.of(LARGE), LARGE.length);
    await sleep(100);
    expect(reports).toEqual([]);
    await received(client);
    await waitUntil(() => reports.length > 0);
    expect(reports).toMatchObject([{ outcome: "complete" }]);
  });

  it("F35 is destroyed when the transfer breaks off, so that the client can't mistake it", async () => {
    const body = new TestBody();
    body.push(LARGE.subarray(0, MB));
    const { client, reports } = await setUp(body, 2 * MB);
    const receiving = received(client);
    await waitUntil(() => !body.paused);
    body.fail("read ECONNRESET");
    await expect(receiving).rejects.toThrow("aborted");
    expect(reports).toMatchObject([{ outcome: "upstream", bytes: MB }]);
  });

  it.each(["while it reads", "while it doesn't read"])(
    "F53 closes the body when the client leaves %s",
    async (when) => {
      const body = new TestBody();
      body.push(LARGE);
      const { client, reports } = await setUp(body, 2 * LARGE.length);
      if (when === "while it reads") client.resume();
      else await waitUntil(() => body.paused);
      await sleep(50);
      client.destroy();
      await waitUntil(() => body.destroyed);
      expect(reports).toMatchObject([{ outcome: "client-left" }]);
    },
  );
});

describe("a web stream", () => {
  const chunks = ["a", "b", "c"].map((letter) => letter.repeat(40_000));
  const streamOf = async (body: TestBody, length: number, signal = noAbort) => {
    const world = startTransfer({ body, length }, { signal });
    await world.transfer.prime();
    return { ...world, reader: toWebStream(world.transfer).getReader() };
  };

  it("gives the file unchanged, and is complete when its end was read", async () => {
    const { reader, reports } = await streamOf(TestBody.of(...chunks), 120_000);
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      text += Buffer.from(value).toString();
    }
    expect(text === chunks.join("")).toBe(true);
    expect(reports).toEqual([{ bytes: 120_000, outcome: "complete", continuations: 0 }]);
  });

  it("of an empty file has an end", async () => {
    const { reader, reports } = await streamOf(TestBody.of(), 0);
    expect((await reader.read()).done).toBe(true);
    expect(reports).toMatchObject([{ outcome: "complete", bytes: 0 }]);
  });

  it("F54 takes a chunk for each read, and none before the first", async () => {
    const body = TestBody.of(...chunks);
    const { reader, reports } = await streamOf(body, 120_000);
    await settle();
    expect(body.paused).toBe(true);
    for (const chunk of chunks) {
      expect(Buffer.from((await reader.read()).value ?? []).toString() === chunk).toBe(true);
      await settle();
      if (chunk !== chunks.at(-1)) expect(body.paused).toBe(true);
    }
    expect((await reader.read()).done).toBe(true);
    expect(reports).toHaveLength(1);
  });

  it("F35 fails when the transfer breaks off, and names no cause", async () => {
    const body = new TestBody();
    body.push(chunks[0] ?? "");
    const { reader, reports } = await streamOf(body, 120_000);
    await reader.read();
    const next = reader.read();
    next.catch(() => {});
    await settle();
    body.fail("read ECONNRESET 192.0.2.1");
    await expect(next).rejects.toThrow("the media stream broke off");
    expect(reports).toMatchObject([{ outcome: "upstream" }]);
  });

  it("fails at the first read when all is over before", async () => {
    const leaving = new AbortController();
    const { reader, reports } = await streamOf(TestBody.of(...chunks), 120_000, leaving.signal);
    leaving.abort();
    await expect(reader.read()).rejects.toThrow("the media stream broke off");
    expect(reports).toMatchObject([{ outcome: "client-left" }]);
  });

  it.each(["before the first read", "between two reads", "while a read waits"])(
    "F53 closes the body when it is cancelled %s, and reports it once",
    async (when) => {
      const body = new TestBody();
      body.push(chunks[0] ?? "");
      const { reader, reports } = await streamOf(body, 120_000);
      if (when !== "before the first read") await reader.read();
      if (when === "while a read waits") void reader.read();
      await settle();
      await reader.cancel();
      expect(body.destroyed).toBe(true);
      await settle();
      expect(reports).toMatchObject([{ outcome: "client-left" }]);
    },
  );
});
