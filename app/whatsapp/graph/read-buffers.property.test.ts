import type { ServerResponse } from "node:http";
import { expect, it } from "vitest";
import { fileBytes, startFileHost } from "#tests/support/file-host.ts";
import { integer, type Random, seededRandom, testSeed } from "#tests/support/seeded-random.ts";
import type { DownloadBody } from "../files/download.ts";
import { recycle } from "./read-buffers.ts";

const MB = 1024 * 1024;
const FILES = 120;
const CONNECTIONS = 6;

/** How a reader treats what it gets. */
const READERS = [
  "gives back at once",
  "gives back later",
  "gives back at its end",
  "keeps",
  "leaves",
] as const;

interface Held {
  chunk: Buffer;
  at: number;
}

/** Sends a file in pieces of random size, with or without a declared length. */
async function sendFile(id: number, file: Buffer, res: ServerResponse, random: Random) {
  if (id % 3 > 0) res.setHeader("content-length", file.length);
  for (let at = 0; at < file.length && !res.destroyed; ) {
    const end = at + 1 + integer(random, 300_000);
    // A write is called back when it is out, or with an error when the client has left.
    await new Promise((resolve) => res.write(file.subarray(at, end), resolve));
    at = end;
  }
  res.end();
}

it("no byte is ever wrong, whoever reads beside whom, keeps what, and leaves when", async () => {
  const random = seededRandom(testSeed("read buffers"));
  const files = Array.from({ length: FILES }, (_, id) => fileBytes(id, integer(random, 2 * MB)));
  await using host = await startFileHost((req, res) => {
    const id = Number(req.url?.slice(1));
    void sendFile(id, files[id] ?? Buffer.alloc(0), res, seededRandom(id));
  }, CONNECTIONS);
  const kept: { id: number; held: Held[] }[] = [];
  let wrong = 0;
  let reused = 0;
  const memory = new WeakSet<ArrayBufferLike>();
  const check = (id: number, { chunk, at }: Held) => {
    if (!files[id]?.subarray(at, at + chunk.length).equals(chunk)) wrong += 1;
  };

  const readAll = async (id: number) => {
    const reader = READERS[integer(random, READERS.length)] ?? "keeps";
    const leavesAt = integer(random, files[id]?.length ?? 1);
    const { body } = await host.download(`/${id}`);
    const held: Held[] = [];
    const giveBack = () => {
      for (const one of held.splice(0)) {
        check(id, one);
        recycle(one.chunk);
      }
    };
    const received = await take(body, (chunk, at) => {
      const one = { chunk, at };
      check(id, one);
      if (memory.has(chunk.buffer)) reused += 1;
      memory.add(chunk.buffer);
      held.push(one);
      if (reader === "gives back at once") giveBack();
      if (reader === "gives back later" && held.length > integer(random, 6)) {
        const goOn = () => {
          giveBack();
          body.resume();
        };
        body.pause();
        setTimeout(goOn, integer(random, 5));
      }
      return reader === "leaves" && at >= leavesAt ? "leave" : "stay";
    });
    if (reader === "keeps") kept.push({ id, held });
    else giveBack();
    if (reader !== "leaves") expect(received).toBe(files[id]?.length);
  };
  await Promise.all(files.map((_, id) => readAll(id)));

  for (const { id, held } of kept) for (const one of held) check(id, one);
  expect(wrong).toBe(0);
  expect(reused).toBeGreaterThan(FILES);
  expect(kept.length).toBeGreaterThan(0);
});

/** @returns how many bytes came until the end, or until it left */
function take(
  body: DownloadBody,
  data: (chunk: Buffer, at: number) => "leave" | "stay",
): Promise<number> {
  let at = 0;
  return new Promise((resolve, reject) => {
    body.read({
      data(chunk) {
        const left = data(chunk, at) === "leave";
        at += chunk.length;
        if (!left) return;
        body.destroy();
        resolve(at);
      },
      end: () => resolve(at),
      error: reject,
    });
  });
}
