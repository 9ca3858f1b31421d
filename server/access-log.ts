import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";

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
      path: withoutLink(req.url?.split("?", 1)[0]),
      status: res.headersSent ? res.statusCode : null,
      ms: Math.round(performance.now() - startedAt),
      bytes: socket.bytesWritten - bytesBefore,
      complete: res.writableFinished,
    });
  });
}

/** Whoever has an invitation's link can choose a password by it. */
function withoutLink(path: string | undefined): string | undefined {
  return path?.replace(/^(\/+invite\/).+/i, "$1…");
}
