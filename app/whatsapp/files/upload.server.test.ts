import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import Busboy from "@fastify/busboy";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { graphError, sendJson, startGraph, TOKEN } from "#tests/support/graph-server.ts";
import { noAbort } from "#tests/support/no-abort.ts";
import { waitFor } from "#tests/support/wait.ts";
import { createUploader } from "./upload.server.ts";

const MIB = 1024 * 1024;
const number = "106540352242922";

const uploaderTo = (world: { url: string }, stallMs?: number) =>
  createUploader(
    { baseUrl: world.url, version: "v25.0", accessToken: async () => TOKEN },
    stallMs === undefined ? {} : { stallMs },
  );

async function* chunks(count: number, size = 64 * 1024) {
  for (let index = 0; index < count; index++) yield Buffer.alloc(size, index);
}

const file = (bytes: AsyncIterable<Uint8Array>) => ({
  phoneNumberId: number,
  mimeType: "image/jpeg",
  filename: "photo.jpg",
  bytes,
});

/** What a multipart body holds. */
async function received(req: import("node:http").IncomingMessage) {
  const fields: Record<string, string> = {};
  const hash = createHash("sha256");
  let head: unknown;
  const form = new Busboy({ headers: { "content-type": "", ...req.headers } });
  form.on("field", (name, value) => {
    fields[name] = value;
  });
  form.on("file", (name, stream, filename, _, mimeType) => {
    head = { name, filename, mimeType };
    stream.on("data", (chunk) => hash.update(chunk));
  });
  req.pipe(form);
  await new Promise((resolve) => form.on("finish", resolve));
  return { fields, head, sha256: hash.digest("hex") };
}

describe("an upload", () => {
  it("reaches WhatsApp whole, with its type and name, and gives back its id", async () => {
    let got: unknown;
    await using world = await startGraph(async (req, res) => {
      got = await received(req);
      sendJson(res, 200, { id: "914268667232441" });
    });
    expect(await uploaderTo(world)(file(chunks(40)), noAbort)).toBe("914268667232441");
    const hash = createHash("sha256");
    for await (const chunk of chunks(40)) hash.update(chunk);
    expect(got).toEqual({
      fields: { messaging_product: "whatsapp", type: "image/jpeg" },
      head: { name: "file", filename: "photo.jpg", mimeType: "image/jpeg" },
      sha256: hash.digest("hex"),
    });
    expect(world.requests[0]).toMatchObject({
      method: "POST",
      url: `/v25.0/${number}/media`,
      headers: { authorization: `Bearer ${TOKEN}` },
    });
  });

  it("takes no more of a file than WhatsApp takes, and gives up when that stops", async () => {
    let taken = 0;
    async function* counted() {
      for await (const chunk of chunks(2_000)) {
        taken += chunk.length;
        yield chunk;
      }
    }
    await using world = await startGraph((req) => req.pause());
    await expect(uploaderTo(world, 500)(file(counted()), noAbort)).rejects.toMatchObject({
      kind: "timeout",
    });
    // What the kernel takes in on a loopback connection before it says stop, generously.
    expect(taken).toBeLessThan(32 * MIB);
  });

  it("gives up when WhatsApp doesn't answer the whole of it", async () => {
    await using world = await startGraph((req) => req.resume());
    await expect(uploaderTo(world, 300)(file(chunks(2)), noAbort)).rejects.toMatchObject({
      kind: "timeout",
    });
  });

  it("waits for a slow sender, without an end of its own", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    async function* slow() {
      for await (const chunk of chunks(3, 10)) {
        vi.advanceTimersByTime(400);
        yield chunk;
      }
    }
    await using world = await startGraph(async (req, res) => {
      await received(req);
      sendJson(res, 200, { id: "1" });
    });
    expect(await uploaderTo(world, 300)(file(slow()), noAbort)).toBe("1");
  });

  it("tells what WhatsApp answers before it has all", async () => {
    await using world = await startGraph((req, res) => {
      req.once("data", () => sendJson(res, 400, graphError(131053)));
    });
    await expect(uploaderTo(world)(file(chunks(1_000)), noAbort)).rejects.toMatchObject({
      answer: { code: 131053 },
    });
  });

  it.each([
    ["is reset", "unavailable"],
    ["answers garbage", "unexpected"],
  ])("fails when WhatsApp %s half-way", async (how, kind) => {
    await using world = await startGraph((req, res) => {
      if (how === "is reset") req.once("data", () => req.socket.resetAndDestroy());
      else req.resume().on("end", () => sendJson(res, 200, { id: "../1" }));
    });
    await expect(uploaderTo(world)(file(chunks(100)), noAbort)).rejects.toMatchObject({ kind });
  });

  it("ends at WhatsApp without its last boundary when its bytes fail, and tells why", async () => {
    const left = new Error("the person left");
    let body = "";
    let ended: Promise<unknown> | undefined;
    await using world = await startGraph((req) => {
      req.setEncoding("latin1").on("data", (chunk) => {
        body += chunk;
      });
      ended = new Promise((resolve) => req.on("close", () => resolve(req.complete)));
    });
    async function* broken() {
      yield* chunks(2);
      await waitFor(() => expect(body).not.toBe(""));
      throw left;
    }
    await expect(uploaderTo(world)(file(broken()), noAbort)).rejects.toBe(left);
    expect(await ended).toBe(false);
    expect(body).not.toMatch(/--\r\n$/);
  });

  it("ends at WhatsApp when it is aborted", async () => {
    const stop = new AbortController();
    let closed: Promise<unknown> | undefined;
    await using world = await startGraph((req) => {
      closed = new Promise((resolve) => req.on("close", resolve));
      req.once("data", () => stop.abort());
      req.resume();
    });
    async function* endless() {
      for (;;) {
        await sleep(5);
        yield Buffer.alloc(1024);
      }
    }
    await expect(uploaderTo(world)(file(endless()), stop.signal)).rejects.toThrow();
    await closed;
  });
});
