import { request as httpRequest, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type App, startApp } from "#tests/support/app/app.ts";
import { integer, seededRandom, testSeed } from "#tests/support/seeded-random.ts";

const ACME_SUPPORT = "106540352242922";
const MB = 1024 * 1024;
const FILES = 6;
const CLIENTS = 18;
const READERS = ["fast", "slow", "leaving"] as const;

let app: App;
let cookie: string;
beforeAll(async () => {
  app = await startApp();
  cookie = await app.login("agent@acme.test");
});
afterAll(() => app?.stop());

/** Bytes that differ from file to file and from place to place. */
function fileOf(id: number, size: number): Buffer {
  const words = new Uint32Array(size / 4);
  for (let at = 0; at < words.length; at++) words[at] = Math.imul(id + 1, 0x9e3779b1) ^ at;
  return Buffer.from(words.buffer);
}

function open(path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asking = httpRequest(app.url + path, { agent: false, headers: { Cookie: cookie } });
    asking.once("response", resolve).once("error", reject).end();
  });
}

it("F54 hands out no wrong byte, whoever reads beside whom, how slowly, and leaves when", async () => {
  const random = seededRandom(testSeed("bytes"));
  const files = Array.from({ length: FILES }, (_, id) => fileOf(id, (2 + 2 * id) * MB));
  const paths = await Promise.all(
    files.map(async (bytes, index) => {
      const sent = await app.simulator.sendMessage({ kind: "document", to: ACME_SUPPORT, bytes });
      const mediaId = sent.mediaId ?? "";
      if (index % 3 === 1) app.simulator.faults.add({ on: "download", kind: "chunked", mediaId });
      if (index % 3 === 2) {
        const fault = {
          on: "download",
          kind: "truncate",
          afterBytes: 1_234_567,
          times: 2,
        } as const;
        app.simulator.faults.add({ ...fault, mediaId });
      }
      return `/media/${mediaId}`;
    }),
  );

  const read = async (client: number) => {
    const file = files[client % FILES] ?? Buffer.alloc(0);
    const reader = READERS[Math.floor(client / FILES) % READERS.length];
    const leavesAt = integer(random, file.length);
    const answer = await open(paths[client % FILES] ?? "");
    expect(answer.statusCode).toBe(200);
    let at = 0;
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      if (!chunk.equals(file.subarray(at, at + chunk.length))) return `wrong at ${at}`;
      at += chunk.length;
      if (reader === "slow") await sleep(integer(random, 4));
      if (reader === "leaving" && at >= leavesAt) return "left";
    }
    return at === file.length ? "whole" : `ended at ${at} of ${file.length}`;
  };
  const results = await Promise.all(Array.from({ length: CLIENTS }, (_, index) => read(index)));

  const times = (result: string) => results.filter((one) => one === result).length;
  expect(new Set(results)).toEqual(new Set(["whole", "left"]));
  expect([times("whole"), times("left")]).toEqual([(CLIENTS / 3) * 2, CLIENTS / 3]);
});
