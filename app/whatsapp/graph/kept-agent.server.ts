import { Agent, type buildConnector, Client, Pool } from "undici";
import { whatsappConnections } from "#app/process/metrics.server.ts";

export interface Keeping {
  /** Idle connections to one origin that stay for longer: after a burst the rest goes soon. */
  most: number;
  /** For how long at most, whatever a Keep-Alive header allows; one that allows less counts. */
  keptMs: number;
  surplusMs: number;
}

const KEEPING: Keeping = { most: 8, keptMs: 60_000, surplusMs: 4_000 };

/**
 * As many connections as are asked for at once, of which a few are kept while idle. Undici uses the
 * first of them that is free, so those that stay are those that are used.
 *
 * Not for what may be asked only once: a request can meet a connection that the other side closes
 * at that moment.
 */
export function createKeptAgent(
  connect: buildConnector.connector,
  keeping: Partial<Keeping> = {},
): Agent {
  const clients = () => createClients({ ...KEEPING, ...keeping });
  const agent = new Agent({
    connect,
    connections: null,
    pipelining: 1,
    factory: (origin, options) => new Pool(origin, { ...options, factory: clients() }),
  });
  agent.on("connect", () => whatsappConnections.inc({ state: "open" }));
  agent.on("disconnect", () => whatsappConnections.dec({ state: "open" }));
  return agent;
}

function createClients({ most, keptMs, surplusMs }: Keeping) {
  let kept = 0;
  return (origin: URL, options: object): Client => {
    const isKept = kept < most;
    const keepAliveTimeout = isKept ? keptMs : surplusMs;
    const keepAliveMaxTimeout = keepAliveTimeout;
    const client = new Client(origin, { ...options, keepAliveTimeout, keepAliveMaxTimeout });
    if (!isKept) return client;
    kept += 1;
    // The pool uses it no more.
    client.once("connectionError", () => {
      kept -= 1;
    });
    return client;
  };
}
