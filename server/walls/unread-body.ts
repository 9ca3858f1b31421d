import type { IncomingMessage, ServerResponse } from "node:http";

/** Long enough for a client in mid-upload to read the refusal; short enough that it can't keep sending. */
const GRACE_MS = 2_000;
/** Browsers read the refusal of a file only when they have sent much of it. */
const UPLOAD_GRACE_MS = 15_000;

/**
 * Once the answer is out, discards what is left of the request's body, for a while: a body that
 * nobody reads would hold the connection, and cutting it at once would lose the answer.
 */
export function endUnreadBody(req: IncomingMessage, res: ServerResponse, upload = false): void {
  res.once("finish", () => {
    if (req.complete) return;
    // The bridge's own listener would pause it again.
    req.removeAllListeners("data");
    req.resume();
    const cut = setTimeout(() => req.destroy(), upload ? UPLOAD_GRACE_MS : GRACE_MS).unref();
    req.once("close", () => clearTimeout(cut));
    req.once("end", () => clearTimeout(cut));
  });
}
