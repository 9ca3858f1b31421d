import { setTimeout as sleep } from "node:timers/promises";
import type { Program } from "#tests/support/app/program.ts";

const TIMEOUT_MS = 30_000;

/**
 * Asks again until the answer is true; a rejection is a no.
 *
 * @throws with all that the program wrote, when it is late
 */
export async function until(
  program: Pick<Program, "output">,
  ready: () => boolean | Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (
      await Promise.resolve()
        .then(ready)
        .catch(() => false)
    )
      return;
    await sleep(50);
  }
  throw new Error(`A program of the bench is not ready. It wrote:\n${program.output()}`);
}
