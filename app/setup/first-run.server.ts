import { setTimeout as sleep } from "node:timers/promises";
import { hasCompany } from "#app/models/people/companies.server.ts";
import { forDuty } from "#app/process/database.server.ts";
import { env } from "#app/process/env.server.ts";
import { log } from "#app/process/log.server.ts";
import { setupCode } from "./setup-code.ts";

const RETRY_MS = 5_000;

let companyIsKnown = false;
let codeIsLogged = false;

/**
 * Whether there is no company yet, so that /setup makes the first one. Asks the database until there
 * is one: none is ever deleted.
 */
export async function needsSetup(): Promise<boolean> {
  companyIsKnown ||= await hasCompany(forDuty("setup"));
  return !companyIsKnown;
}

/**
 * Writes the setup code to the log, where whoever runs the server finds it; once a process.
 *
 * @param origin where browsers find the app
 */
export function logSetupCode(origin: string): void {
  if (codeIsLogged) return;
  codeIsLogged = true;
  const code = setupCode(env.SESSION_SECRET[0] as string);
  log.warn({ event: "setup.offered", address: `${origin}/setup`, code });
}

/**
 * Logs the setup code at the start of a server that has no company. A database that doesn't answer,
 * or has no tables yet, is asked again.
 *
 * @returns stops asking
 */
export function startOfferingSetup(origin: string): () => void {
  const stopping = new AbortController();
  const { signal } = stopping;
  void offer();
  return () => stopping.abort();

  async function offer(): Promise<void> {
    while (!signal.aborted) {
      try {
        if (await needsSetup()) logSetupCode(origin);
        return;
      } catch {
        await sleep(RETRY_MS, undefined, { ref: false, signal }).catch(() => {});
      }
    }
  }
}
