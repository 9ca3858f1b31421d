import { findViewer, type Viewer } from "#app/auth/viewer.server.ts";
import { findMedia, type MediaPointer } from "#app/models/media.server.ts";
import { isMediaId } from "#app/whatsapp/media-id.ts";
import { MediaFailure } from "./failure.ts";

export interface MediaGrant {
  viewer: Viewer;
  pointer: MediaPointer;
}

/**
 * Whether the person behind a request may see a file. Another company's file and one that never
 * was get the same answer, from the same single query.
 *
 * @throws {MediaFailure} signed-out, not-found or forbidden
 */
export async function authorizeMedia(
  request: Request,
  mediaId: string | undefined,
): Promise<MediaGrant> {
  const viewer = await findViewer(request);
  if (!viewer) throw new MediaFailure("signed-out");
  if (!mediaId || !isMediaId(mediaId)) throw new MediaFailure("not-found");
  const pointer = await findMedia(viewer.scope, viewer, mediaId);
  if (pointer === "unknown") throw new MediaFailure("not-found");
  if (pointer === "forbidden") throw new MediaFailure("forbidden");
  return { viewer, pointer };
}
