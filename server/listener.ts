import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import compression from "compression";
import type { Logger } from "pino";
import type { CsrfTokens } from "#app/auth/csrf-token.server.ts";
import { errorDetails } from "#app/process/error-details.ts";
import { isUpload, limitBody } from "#server/walls/body-deadline.ts";
import type { OriginSettings } from "#server/walls/origin.ts";
import { sendRefusal } from "#server/walls/refusal.ts";
import { findRefusal, isMediaPath, MALFORMED } from "#server/walls/refusals.ts";
import { setSecurityHeaders, setTransportSecurity } from "#server/walls/security-headers.ts";
import { endUnreadBody } from "#server/walls/unread-body.ts";
import { logAccess } from "./access-log.ts";
import { serveAssets } from "./assets.ts";
import { bridge, type Handle } from "./bridge.ts";
import { type Exchange, readExchange } from "./exchange.ts";
import { LIMITS, type Limits } from "./limits.ts";

export interface ListenerOptions {
  handle: Handle;
  assetsFolder: string;
  origin: OriginSettings;
  csrfTokens: CsrfTokens;
  log: Pick<Logger, "debug" | "info" | "error">;
  limits?: Limits;
}

/** What a request passes through: refusals, then the browser's files, then Remix. */
export function createListener(options: ListenerOptions): RequestListener {
  const { handle, origin, csrfTokens, log, limits = LIMITS } = options;
  const serveAsset = serveAssets(options.assetsFolder);
  const compress = compression();

  return (req, res) => {
    const requestId = prepare(req, res, log);
    const exchange = readExchange(req, res, requestId, origin);
    if (exchange === undefined) {
      endUnreadBody(req, res);
      return sendRefusal(res, MALFORMED);
    }
    limitBody(exchange, limits);
    endUnreadBody(req, res, isUpload(exchange));
    setTransportSecurity(res, exchange.url.protocol);
    const refusal = findRefusal(exchange, csrfTokens);
    if (refusal !== undefined) return sendRefusal(res, refusal);
    if (isMediaPath(exchange)) return answer(exchange);
    // It leaves alone what says no-transform.
    compress(req as never, res as never, () => {
      if (!serveAsset(exchange)) answer(exchange);
    });
  };

  function answer(exchange: Exchange): void {
    void bridge(exchange, handle, (error, id) => {
      log.error({ event: "server.error", id, ...errorDetails(error) });
    });
  }
}

function prepare(req: IncomingMessage, res: ServerResponse, log: ListenerOptions["log"]): string {
  const requestId = randomUUID();
  res.setHeader("X-Request-Id", requestId);
  setSecurityHeaders(res);
  logAccess(req, res, requestId, log);
  // A write after the client has left is reported here; unheard, it would end the process.
  res.on("error", () => {});
  return requestId;
}
