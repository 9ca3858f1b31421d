import type { Viewer } from "#app/auth/viewer.server.ts";
import { findMedia } from "#app/models/media/media.server.ts";
import { type FailureNotice, failureNotices } from "./file/failure.ts";
import { probeFile } from "./probe.server.ts";

/**
 * The file of one message, revealed by the page's own request.
 *
 * @returns t: the page's stamp for the file's address; failure: why it can't be shown, or null
 */
export async function revealInPage(
  viewer: Viewer,
  message: { id: number; mediaId: string | null },
  signal: AbortSignal,
): Promise<{ messageId: number; t: number; failure: FailureNotice | null } | null> {
  if (message.mediaId === null) return null;
  const pointer = await findMedia(viewer.scope, viewer, message.mediaId);
  if (typeof pointer === "string") return null;
  const t = Date.now();
  const failure = await probeFile({ viewer, pointer }, t, signal);
  return { messageId: message.id, t, failure: failure && failureNotices[failure.kind] };
}
