import type { ServerResponse } from "node:http";

/** An answer of the server itself, given before Remix sees the request. */
export interface Refusal {
  status: number;
  /** Names what is wrong and what to do; plain text. */
  message: string;
  headers?: Record<string, string>;
}

/**
 * As strict as the media route, because a refusal may stand in for one of its answers; also in the
 * frame of a conversation, where the person should read it.
 */
const HEADERS = {
  "Content-Type": "text/plain; charset=utf-8",
  "Cache-Control": "no-store, no-transform",
  "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'self'",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "SAMEORIGIN",
};

/** Sends a refusal; a HEAD gets its headers only. */
export function sendRefusal(res: ServerResponse, { status, message, headers }: Refusal): void {
  const body = `${message}\n`;
  const length = { "Content-Length": Buffer.byteLength(body) };
  res.writeHead(status, { ...HEADERS, ...length, ...headers }).end(body);
}
