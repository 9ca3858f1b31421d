import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { beginDraining } from "#app/process/draining.server.ts";

/** For requests in flight. Orchestrators kill after 30 s by custom; this and the rest must fit. */
const HARD_CAP_MS = 10_000;
/** For what a request does after its connection is gone: the line of a cut media stream in the audit log. */
const AFTERMATH_MS = 250;
const DATABASE_CLOSE_MS = 6_000;

export interface DrainOptions {
  server: Server;
  /** Lets no further work begin that no request asked for. */
  stopJobs: () => void;
  closeDatabase: () => Promise<void>;
  log: Pick<Logger, "info" | "flush">;
  hardCapMs?: number;
}

/** On SIGTERM or SIGINT drains and exits with 0; a second signal exits at once. */
export function drainOnSignals(options: DrainOptions): void {
  const drain = drainer(options);
  let draining = false;
  const onSignal = (signal: "SIGTERM" | "SIGINT") => {
    if (draining) process.exit(128 + constants.signals[signal]);
    draining = true;
    void drain(signal).then(() => process.exit(0));
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}

/**
 * Follows a server's connections from now on.
 *
 * @returns a function that stops accepting, waits for requests in flight up to the hard cap, cuts
 * what is left and closes the database. It never rejects.
 */
export function drainer(options: DrainOptions) {
  const { server, stopJobs, closeDatabase, log, hardCapMs = HARD_CAP_MS } = options;
  const sockets = new Set<Socket>();
  const answers = new Set<ServerResponse>();
  let draining = false;
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.prependListener("request", (_req, res) => {
    answers.add(res);
    if (draining) res.setHeader("Connection", "close");
    res.once("close", () => {
      answers.delete(res);
      if (draining) server.closeIdleConnections();
    });
  });

  return async function drain(reason: string): Promise<void> {
    draining = true;
    beginDraining();
    stopJobs();
    log.info({ event: "server.draining", reason, inFlight: answers.size });
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const res of answers) if (!res.headersSent) res.setHeader("Connection", "close");
    // Browsers open connections ahead of need; Node counts these as busy.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    await withinMs(closed, hardCapMs);
    const cut = answers.size;
    server.closeAllConnections();
    await sleep(AFTERMATH_MS);
    await withinMs(closeDatabase(), DATABASE_CLOSE_MS);
    log.info({ event: "server.stopped", cut });
    log.flush();
  };
}

async function withinMs(work: Promise<unknown>, ms: number): Promise<void> {
  const timeout = new AbortController();
  const late = sleep(ms, undefined, { signal: timeout.signal });
  await Promise.race([work, late]).catch(() => {});
  timeout.abort();
  await late.catch(() => {});
}
