import type { buildConnector } from "undici";

/** Where connections lead: scheme, host and port. */
export type Place = Pick<buildConnector.Options, "hostname" | "host" | "protocol" | "port">;

/** The place of a URL, as undici itself puts it. */
export function placeOf(url: string): Place {
  const { protocol, host, hostname, port } = new URL(url);
  return { protocol, host, hostname: hostname.replace(/^\[|\]$/g, ""), port };
}

/** The same for connections that may stand for each other. */
export function originOf({ protocol, hostname, port }: Place): string {
  return `${protocol}//${hostname}:${port}`;
}

/** Leads where its address says, from any address of ours. */
export function isPlain({ servername, localAddress, httpSocket }: buildConnector.Options): boolean {
  return !servername && !localAddress && !httpSocket;
}
