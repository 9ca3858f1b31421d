import type { Viewer } from "#app/auth/viewer.server.ts";
import { findMedia, type MediaPointer } from "#app/models/media.server.ts";
import type { MediaFailure } from "./failure.ts";
import { mediaOpener } from "./open.server.ts";
import { toMediaFailure } from "./unexpected.server.ts";

/**
 * The file of one message, revealed by the page's own request.
 *
 * @returns t: the page's stamp for the file's address; failure: one sentence, or null
 */
export async function revealInPage(
  viewer: Viewer,
  message: { id: number; mediaId: string | null },
  signal: AbortSignal,
): Promise<{ messageId: number; t: number; failure: string | null } | null> {
  if (message.mediaId === null) return null;
  const pointer = await findMedia(viewer.scope, viewer, message.mediaId);
  if (typeof pointer === "string") return null;
  const failure = await revealFailure(pointer, signal);
  return { messageId: message.id, t: Date.now(), failure: failure?.message ?? null };
}

/**
 * Asks WhatsApp whether it still has a file, before a page promises it: in a browser without
 * JavaScript only the server's own HTML can say that it failed.
 *
 * @returns why it can't be shown, or null when it can
 */
export async function revealFailure(
  pointer: MediaPointer,
  signal: AbortSignal,
): Promise<MediaFailure | null> {
  try {
    await mediaOpener.look(pointer, signal);
    return null;
  } catch (error) {
    return toMediaFailure(error, signal);
  }
}
