import { createHash, randomBytes } from "node:crypto";
import { escapeLikeMeta } from "#simulator/wire/escape.ts";
import { type Answer, textAnswer } from "#simulator/wire/exchange.ts";

const DEFAULT_VERSION = "v23.0";

/**
 * A JSON answer with the headers that Graph was recorded to send.
 *
 * @param body makes the JSON, given the id that the answer is traced by
 */
export function graphAnswer(
  status: number,
  body: (trace: string) => string,
  headers: Record<string, string> = {},
): Answer {
  const trace = `A${token(16)}`;
  const json = escapeLikeMeta(body(trace));
  return textAnswer(
    status,
    {
      ETag: `"${createHash("sha1").update(json).digest("hex")}"`,
      "Content-Type": "application/json; charset=UTF-8",
      Vary: "Accept-Encoding, Origin",
      "Access-Control-Allow-Origin": "*",
      "Facebook-Api-Version": DEFAULT_VERSION,
      "Strict-Transport-Security": "max-age=15552000; preload",
      Pragma: "no-cache",
      "Cache-Control": "private, no-cache, no-store, must-revalidate",
      Expires: "Sat, 01 Jan 2000 00:00:00 GMT",
      "X-Fb-Request-Id": trace,
      "X-Fb-Trace-Id": `B${token(7)}`,
      "X-Fb-Rev": "1017312134",
      "X-Fb-Debug": randomBytes(64).toString("base64"),
      ...headers,
    },
    json,
  );
}

function token(bytes: number) {
  return randomBytes(bytes).toString("base64url");
}
