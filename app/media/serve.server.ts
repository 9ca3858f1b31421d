import type { AppLoadContext } from "@remix-run/node";
import { disconnectSignal } from "#app/http/load-context.ts";
import { pipedResponse } from "#app/http/piped-response.ts";
import { authorizeMedia, type MediaGrant } from "./access.server.ts";
import { failureResponse } from "./failure-response.server.tsx";
import { beginFetch, type Use } from "./fetch.server.ts";
import { MediaFailure } from "./file/failure.ts";
import { forwardableRange } from "./file/range.ts";
import { SAVE, SHOWN_HEADER } from "./file/request-marks.ts";
import { takesSystemDecoders } from "./file/showable.ts";
import { flowToNode, toWebStream } from "./flow/sinks.ts";
import { describedHeaders, privateHeaders } from "./headers.server.ts";
import { mediaOpener } from "./source/open.server.ts";
import { taps } from "./tap.server.ts";
import { toMediaFailure } from "./to-media-failure.server.ts";

/** Milliseconds since 1970 have thirteen digits. */
const STAMP = /^\d{1,15}$/;

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
 * now, it tells how; after one that came, it is the page's word that it couldn't show it. A page
 * that says whether it could wants to know nothing.
 */
async function describeFile(request: Request, grant: MediaGrant, signal: AbortSignal) {
  const { pointer } = grant;
  const stamp = stampOf(request);
  const tap = stamp === null ? undefined : taps.find(grant, stamp);
  if (tap?.failure) throw new MediaFailure(tap.failure);
  const told = request.headers.get(SHOWN_HEADER);
  if (stamp !== null && told !== null) {
    taps.tell(grant, stamp, told === "yes");
    return new Response(null, { headers: privateHeaders });
  }
  if (tap?.record.isDelivered()) tap.record.tell(false);
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
  const use = purposeOf(request);
  const stamp = use === "save" ? null : stampOf(request);
  const { status, headers, transfer } = await beginFetch(grant, { stamp, range, use }, signal);
  return pipedResponse(
    context,
    { status, headers },
    { pipe: (res) => flowToNode(transfer, res), stream: () => toWebStream(transfer) },
  );
}

/** Only browsers that send Sec-Fetch-Dest tell a player from whoever opens the address itself. */
function purposeOf(request: Request): Use {
  if (new URL(request.url).searchParams.has(SAVE)) return "save";
  switch (request.headers.get("Sec-Fetch-Dest")) {
    case "audio":
    case "video":
      // WebKit takes the end of a part for the end of the film.
      return takesSystemDecoders(request.headers.get("User-Agent")) ? "stream" : "play";
    case "document":
    case "iframe":
    case "frame":
      return "open";
    default:
      return "show";
  }
}

/** Null for an address that no page of ours has written. */
function stampOf(request: Request): number | null {
  const t = new URL(request.url).searchParams.get("t") ?? "";
  return STAMP.test(t) ? Number(t) : null;
}
