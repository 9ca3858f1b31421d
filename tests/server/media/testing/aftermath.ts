import { readdir, readlink } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "#tests/support/app/app.ts";

export const METRICS_TOKEN = "test-metrics-token";

/** Idle connections to the simulator live for about 5 s, those of the clients end with their answers. */
const SETTLE_MS = 60_000;
const POLL_MS = 100;
const NEVER_LOGGED =
  /"event":"(server\.error|media\.error|server\.crashed|media\.view_not_recorded)"|Unhandled/i;

/** What must hold again when all clients are gone. */
export interface Aftermath {
  /** @returns what doesn't hold, though it was given time */
  problems(): Promise<string[]>;
}

/**
 * Remembers how the app is now, when nothing happens but has before.
 *
 * @param webhooks the most connections that the simulator keeps for its webhooks
 */
export async function quietApp(app: App, webhooks: number): Promise<Aftermath> {
  const mostSockets = (await otherSockets(app)) + webhooks;
  let read = 0;
  return {
    async problems() {
      const lines = app.output().slice(read).split("\n");
      read = app.output().length;
      const alive = app.process.exitCode === null && app.process.signalCode === null;
      if (!alive) return [`the process ended: ${app.output().slice(-2_000)}`];
      const problems = await Promise.all([
        until(() => openRequests(app), 0, "requests open at WhatsApp"),
        until(() => figure(app, "tapview_media_streams"), 0, "streams in tapview_media_streams"),
        until(() => usedConnections(app), 0, "connections to WhatsApp that are not warm"),
        until(() => otherSockets(app), mostSockets, "sockets beside those to WhatsApp"),
      ]);
      const open = app.simulator.requests.open().map((request) => JSON.stringify(request));
      const logged = lines.filter((line) => NEVER_LOGGED.test(line)).slice(0, 3);
      return [...problems.filter((problem) => problem !== undefined), ...open, ...logged];
    },
  };
}

async function until(
  count: () => Promise<number>,
  most: number,
  what: string,
): Promise<string | undefined> {
  const deadline = Date.now() + SETTLE_MS;
  for (;;) {
    const now = await count();
    if (now <= most) return undefined;
    if (Date.now() > deadline) return `${now} ${what}, expected at most ${most}`;
    await sleep(POLL_MS);
  }
}

async function openRequests({ simulator }: App): Promise<number> {
  return simulator.requests.open().length;
}

/** Files that flow to people. */
export function openStreams(app: App): Promise<number> {
  return figure(app, "tapview_media_streams");
}

/** Without those that wait for a tap. */
async function usedConnections(app: App): Promise<number> {
  const warm = await figure(app, 'tapview_whatsapp_connections{state="warm"}');
  return (await app.simulator.connections()) - warm;
}

async function figure({ url }: App, name: string): Promise<number> {
  const headers = { Authorization: `Bearer ${METRICS_TOKEN}` };
  const text = await (await fetch(`${url}/metrics`, { headers })).text();
  const line = text.split("\n").find((line) => line.startsWith(`${name} `));
  return Number(line?.slice(name.length) ?? Number.NaN);
}

/** Of its file descriptors only these: the embedded database opens files as it grows. */
async function otherSockets({ pid, simulator }: App): Promise<number> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder);
  const targets = await Promise.all(
    names.map((name) => readlink(`${folder}/${name}`).catch(() => "")),
  );
  const sockets = targets.filter((target) => target.startsWith("socket:")).length;
  return sockets - (await simulator.connections());
}
