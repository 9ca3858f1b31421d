import { PassThrough, Readable } from "node:stream";
import type { AppLoadContext } from "@remix-run/node";
import { sessionKey } from "#app/auth/session-cookie.server.ts";
import { findViewer } from "#app/auth/viewer.server.ts";
import { disconnectSignal } from "#app/http/load-context.ts";
import { pipedResponse } from "#app/http/piped-response.ts";
import { reachOf } from "#app/models/sessions/session-reach.server.ts";
import * as database from "#app/process/database.server.ts";
import { isDraining } from "#app/process/draining.server.ts";
import { createEventStreams } from "./event-streams.server.ts";

const HEADERS = {
  "Content-Type": "text/event-stream",
  // no-transform: compressed, events would wait for each other.
  "Cache-Control": "no-store, no-transform",
  // nginx would collect them too.
  "X-Accel-Buffering": "no",
};
const RETRY_AFTER_S = 15;

const streams = createEventStreams(database);

/**
 * What changes in the signed-in person's inbox, as server-sent events for as long as they stay.
 *
 * @returns 401 when nobody is signed in, 503 when there is no room or the server is shutting down
 */
export async function eventsResponse(request: Request, context: AppLoadContext) {
  const signal = disconnectSignal(context, request);
  const [viewer, session] = await Promise.all([findViewer(request), sessionKey(request)]);
  if (!viewer || !session) return refusal(401, "Sign in first.");
  if (isDraining()) return refusal(503, "The server is shutting down. Try again.");
  if (!streams.hasRoom({ userId: viewer.id })) {
    return refusal(503, "Too many pages are open. Close some.");
  }
  // Nothing would ever read what is written for a reader who has left.
  if (request.method === "HEAD" || signal.aborted) return new Response(null, { headers: HEADERS });
  const stream = new PassThrough();
  streams.add({ userId: viewer.id, session, reach: reachOf(viewer.role, viewer.accounts) }, stream);
  stream.on("error", () => {});
  signal.addEventListener("abort", () => stream.destroy(), { once: true });
  return pipedResponse(
    context,
    { headers: HEADERS },
    {
      pipe: (res) => {
        stream.on("error", () => res.destroy());
        stream.pipe(res);
      },
      stream: () => Readable.toWeb(stream) as ReadableStream<Uint8Array>,
    },
  );
}

function refusal(status: 401 | 503, message: string): Response {
  const headers = new Headers({ "Cache-Control": "no-store" });
  if (status === 503) headers.set("Retry-After", String(RETRY_AFTER_S));
  return new Response(`${message}\n`, { status, headers });
}
