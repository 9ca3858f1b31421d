import type { AppLoadContext } from "@remix-run/node";
import { log } from "#app/process/log.server.ts";

/**
 * Does what the answer must not wait for, nor tell by its time: once it is sent, or at once when the
 * server in front doesn't say when that is. A failure is only logged.
 */
export function afterAnswer({ signal }: AppLoadContext, work: () => Promise<unknown>): void {
  const run = () => {
    work().catch((err: unknown) => log.error({ event: "aftermath.failed", err }));
  };
  if (!signal || signal.aborted) run();
  else signal.addEventListener("abort", run, { once: true });
}
