import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { integer, type Random } from "#tests/support/seeded-random.ts";
import type { SoakFile } from "./soak-files.ts";

const SLOW_READ_PAUSE_MS = 50;

export interface Visit {
  random: Random;
  /** One that nothing is wrong with. */
  file: SoakFile;
  /** Always the same for one person: a file that stalls holds whoever opens it. */
  faulty: SoakFile;
  ask(file: SoakFile, options?: AskOptions): Promise<{ status: number; body: Readable }>;
}

interface AskOptions {
  method?: "GET" | "HEAD";
  range?: string;
}

/** What people do, and how many of them do it at a time. Each throws when the answer is not right. */
export const KINDS: Record<string, { people: number; visit: (visit: Visit) => Promise<void> }> = {
  "read whole": {
    people: 10,
    visit: async ({ ask, file }) => {
      const { status, body } = await ask(file);
      expectAnswer({ status, bytes: await read(body) }, { status: 200, bytes: file.bytes });
    },
  },
  "read a part": {
    people: 4,
    visit: async ({ ask, file, random }) => {
      const first = integer(random, file.bytes);
      const last = first + integer(random, file.bytes - first);
      const { status, body } = await ask(file, { range: `bytes=${first}-${last}` });
      const bytes = last - first + 1;
      expectAnswer({ status, bytes: await read(body) }, { status: 206, bytes });
    },
  },
  HEAD: {
    people: 2,
    visit: async ({ ask, file }) => {
      const { status, body } = await ask(file, { method: "HEAD" });
      expectAnswer({ status, bytes: await read(body) }, { status: 200, bytes: 0 });
    },
  },
  "leave half-way": {
    people: 6,
    visit: async ({ ask, file, random }) => {
      const { status, body } = await ask(file);
      await read(body, { limit: integer(random, file.bytes) });
      expectAnswer({ status, bytes: 0 }, { status: 200, bytes: 0 });
    },
  },
  "read slowly": {
    people: 6,
    visit: async ({ ask, file }) => {
      const { status, body } = await ask(file);
      const bytes = await read(body, { pauseMs: SLOW_READ_PAUSE_MS });
      expectAnswer({ status, bytes }, { status: 200, bytes: file.bytes });
    },
  },
  "read what is broken": {
    people: 12,
    visit: async ({ ask, faulty }) => {
      const { status, body } = await ask(faulty);
      const bytes = await read(body).catch(() => 0);
      // Cut short is right, and so is whole where the rest could be fetched.
      const mended = faulty.fault === "download truncate" || faulty.fault === "download stall";
      const whole = bytes === faulty.bytes && !mended;
      if (status < 400 && whole) throw new Error(`${faulty.fault}: a clean end`);
    },
  },
};

/** @returns the bytes read; of a body that was left, those read before */
async function read(body: Readable, { limit = Number.POSITIVE_INFINITY, pauseMs = 0 } = {}) {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes >= limit) break;
    if (pauseMs > 0) await sleep(pauseMs);
  }
  return bytes;
}

function expectAnswer(
  answer: { status: number; bytes: number },
  right: { status: number; bytes: number },
): void {
  if (answer.status !== right.status) throw new Error(`status ${answer.status}`);
  if (answer.bytes !== right.bytes) throw new Error(`${answer.bytes} of ${right.bytes} bytes`);
}
