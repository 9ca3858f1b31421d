import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";

/** Whoever knows the link of an invitation can accept it. */
const INVITATION = /\/invite\/+[^/]+/i;

/** One line when the answer is over. Never the query: it can carry what a person typed. */
export function logAccess(
  req: IncomingMessage,
  res: ServerResponse,
  requestId: string,
  log: Pick<Logger, "info" | "debug">,
): void {
  const startedAt = performance.now();
  const { socket } = req;
  const bytesBefore = socket.bytesWritten;
  res.once("close", () => {
    const level = res.statusCode >= 500 ? "info" : "debug";
    log[level]({
      event: "http.request",
      requestId,
      method: req.method,
      path: req.url?.split("?", 1)[0]?.replace(INVITATION, "/invite/[redacted]"),
      status: res.headersSent ? res.statusCode : null,
      ms: Math.round(performance.now() - startedAt),
      bytes: socket.bytesWritten - bytesBefore,
      complete: res.writableFinished,
    });
  });
}
