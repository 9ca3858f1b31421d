import type { buildConnector } from "undici";

/**
 * Lets later connections of a connector resume the TLS sessions of earlier ones. undici's own cache
 * refers to them weakly (lib/core/connect.js), so that the next garbage collection empties it.
 */
export function holdingSessions(connect: buildConnector.connector): buildConnector.connector {
  /** Never read: what it holds stays in undici's cache. One entry a host. */
  const held = new Map<string, Buffer>();
  return (options, callback) => {
    connect(options, (...result) => {
      const [, socket] = result;
      socket?.on("session", (session: Buffer) => held.set(options.hostname, session));
      callback(...result);
    });
  };
}
