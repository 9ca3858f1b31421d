import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

export interface OriginSettings {
  /** The origin that browsers use, when it is not the one this server sees. */
  appOrigin?: string | undefined;
  /** Whether a proxy in front overwrites X-Forwarded-*. */
  trustProxy: boolean;
}

const HOST = /^(\[[\da-f:.]+\]|[a-z\d._-]+)(:\d{1,5})?$/i;
const IPV4_IN_IPV6 = /^::ffff:(?=\d+\.)/i;
const PROXY_HEADERS = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];

/**
 * The app's own origin, as the browser that sent the request sees it. `Forwarded` is never read:
 * proxies that overwrite X-Forwarded-* commonly pass a client's own `Forwarded` on.
 *
 * @returns undefined when the request names no usable host
 */
export function ownOrigin(req: IncomingMessage, settings: OriginSettings): string | undefined {
  if (settings.appOrigin) return settings.appOrigin;
  const forwarded = settings.trustProxy ? req.headers : {};
  const scheme =
    first(forwarded["x-forwarded-proto"])?.toLowerCase() === "https" ? "https" : "http";
  const host = first(forwarded["x-forwarded-host"]) ?? req.headers.host ?? "localhost";
  return isHost(host) ? new URL(`${scheme}://${host}`).origin : undefined;
}

/** Whether a text is a host, with or without a port, and nothing else. */
export function isHost(text: string): boolean {
  return HOST.test(text) && URL.canParse(`http://${text}`);
}

/**
 * The client's IP address. Of several in X-Forwarded-For the last counts: the nearest proxy wrote
 * it, the ones before may be the client's invention.
 */
export function clientAddressOf(req: IncomingMessage, settings: OriginSettings): string {
  const forwarded = settings.trustProxy ? last(req.headers["x-forwarded-for"]) : undefined;
  const address = forwarded && isIP(forwarded) ? forwarded : (req.socket.remoteAddress ?? "");
  return address.replace(IPV4_IN_IPV6, "");
}

/**
 * Leaves the app one reading of where a request came from: Remix's own origin check would compare
 * with the proxy's host, and with an X-Forwarded-Host that anybody can send.
 */
export function settleHost(req: IncomingMessage, host: string): void {
  for (const name of PROXY_HEADERS) delete req.headers[name];
  req.headers.host = host;
}

function first(header: string | string[] | undefined): string | undefined {
  return header?.toString().split(",")[0]?.trim() || undefined;
}

function last(header: string | string[] | undefined): string | undefined {
  return header?.toString().split(",").at(-1)?.trim() || undefined;
}
