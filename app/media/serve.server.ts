import type { AppLoadContext } from "@remix-run/node";
import { disconnectSignal } from "#app/http/load-context.ts";
import { pipedResponse } from "#app/http/piped-response.ts";
import { authorizeMedia, type MediaGrant } from "./access.server.ts";
import { failureResponse } from "./failure-response.server.tsx";
import { beginFetch } from "./fetch.server.ts";
import { MediaFailure } from "./file/failure.ts";
import { forwardableRange } from "./file/range.ts";
import { flowToNode, toWebStream } from "./flow/sinks.ts";
import { describedHeaders } from "./headers.server.ts";
import { mediaOpener } from "./source/open.server.ts";
import { tapOf, taps } from "./tap.ts";
import { toMediaFailure } from "./to-media-failure.server.ts";

/** Milliseconds since 1970 have thirteen digits. */
const STAMP = /^\d{1,20}$/;

/**
 * Answers a request for a file: from WhatsApp, through here, to the one person who asked.
 *
 * @param mediaId as it stands in the path
 * @param context the load context; its signal aborts when the person's connection closes
 */
export async function serveMedia(
  request: Request,
  mediaId: string | undefined,
  context: AppLoadContext,
): Promise<Response> {
  const signal = disconnectSignal(context, request);
  try {
    if (request.method !== "GET" && request.method !== "HEAD") throw new MediaFailure("method");
    const grant = await authorizeMedia(request, mediaId);
    return request.method === "HEAD"
      ? await describeFile(request, grant, signal)
      : await sendFile(request, grant, context, signal);
  } catch (error) {
    return failureResponse(request, toMediaFailure(error, signal));
  }
}

/**
 * HEAD needs no byte of the file, so WhatsApp is only asked what it has. For a tap that failed just
 * now, it tells how.
 */
async function describeFile(request: Request, grant: MediaGrant, signal: AbortSignal) {
  const { pointer } = grant;
  const tap = tapFor(request, grant);
  const failed = tap && taps.failureOf(tap);
  if (failed) throw new MediaFailure(failed);
  const lookup = await mediaOpener.lookUp(pointer, signal);
  return new Response(null, { headers: describedHeaders(pointer, lookup) });
}

async function sendFile(
  request: Request,
  grant: MediaGrant,
  context: AppLoadContext,
  signal: AbortSignal,
) {
  const range = forwardableRange(request.headers);
  const tap = tapFor(request, grant);
  const parked = tap === undefined ? undefined : taps.take(tap, range);
  if (parked) signal.addEventListener("abort", parked.abort, { once: true });
  if (signal.aborted) parked?.abort();
  const { status, headers, transfer } =
    parked?.fetch ??
    (await beginFetch(grant, range, signal, (outcome) => tap && taps.noteOutcome(tap, outcome)));
  return pipedResponse(
    context,
    { status, headers },
    { pipe: (res) => flowToNode(transfer, res), stream: () => toWebStream(transfer) },
  );
}

/** Undefined for an address that no page of ours has written. */
function tapFor(request: Request, grant: MediaGrant): string | undefined {
  const t = new URL(request.url).searchParams.get("t") ?? "";
  return STAMP.test(t) ? tapOf(grant, t) : undefined;
}
