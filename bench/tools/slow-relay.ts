import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A network between a client on this machine and a server on it. */
export interface SlowRelay {
  port: number;
  /** Connections that are open now. */
  open: Set<Socket>;
  close(): Promise<void>;
}

/**
 * Passes connections on to a server, each chunk half a round trip later, in both directions. This
 * machine has accepted a connection at once, so what comes first on it waits one round trip more:
 * the time that the handshake of TCP takes on a network.
 *
 * @param wait the clock
 */
export async function startSlowRelay(
  target: number,
  roundTripMs: number,
  { host = "127.0.0.1", wait = (ms: number): Promise<unknown> => sleep(ms) } = {},
): Promise<SlowRelay> {
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const upstream = connect({ port: target, host, allowHalfOpen: true, noDelay: true });
    const shaken = wait(roundTripMs);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      pass(from, to, () => wait(roundTripMs / 2), from === client ? shaken : undefined);
      from.on("error", () => to.destroy());
      from.on("close", () => from.errored && to.destroy());
    }
    open.add(client);
    client.on("close", () => open.delete(client));
  });
  await once(server.listen(0, host), "listening");
  return {
    port: (server.address() as AddressInfo).port,
    open,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** In order, whatever the timers do. */
function pass(
  from: Socket,
  to: Socket,
  wait: () => Promise<unknown>,
  begin: Promise<unknown> = Promise.resolve(),
): void {
  let last: Promise<unknown> = begin;
  const later = (act: () => void) => {
    last = Promise.all([last, begin.then(wait)]).then(act);
  };
  from.on("data", (chunk) => later(() => void (to.destroyed || to.write(chunk))));
  from.on("end", () => later(() => void to.end()));
}
