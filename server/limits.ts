import type { Server, ServerOptions } from "node:http";

export interface Limits {
  /** Line and headers of one request; beyond it Node answers 431. */
  maxHeaderBytes: number;
  /** From the connection, or a request's first byte, to the end of its headers; then 408. */
  headersTimeoutMs: number;
  /** To the end of its body, however it trickles; then 408. Meta's webhooks are at most 3 MB. */
  requestTimeoutMs: number;
  /** The same for a request that may carry a file of 100 MB. */
  uploadTimeoutMs: number;
  /** In each such time an upload must bring at least so many bytes; then 408. */
  uploadPartMs: number;
  uploadPartBytes: number;
  /** Longer than the minute that proxies keep an idle connection: the proxy must be the one to close it. */
  keepAliveTimeoutMs: number;
  /** A socket on which no byte moves either way. Media ends stalled streams sooner. */
  idleSocketTimeoutMs: number;
  /** Each costs memory and a file descriptor; beyond it new ones are closed at once. */
  maxConnections: number;
  /** How often Node looks for requests past their deadline. */
  checkEveryMs: number;
}

export const LIMITS: Limits = {
  maxHeaderBytes: 16 * 1024,
  headersTimeoutMs: 20_000,
  requestTimeoutMs: 30_000,
  uploadTimeoutMs: 30 * 60_000,
  uploadPartMs: 30_000,
  uploadPartBytes: 64 * 1024,
  keepAliveTimeoutMs: 75_000,
  idleSocketTimeoutMs: 120_000,
  maxConnections: 5_000,
  checkEveryMs: 5_000,
};

/** What `http.createServer` must be told at its start. */
export function serverOptions(limits: Limits = LIMITS): ServerOptions {
  return {
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.headersTimeoutMs,
    // The listener keeps the shorter one: see body-deadline.ts.
    requestTimeout: Math.max(limits.requestTimeoutMs, limits.uploadTimeoutMs),
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionsCheckingInterval: limits.checkEveryMs,
  };
}

/** What a server takes only after it was made. */
export function applyLimits(server: Server, limits: Limits = LIMITS): void {
  server.timeout = limits.idleSocketTimeoutMs;
  server.maxConnections = limits.maxConnections;
}
