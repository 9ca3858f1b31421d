import { setImmediate as turn } from "node:timers/promises";

/** Lets everything happen that needs no more time to pass. */
export async function settle(): Promise<void> {
  for (let turns = 0; turns < 10; turns++) await turn();
}
