import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Agent, request } from "undici";
import { integer, seededRandom } from "#tests/support/seeded-random.ts";
import type { SoakFile } from "./soak-files.ts";
import { KINDS, type Visit } from "./soak-people.ts";

const MAX_PAUSE_MS = 100;

export interface Tally {
  right: number;
  /** What should not have happened, in words, with how often. */
  wrong: Map<string, number>;
}

/**
 * People with the files, each doing one thing over and over with short pauses.
 *
 * @param options.signal ends it: all leave at once, in the middle of what they do
 */
export async function runTraffic(options: {
  url: string;
  headers: Record<string, string>;
  files: readonly SoakFile[];
  seed: number;
  signal: AbortSignal;
}): Promise<Map<string, Tally>> {
  const { url, headers, signal } = options;
  // One for every request under way.
  setMaxListeners(0, signal);
  const random = seededRandom(options.seed);
  const dispatcher = new Agent({ pipelining: 1 });
  const ask: Visit["ask"] = async (file, { method = "GET", range } = {}) => {
    const answer = await request(url + file.path, {
      ...{ dispatcher, signal, method },
      headers: { ...headers, ...(range && { range }) },
    });
    answer.body.on("error", () => {});
    return { status: answer.statusCode, body: answer.body };
  };
  const healthy = options.files.filter(({ fault }) => fault === undefined);
  const faulty = options.files.filter(({ fault }) => fault !== undefined);
  const tallies = new Map<string, Tally>();
  const people = Object.entries(KINDS).flatMap(([kind, { people, visit }]) => {
    const tally: Tally = { right: 0, wrong: new Map() };
    tallies.set(kind, tally);
    return Array.from({ length: people }, async (_, person) => {
      const broken = at(faulty, person % faulty.length);
      while (!signal.aborted) {
        const file = at(healthy, integer(random, healthy.length));
        await visit({ random, ask, file, faulty: broken }).then(
          () => {
            tally.right += 1;
          },
          (error: Error) => {
            if (!signal.aborted) note(tally, error.message);
          },
        );
        await sleep(integer(random, MAX_PAUSE_MS));
      }
    });
  });
  await Promise.all(people);
  await dispatcher.destroy();
  return tallies;
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new Error(`There is no item ${index}.`);
  return item;
}

function note({ wrong }: Tally, message: string): void {
  wrong.set(message, (wrong.get(message) ?? 0) + 1);
}
