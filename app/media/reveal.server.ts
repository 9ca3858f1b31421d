import type { Viewer } from "#app/auth/viewer.server.ts";
import { findMedia } from "#app/models/media/media.server.ts";
import type { MessageResponse } from "#app/models/messages/message-response.ts";
import type { MediaGrant } from "./access.server.ts";
import { openAhead } from "./fetch.server.ts";
import { type FailureNotice, failureNotices, type MediaFailure } from "./file/failure.ts";
import { type Presentation, presentationOf } from "./file/presentation.ts";
import { type Showable, takesSystemDecoders } from "./file/showable.ts";
import { mediaOpener } from "./source/open.server.ts";
import { toMediaFailure } from "./to-media-failure.server.ts";

/** What browsers ask for first: pictures whole, what is played from its first byte on. */
const FIRST_RANGE: Record<Exclude<Presentation, "download">, string | undefined> = {
  picture: undefined,
  film: "bytes=0-",
  sound: "bytes=0-",
};

/** What came of opening a file. failure: why it didn't come, or null. */
export interface Probed {
  failure: MediaFailure | null;
  showable: Showable;
}

/** The browser that a page is for. */
export interface Asking {
  userAgent: string | null;
  /** Aborts when the person has left the page before it was answered. */
  signal: AbortSignal;
}

/**
 * A file of one message, revealed by the page's own request.
 *
 * @param file its media id; null for the message's own
 * @returns t: the page's stamp for the file's address; failure: why it didn't come, or null
 */
export async function revealInPage(
  viewer: Viewer,
  message: Pick<MessageResponse, "id" | "mediaId" | "details">,
  file: string | null,
  asking: Asking,
): Promise<RevealedFile | null> {
  const mediaId = file === null || isInForm(message, file) ? (file ?? message.mediaId) : null;
  if (mediaId === null) return null;
  const pointer = await findMedia(viewer.scope, viewer, mediaId);
  if (typeof pointer === "string") return null;
  const t = Date.now();
  const { failure, showable } = await probeFile({ viewer, pointer }, t, asking);
  const notice = failure && failureNotices[failure.kind];
  return { messageId: message.id, mediaId, t, failure: notice, showable };
}

interface RevealedFile {
  messageId: number;
  mediaId: string;
  t: number;
  failure: FailureNotice | null;
  showable: Showable;
}

function isInForm({ details }: Pick<MessageResponse, "details">, mediaId: string): boolean {
  if (details?.kind !== "form") return false;
  return details.fields.some(({ files }) => files.some((file) => file.mediaId === mediaId));
}

/**
 * Finds out whether a file can be shown, before a page promises it: in a browser without JavaScript
 * only the server's own HTML can say that it failed. What is shown at once is opened already, for
 * the request that the page will cause; of a document, which waits for another tap, WhatsApp is
 * only asked whether it is there.
 *
 * @param t the stamp that the page will give to the file's address
 */
export async function probeFile(
  grant: MediaGrant,
  t: number,
  { userAgent, signal }: Asking,
): Promise<Probed> {
  try {
    const shown = presentationOf(grant.pointer.kind);
    if (shown === "download") {
      await mediaOpener.lookUp(grant.pointer, signal);
      return { failure: null, showable: "yes" };
    }
    const showable = await openAhead(grant, t, FIRST_RANGE[shown], signal);
    const isTried = showable === "no" && takesSystemDecoders(userAgent);
    return { failure: null, showable: isTried ? "maybe" : showable };
  } catch (error) {
    return { failure: toMediaFailure(error, signal), showable: "maybe" };
  }
}
