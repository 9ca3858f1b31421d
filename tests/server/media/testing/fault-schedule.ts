import type { FaultInput } from "#simulator/faults/parse.ts";
import { seededRandom } from "#tests/support/seeded-random.ts";
import type { Client } from "./client.ts";
import { between } from "./random-choice.ts";
import { randomClients } from "./random-client.ts";
import { randomFaults, waits } from "./random-faults.ts";
import { type FileToSend, randomFile } from "./random-file.ts";

/** One file, what goes wrong with it, and who asks for it. */
export interface FaultSchedule {
  /** Makes this schedule again, alone. */
  seed: number;
  file: FileToSend;
  faults: FaultInput[];
  clients: Client[];
}

/** The same schedule for the same seed. @param elsewhere origin of a host that must never be asked */
export function faultSchedule(seed: number, elsewhere: string): FaultSchedule {
  const random = seededRandom(seed);
  const file = randomFile(random);
  const clients = randomClients(random, file.size);
  const readsParts = clients.some(({ range }) => range !== undefined);
  const faults = randomFaults({ random, size: file.size, elsewhere, readsParts });
  const leaveAfterMs = between(random, 100, 400);
  // Nobody here waits for the app's own deadlines of 10 seconds and more.
  const patient = faults.some(waits) ? clients.map((one) => ({ leaveAfterMs, ...one })) : clients;
  return { seed, file, faults, clients: patient };
}

/** A schedule in which all goes well. */
export function calmSchedule(seed: number): FaultSchedule {
  return { seed, file: randomFile(seededRandom(seed)), faults: [], clients: [{}] };
}
