import { log } from "#app/log.server.ts";
import { mediaStreams } from "#app/metrics.server.ts";
import { authorizeMedia, type MediaGrant } from "./access.server.ts";
import { recordFetch } from "./audit.server.ts";
import { enterCapacity } from "./capacity.server.ts";
import { MediaFailure } from "./failure.ts";
import { failureResponse } from "./failure-response.server.tsx";
import { describedHeaders, fileHeaders } from "./headers.server.ts";
import { mediaOpener } from "./open.server.ts";
import { forwardableRange } from "./range.ts";
import { streamMedia } from "./stream.server.ts";
import { toMediaFailure } from "./unexpected.server.ts";

/**
 * Answers a request for a file: from WhatsApp, through here, to the one person who asked.
 *
 * @param mediaId as it stands in the path
 * @param signal aborts when the person's connection closes
 */
export async function serveMedia(
  request: Request,
  mediaId: string | undefined,
  signal: AbortSignal,
): Promise<Response> {
  try {
    if (request.method !== "GET" && request.method !== "HEAD") throw new MediaFailure("method");
    const grant = await authorizeMedia(request, mediaId);
    return request.method === "HEAD"
      ? await describeFile(grant, signal)
      : await sendFile(request, grant, signal);
  } catch (error) {
    return failureResponse(request, toMediaFailure(error, signal));
  }
}

/** HEAD needs no byte of the file, so WhatsApp is only asked what it has. */
async function describeFile({ pointer }: MediaGrant, signal: AbortSignal) {
  const lookup = await mediaOpener.look(pointer, signal);
  return new Response(null, { headers: describedHeaders(pointer, lookup) });
}

async function sendFile(request: Request, grant: MediaGrant, signal: AbortSignal) {
  const { viewer, pointer } = grant;
  const { companyId, mediaId } = pointer;
  const range = forwardableRange(request.headers);
  const leave = enterCapacity({ companyId, userId: viewer.id });
  const fetched = recordFetch(grant);
  try {
    if (!range || range.startsWith("bytes=0-")) {
      log.info({ event: "media.revealed", mediaId, userId: viewer.id, companyId });
    }
    await mediaOpener.look(pointer, signal);
    fetched.lookedUp();
    const media = await mediaOpener.open(pointer, range, signal);
    fetched.answered();
    const headers = fileHeaders(pointer, media);
    mediaStreams.inc();
    const body = streamMedia(media, {
      expectedSha256: pointer.sha256 ?? media.lookup.sha256,
      signal,
      onEnd: (report) => {
        mediaStreams.dec();
        leave();
        fetched.ended(media.status, report);
      },
    });
    return new Response(body, { status: media.status, headers });
  } catch (error) {
    leave();
    const failure = toMediaFailure(error, signal);
    fetched.failed(failure, signal.aborted);
    throw failure;
  }
}
