import { once } from "node:events";
import type { TLSSocket } from "node:tls";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { buildConnector } from "undici";
import { expect, it } from "vitest";
import { startTlsHost } from "#tests/support/tls-host.ts";
import { holdingSessions } from "./tls-sessions.ts";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

it("lets the next connection resume TLS, whatever is collected meanwhile", async () => {
  await using host = await startTlsHost();
  const connect = holdingSessions(host.connector);
  const first = await open(connect, host.url);
  expect(first.isSessionReused()).toBe(false);
  await once(first.resume(), "session");
  first.destroy();
  // What a weak reference leads to is there until its turn ends.
  await new Promise(setImmediate);
  collectGarbage();
  const second = await open(connect, host.url);
  expect(second.isSessionReused()).toBe(true);
  second.destroy();
});

function open(connect: buildConnector.connector, url: string): Promise<TLSSocket> {
  const { protocol, hostname, host, port } = new URL(url);
  return new Promise((resolve, reject) => {
    connect({ protocol, hostname, host, port }, (error, socket) => {
      if (error) reject(error);
      else resolve(socket as TLSSocket);
    });
  });
}
