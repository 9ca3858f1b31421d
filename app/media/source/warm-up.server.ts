import type { MessageResponse } from "#app/models/messages/message-response.ts";
import { mediaClient } from "#app/whatsapp/files/media-client.server.ts";

type File = Pick<MessageResponse, "mediaId" | "mediaExpiresAt">;

/**
 * Whoever gets a page with files may tap one soon: WhatsApp's hosts are connected to by then. Nothing
 * is asked of them, so nothing about the page, its files or its reader leaves before the tap.
 */
export function warmUpForTaps(
  messages: readonly File[],
  { whatsapp = mediaClient, now = Date.now() }: { whatsapp?: WarmUp; now?: number } = {},
): void {
  const isThere = ({ mediaId, mediaExpiresAt }: File) =>
    mediaId !== null && (mediaExpiresAt === null || mediaExpiresAt.getTime() > now);
  if (messages.some(isThere)) whatsapp.warmUp();
}

interface WarmUp {
  warmUp(): void;
}
