import type { LoaderFunctionArgs } from "@remix-run/node";
import { disconnectSignal } from "#app/http/load-context.ts";
import { authorizeMedia } from "#app/media/access.server.ts";
import { failureResponse } from "#app/media/failure-response.server.tsx";
import { MediaFailure } from "#app/media/file/failure.ts";
import { LARGE } from "#app/media/file/request-marks.ts";
import { viewHeaders } from "#app/media/headers.server.ts";
import { probeFile } from "#app/media/reveal.server.ts";
import { toMediaFailure } from "#app/media/to-media-failure.server.ts";
import { viewDocument } from "#app/ui/tile/view-document.server.tsx";

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const signal = disconnectSignal(context, request);
  try {
    const grant = await authorizeMedia(request, params.mediaId);
    if (request.method === "HEAD") return new Response(null, { headers: viewHeaders });
    const t = Date.now();
    const page = viewDocument({
      isTapped: request.headers.get("Sec-Fetch-User") === "?1",
      isLarge: new URL(request.url).searchParams.has(LARGE),
      pointer: grant.pointer,
      t,
      standalone: !/^i?frame$/.test(request.headers.get("Sec-Fetch-Dest") ?? ""),
      probed: probeFile(grant, t, { userAgent: request.headers.get("User-Agent"), signal }),
    });
    return new Response(page, { headers: viewHeaders });
  } catch (error) {
    return failureResponse(request, toMediaFailure(error, signal));
  }
}

export function action({ request }: LoaderFunctionArgs) {
  return failureResponse(request, new MediaFailure("method"));
}
