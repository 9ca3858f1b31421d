import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { startHousekeeping } from "#app/operations/housekeeping.server.ts";
import { closeDatabase, engine, forDuty } from "#app/process/database.server.ts";
import { env } from "#app/process/env.server.ts";
import { errorDetails } from "#app/process/error-details.ts";
import { log } from "#app/process/log.server.ts";
import { startOfferingSetup } from "#app/setup/first-run.server.ts";
import { drainOnSignals } from "./drain.ts";
import { applyLimits, serverOptions } from "./limits.ts";

/**
 * Starts the server; resolves once it listens.
 *
 * @throws when it can't listen on HOST and PORT; the database is closed again by then
 */
export async function boot(listener: RequestListener): Promise<void> {
  process.on("uncaughtException", (error) => {
    log.fatal({ event: "server.crashed", ...errorDetails(error) });
    log.flush();
    process.exit(1);
  });
  const server = createServer(serverOptions(), listener);
  applyLimits(server);
  const stopHousekeeping = startHousekeeping({
    db: forDuty("maintenance"),
    quarantineDays: env.QUARANTINE_RETENTION_DAYS,
    auditDays: env.AUDIT_RETENTION_DAYS,
    log,
  });
  let stopOffering = () => {};
  const stopJobs = () => {
    stopHousekeeping();
    stopOffering();
  };
  drainOnSignals({ server, stopJobs, closeDatabase, log });
  try {
    await once(server.listen(env.PORT, env.HOST), "listening");
  } catch (error) {
    stopJobs();
    await closeDatabase();
    throw error;
  }
  const address = addressOf(server.address());
  log.info({ event: "server.listening", address, engine });
  stopOffering = startOfferingSetup(env.APP_ORIGIN ?? address ?? "");
}

function addressOf(address: AddressInfo | string | null): string | null {
  if (address === null || typeof address === "string") return address;
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
