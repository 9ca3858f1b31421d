import type { ServerResponse } from "node:http";
import type { AppLoadContext } from "@remix-run/node";
import { createRequest, sendResponse } from "@remix-run/node-fetch-server";
import { withoutCsrfToken } from "#app/http/form-address.ts";
import { pipeOf } from "#app/http/piped-response.ts";
import { settleHost } from "#server/walls/origin.ts";
import { sendRefusal } from "#server/walls/refusal.ts";
import type { Exchange } from "./exchange.ts";

/** Remix, or a stand-in. */
export type Handle = (request: Request, context: AppLoadContext) => Promise<Response>;
export type ReportError = (error: unknown, requestId: string) => void;

/**
 * Takes one request to Remix and its answer back. Reads a body only as fast as the client takes
 * it, and cancels a body that is not sent. Never rejects: errors are reported and answered with
 * 500, or by cutting the connection once headers are out.
 */
export async function bridge(
  exchange: Exchange,
  handle: Handle,
  report: ReportError,
): Promise<void> {
  const { req, res, url, clientAddress } = exchange;
  const context = { signal: closeSignal(res), clientAddress, pipes: true };
  try {
    settleHost(req, url.host);
    // Checked by now. A route would carry it on, into links and redirects.
    req.url = withoutCsrfToken(req.url ?? "");
    const request = createRequest(req, res, { protocol: url.protocol, host: url.host });
    await send(res, await handle(request, context));
  } catch (error) {
    // An error after the client has left is only the leaving, seen from inside.
    if (res.closed || res.destroyed) return;
    report(error, exchange.requestId);
    fail(exchange);
  }
}

/** One for all: an abort without a reason makes an error with a stack, at the end of every answer. */
const OVER = new DOMException("The answer is over.", "AbortError");

/** The response's own listener holds the controller, so a garbage collection can't take it. */
function closeSignal(res: ServerResponse): AbortSignal {
  const controller = new AbortController();
  res.once("close", () => controller.abort(OVER));
  return controller.signal;
}

/** Where sendResponse leaves a body alone, it is cancelled: something upstream may be waiting on it. */
async function send(res: ServerResponse, response: Response): Promise<void> {
  const gone = res.closed || res.destroyed;
  const pipe = pipeOf(response);
  if (pipe && !gone && res.req.method !== "HEAD") {
    // Only cookies come several to a name.
    const cookies = { "set-cookie": response.headers.getSetCookie() };
    res.writeHead(response.status, { ...Object.fromEntries(response.headers), ...cookies });
    pipe(res);
    return;
  }
  try {
    if (!gone) await sendResponse(res, response);
  } finally {
    await response.body?.cancel().catch(() => {});
  }
}

function fail({ res, requestId }: Exchange): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const message = `Something went wrong on our side. Try again; if it stays, tell your administrator this number: ${requestId}`;
  sendRefusal(res, { status: 500, message });
}
