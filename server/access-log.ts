import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { routesWhere } from "#app/http/route-traits.ts";
import { fixedBeginning } from "#server/walls/path-match.ts";

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
      path: withoutSecret(req.url?.split("?", 1)[0] ?? ""),
      status: res.headersSent ? res.statusCode : null,
      ms: Math.round(performance.now() - startedAt),
      bytes: socket.bytesWritten - bytesBefore,
      complete: res.writableFinished,
    });
  });
}

const SECRETS_BELOW = routesWhere(({ secretPath }) => secretPath).map(fixedBeginning);
const ENCODED_ASCII = /%([0-7][\da-f])/gi;

/** However the path is written, and also when it is malformed: a link that was mangled still opens. */
function withoutSecret(path: string): string {
  const address = `http://localhost${path}`;
  const { pathname } = URL.canParse(address) ? new URL(address) : { pathname: path };
  const plain = pathname
    .replace(ENCODED_ASCII, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\/{2,}/g, "/")
    .toLowerCase();
  const beginning = SECRETS_BELOW.find((beginning) => plain.startsWith(`${beginning}/`));
  return beginning === undefined ? path : `${beginning}/…`;
}
