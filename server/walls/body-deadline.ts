import { routesWhere } from "#app/http/route-traits.ts";
import { pageOfData } from "#app/remix/data-address.ts";
import type { Exchange } from "#server/exchange.ts";
import type { Limits } from "#server/limits.ts";
import { matchesAny } from "./path-match.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";

const TOO_SLOW = "The request came too slowly. Check your connection, and try again.\n";
const HEADERS = {
  ...SECURITY_HEADERS,
  Connection: "close",
  "Content-Type": "text/plain; charset=utf-8",
  "Content-Length": TOO_SLOW.length,
};
/** Written to the socket itself: nothing may wait for the rest of the request. */
const ANSWER = [
  "HTTP/1.1 408 Request Timeout",
  ...Object.entries(HEADERS).map(([name, value]) => `${name}: ${value}`),
  "",
  TOO_SLOW,
].join("\r\n");

const takesFiles = matchesAny(routesWhere(({ upload }) => upload));

/**
 * Whether a request may carry a file, which takes as long as the line is slow. Only a form, under
 * either name that Remix gives its page.
 */
export function isUpload({ method, segments, req }: Exchange): boolean {
  return (
    method === "POST" &&
    /^multipart\/form-data\b/i.test(req.headers["content-type"] ?? "") &&
    takesFiles(pageOfData(segments) ?? segments)
  );
}

/**
 * Cuts a request whose body doesn't arrive in time, with 408. A body has a fixed time; an upload has
 * one for each part, and Node's own deadline for the whole.
 */
export function limitBody(exchange: Exchange, limits: Limits): void {
  const { req, res } = exchange;
  const hasBody = "content-length" in req.headers || "transfer-encoding" in req.headers;
  if (!hasBody) return;
  const stop = isUpload(exchange) ? watchUpload() : setTimer();
  res.once("close", stop);
  req.once("end", stop);

  function setTimer() {
    const timer = setTimeout(cut, limits.requestTimeoutMs).unref();
    return () => clearTimeout(timer);
  }

  function watchUpload() {
    const { uploadPartMs, uploadPartBytes } = limits;
    let before = req.socket.bytesRead;
    const timer = setInterval(() => {
      const arrived = req.socket.bytesRead - before;
      before += arrived;
      if (arrived < uploadPartBytes) cut();
    }, uploadPartMs).unref();
    return () => clearInterval(timer);
  }

  function cut(): void {
    const { socket } = req;
    if (req.complete) stop();
    else if (res.headersSent) socket.destroy();
    else socket.end(ANSWER, () => socket.destroy());
  }
}
