import { connect } from "node:net";
import { run, start, tool } from "./programs.mjs";

const APP_PORT = Number(process.env.PORT || 3000);
const SIMULATOR_PORT = Number(process.env.SIMULATOR_PORT || 3001);

export const appUrl = `http://localhost:${APP_PORT}`;
export const simulatorUrl = `http://localhost:${SIMULATOR_PORT}`;

/** What the simulated WhatsApp and the app agree on. For a machine of one's own only. */
const shared = {
  WHATSAPP_APP_SECRET: "demo-app-secret",
  WHATSAPP_VERIFY_TOKEN: "demo-verify-token",
  WHATSAPP_ACCESS_TOKEN: "demo-access-token",
};

/**
 * The app's environment: the embedded database in .data, and the simulator for WhatsApp. What is
 * empty counts as unset, but is set: a .env for production can't reach a demo.
 */
export const appEnvironment = {
  ...shared,
  APP_ORIGIN: "",
  DATABASE_URL: "",
  TRUST_PROXY: "",
  PORT: `${APP_PORT}`,
  HOST: "127.0.0.1",
  DATA_DIR: ".data",
  SESSION_SECRET: "demo-session-secret-not-for-production",
  WHATSAPP_GRAPH_URL: `http://127.0.0.1:${SIMULATOR_PORT}`,
  WHATSAPP_MEDIA_HOSTS: `127.0.0.1:${SIMULATOR_PORT}`,
  LOG_LEVEL: process.env.LOG_LEVEL ?? "warn",
};

/** Ends the process with a plain word when a port is taken. */
export async function requireFreePorts() {
  const taken = [];
  if (await isTaken(APP_PORT)) taken.push(`${APP_PORT} (the app; set PORT to use another)`);
  if (await isTaken(SIMULATOR_PORT)) {
    taken.push(`${SIMULATOR_PORT} (simulated WhatsApp; set SIMULATOR_PORT to use another)`);
  }
  if (taken.length === 0) return;
  console.error(`Another program uses port ${taken.join(" and port ")}.`);
  process.exit(1);
}

/** Makes the demo's companies and people, unless they are there. */
export async function seed() {
  if ((await run(tool("tsx", "app/commands/seed.ts"), { env: appEnvironment })) === 0) return;
  console.error("The database could not be prepared; the output above says why.");
  process.exit(1);
}

export function startSimulator() {
  return start("simulated WhatsApp", tool("tsx", "simulator/main.ts"), {
    ...shared,
    SIMULATOR_PORT: `${SIMULATOR_PORT}`,
    SIMULATOR_WEBHOOK_URL: `http://127.0.0.1:${APP_PORT}/webhooks/whatsapp`,
  });
}

/**
 * Waits until an address answers.
 *
 * @returns {Promise<boolean>} false when one of the programs ended before
 */
export async function waitFor(url, programs) {
  let ended = false;
  for (const program of programs) {
    program.ended.then(() => {
      ended = true;
    });
  }
  while (!ended) {
    const answer = await fetch(url, { redirect: "manual" }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer && answer.status < 500) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

export function greeting() {
  return `
  The inbox         ${appUrl}
  A customer phone  ${simulatorUrl}  (send a photo from here, then look at the inbox)

  Sign in as        admin@acme.test     every number of Acme
                    agent@acme.test     the first number of Acme
                    agent@globex.test   another company
  Password          demo-password

  Ctrl-C stops both. What was received stays in .data; delete that folder to start anew.
`;
}

function isTaken(port) {
  return new Promise((resolve) => {
    const probe = connect({ port, host: "127.0.0.1" });
    probe.once("connect", () => {
      probe.destroy();
      resolve(true);
    });
    probe.once("error", () => resolve(false));
  });
}
