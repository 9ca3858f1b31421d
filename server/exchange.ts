import type { IncomingMessage, ServerResponse } from "node:http";
import { clientAddressOf, type OriginSettings, ownOrigin } from "#server/walls/origin.ts";
import { settleTarget } from "./request-target.ts";

/** One request and its answer. */
export interface Exchange {
  req: IncomingMessage;
  res: ServerResponse;
  method: string;
  /** As the browser wrote it: behind a proxy, on the public origin. */
  url: URL;
  /** Of a target in absolute form, in lower case. */
  scheme: string | undefined;
  /** The path's segments, decoded once, as the router decodes them. */
  segments: string[];
  clientAddress: string;
  /** In the log and in X-Request-Id. */
  requestId: string;
}

const CONTROL_CHARACTER = /\p{Cc}/u;

/**
 * Reads where a request goes; `req.url` is its path and query afterwards. The URL is parsed once,
 * here, by the parser that Remix uses, so that what is refused and what is routed can't disagree.
 *
 * @returns undefined when the target, the host, the path or its percent-encoding is malformed
 */
export function readExchange(
  req: IncomingMessage,
  res: ServerResponse,
  requestId: string,
  settings: OriginSettings,
): Exchange | undefined {
  const target = settleTarget(req);
  const origin = ownOrigin(req, settings);
  if (target === "malformed" || origin === undefined) return undefined;
  const url = URL.canParse(origin + req.url) ? new URL(origin + req.url) : undefined;
  const segments = url && decodedSegments(url.pathname);
  if (url === undefined || segments === undefined) return undefined;
  const clientAddress = clientAddressOf(req, settings);
  const method = req.method ?? "GET";
  return { req, res, method, url, ...target, segments, clientAddress, requestId };
}

function decodedSegments(pathname: string): string[] | undefined {
  try {
    const segments = pathname.split("/").filter(Boolean).map(decodeURIComponent);
    return segments.some((segment) => CONTROL_CHARACTER.test(segment)) ? undefined : segments;
  } catch {
    return undefined;
  }
}
