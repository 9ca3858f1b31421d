import type { FaultInput } from "#simulator/faults/parse.ts";
import type { Random } from "#tests/support/seeded-random.ts";
import { between, oneOf } from "./random-choice.ts";
import { randomDownloadFault } from "./random-download-fault.ts";
import { randomLookupFault } from "./random-lookup-fault.ts";

/** What a random fault may depend on. */
export interface FaultSurroundings {
  random: Random;
  /** Of the file, in bytes. */
  size: number;
  /** A host that must never be asked. */
  elsewhere: string;
  /** Whether whoever reads the answer gets a part, whose hash nobody knows. */
  readsParts: boolean;
}

/** Faults that keep their reader waiting for ever. */
const WAITING = new Set<string>(["never", "stall"]);
/** Faults that a person must not notice. */
const HARMLESS = new Set<string>([
  ...["none", "slow", "slowHeaders", "trickle", "chunked", "extraHeaders", "ignoreRange"],
]);
const WAITING_SHARE = 0.02;

/** None to three faults, each for one to three requests and in no particular order of hops. */
export function randomFaults(surroundings: FaultSurroundings): FaultInput[] {
  const { random } = surroundings;
  const count = oneOf(random, [0, 1, 1, 1, 2, 2, 3]);
  return Array.from({ length: count }, () => ({
    ...randomFault(surroundings),
    times: oneOf(random, [1, 1, 1, 2, 3]),
  }));
}

export function waits({ kind }: FaultInput): boolean {
  return WAITING.has(kind);
}

export function harms(fault: FaultInput): boolean {
  return !HARMLESS.has(fault.kind) || "headers" in fault;
}

function randomFault(surroundings: FaultSurroundings): FaultInput {
  const { random, size } = surroundings;
  const on = random() < 0.35 ? "lookup" : "download";
  if (random() < WAITING_SHARE) {
    return oneOf<FaultInput>(random, [
      { on, kind: "never" },
      { on, kind: "stall", afterBytes: between(random, 0, on === "lookup" ? 300 : size) },
    ]);
  }
  return on === "lookup" ? randomLookupFault(surroundings) : randomDownloadFault(surroundings);
}
