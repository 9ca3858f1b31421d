import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { bytesOf } from "#tests/support/bytes-of.ts";
import { media, sendJson, startGraph, TOKEN } from "#tests/support/graph-server.ts";
import { noAbort } from "#tests/support/no-abort.ts";

const SHORT = { connectMs: 100, headersMs: 100, lookupIdleMs: 100 };
const silence = () => {};

function oneRequest() {
  let resolve: (req: IncomingMessage) => void = silence;
  const asked = new Promise<IncomingMessage>((done) => {
    resolve = done;
  });
  return { asked, resolve };
}

describe("downloadMedia", () => {
  it("sends the token, a product User-Agent and the Range, and asks for no encoding", async () => {
    await using world = await startGraph((_, res) => {
      res.writeHead(206, { "content-type": "image/jpeg" }).end("part");
    });
    const url = `${world.url}/download?mid=1`;
    const answer = await world
      .client()
      .downloadMedia({ ...media, url, range: "bytes=0-3" }, noAbort);
    expect(String(await bytesOf(answer.body))).toBe("part");
    expect(answer).toMatchObject({ status: 206, headers: { "content-type": "image/jpeg" } });
    expect(world.requests[0]?.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      "user-agent": "tapview/1.0",
      "accept-encoding": "identity",
      range: "bytes=0-3",
    });
  });

  it("sends no Range that nobody asked for", async () => {
    await using world = await startGraph((_, res) => res.end());
    const answer = await world.client().downloadMedia({ ...media, url: world.url }, noAbort);
    await bytesOf(answer.body);
    expect(world.requests[0]?.headers).not.toHaveProperty("range");
  });

  it.each([401, 404, 416, 500])("hands over status %i instead of throwing", async (status) => {
    await using world = await startGraph((_, res) => res.writeHead(status).end("page"));
    const answer = await world.client().downloadMedia({ ...media, url: world.url }, noAbort);
    expect(answer.status).toBe(status);
    expect(String(await bytesOf(answer.body))).toBe("page");
  });

  it("F53 closes WhatsApp's connection when the person leaves in mid-body", async () => {
    const { asked, resolve } = oneRequest();
    await using world = await startGraph((req, res) => {
      res.write("first");
      resolve(req);
    });
    const leaving = new AbortController();
    const answer = await world.client().downloadMedia({ ...media, url: world.url }, leaving.signal);
    const closed = once((await asked).socket, "close");
    leaving.abort(new Error("left"));
    await closed;
    await expect(bytesOf(answer.body)).rejects.toThrow("left");
  });

  it("closes WhatsApp's connection when the body is destroyed unread", async () => {
    const { asked, resolve } = oneRequest();
    await using world = await startGraph((req, res) => {
      res.write("first");
      resolve(req);
    });
    const answer = await world.client().downloadMedia({ ...media, url: world.url }, noAbort);
    const closed = once((await asked).socket, "close");
    answer.body.destroy();
    await closed;
  });

  it("fails a body whose connection is lost half-way", async () => {
    await using world = await startGraph((_, res) => {
      res.writeHead(200, { "content-length": "100" });
      res.write("some", () => res.destroy());
    });
    const answer = await world.client().downloadMedia({ ...media, url: world.url }, noAbort);
    await expect(bytesOf(answer.body)).rejects.toThrow();
  });
});

describe("a connection that fails", () => {
  it("F33 tells timeout when Graph never answers", async () => {
    await using world = await startGraph(silence);
    const client = world.client({ timeouts: SHORT });
    await expect(client.lookUpMedia(media, noAbort)).rejects.toMatchObject({ kind: "timeout" });
    await expect(client.downloadMedia({ ...media, url: world.url }, noAbort)).rejects.toMatchObject(
      {
        kind: "timeout",
      },
    );
  });

  it("F33 tells timeout when a look-up's answer stops half-way", async () => {
    await using world = await startGraph((_, res) => res.write('{"url":'));
    const client = world.client({ timeouts: SHORT });
    await expect(client.lookUpMedia(media, noAbort)).rejects.toMatchObject({ kind: "timeout" });
  });

  it("F49 tells unavailable when the connection is refused", async () => {
    const world = await startGraph(silence);
    await world[Symbol.asyncDispose]();
    const client = world.client();
    await expect(client.lookUpMedia(media, noAbort)).rejects.toMatchObject({ kind: "unavailable" });
  });

  it("F49 tells unavailable when the connection is reset", async () => {
    await using world = await startGraph((req) => req.socket.resetAndDestroy());
    await expect(world.client().lookUpMedia(media, noAbort)).rejects.toMatchObject({
      kind: "unavailable",
    });
  });

  it("F49 tells unavailable when a look-up's answer is cut short", async () => {
    await using world = await startGraph((_, res) => {
      res.writeHead(200, { "content-length": "100" });
      res.write("{", () => res.destroy());
    });
    await expect(world.client().lookUpMedia(media, noAbort)).rejects.toMatchObject({
      kind: "unavailable",
    });
  });

  it("F49 tells unavailable when it does not speak HTTP", async () => {
    await using world = await startGraph((req) => req.socket.end("SSH-2.0-OpenSSH_9.7\r\n"));
    await expect(world.client().lookUpMedia(media, noAbort)).rejects.toMatchObject({
      kind: "unavailable",
    });
  });

  it("closes the connection when the person leaves before an answer", async () => {
    const { asked, resolve } = oneRequest();
    await using world = await startGraph(resolve);
    const leaving = new AbortController();
    const looked = world.client().lookUpMedia(media, leaving.signal);
    const closed = once((await asked).socket, "close");
    leaving.abort();
    await expect(looked).rejects.toThrow();
    await closed;
  });

  it("asks again without harm after a failure", async () => {
    let count = 0;
    await using world = await startGraph((req, res) => {
      if (++count === 1) req.socket.destroy();
      else sendJson(res, 200, { url: `${world.url}/download` });
    });
    const client = world.client();
    await expect(client.lookUpMedia(media, noAbort)).rejects.toThrow();
    expect(await client.lookUpMedia(media, noAbort)).toMatchObject({
      url: `${world.url}/download`,
    });
  });
});
