import type { Random } from "#tests/support/seeded-random.ts";
import type { Client } from "./client.ts";
import { between, oneOf } from "./random-choice.ts";

const GARBAGE_RANGES = [
  "bytes=5-2",
  "lines=1-2",
  "bytes=0-1,3-4",
  "bytes=-",
  "bytes=a-b",
  "bytes=99999999999999999999-",
  "bytes 0-1",
];

/** What the people behind one file do, with how often. @returns more than one for several taps at once */
const behaviours: [share: number, make: (random: Random, size: number) => Client[]][] = [
  [0.3, () => [{}]],
  [0.1, (random, size) => [{ leaveAfterBytes: between(random, 1, size + 1_000) }]],
  [0.1, (random) => [{ leaveAfterMs: between(random, 0, 60) }]],
  [0.08, (random) => [{ pauseMs: between(random, 1, 20) }]],
  [
    0.08,
    (random, size) => [
      { stopAfterBytes: between(random, 1, size + 1_000), stopMs: between(random, 50, 400) },
    ],
  ],
  [0.06, (random, size) => [{ range: single(random, size) }]],
  [0.05, (random, size) => [{ range: `bytes=${between(random, 0, size)}-` }]],
  [0.05, (random, size) => [{ range: `bytes=-${between(random, 0, size + 5)}` }]],
  [0.03, (random, size) => [{ range: `bytes=${size + between(random, 0, 9)}-` }]],
  [0.03, (random) => [{ range: oneOf(random, GARBAGE_RANGES) }]],
  [0.04, () => [{ method: "HEAD" }]],
  [0.04, () => [{}, {}]],
  [0.04, (random) => [{ leaveAfterMs: between(random, 0, 60) }, {}]],
];

export function randomClients(random: Random, size: number): Client[] {
  let share = random();
  for (const [upTo, make] of behaviours) {
    share -= upTo;
    if (share < 0) return make(random, size);
  }
  return [{}];
}

function single(random: Random, size: number): string {
  const first = between(random, 0, size);
  return `bytes=${first}-${between(random, first, size + 100)}`;
}
