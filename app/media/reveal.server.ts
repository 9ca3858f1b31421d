import type { Viewer } from "#app/auth/viewer.server.ts";
import { findMedia } from "#app/models/media/media.server.ts";
import type { MessageResponse } from "#app/models/messages/message-response.ts";
import type { MediaGrant } from "./access.server.ts";
import { beginFetch } from "./fetch.server.ts";
import { type FailureNotice, failureNotices, type MediaFailure } from "./file/failure.ts";
import { type Presentation, presentationOf } from "./file/presentation.ts";
import { mediaOpener } from "./source/open.server.ts";
import { tapOf, taps } from "./tap.ts";
import { toMediaFailure } from "./to-media-failure.server.ts";

/** What browsers ask for first: pictures whole, what is played from its first byte on. */
const FIRST_RANGE: Record<Exclude<Presentation, "download">, string | undefined> = {
  picture: undefined,
  film: "bytes=0-",
  sound: "bytes=0-",
};

/**
 * A file of one message, revealed by the page's own request.
 *
 * @param file its media id; null for the message's own
 * @returns t: the page's stamp for the file's address; failure: why it can't be shown, or null
 */
export async function revealInPage(
  viewer: Viewer,
  message: Pick<MessageResponse, "id" | "mediaId" | "details">,
  file: string | null,
  signal: AbortSignal,
): Promise<RevealedFile | null> {
  const mediaId = file === null || isInForm(message, file) ? (file ?? message.mediaId) : null;
  if (mediaId === null) return null;
  const pointer = await findMedia(viewer.scope, viewer, mediaId);
  if (typeof pointer === "string") return null;
  const t = Date.now();
  const failure = await probeFile({ viewer, pointer }, t, signal);
  return { messageId: message.id, mediaId, t, failure: failure && failureNotices[failure.kind] };
}

interface RevealedFile {
  messageId: number;
  mediaId: string;
  t: number;
  failure: FailureNotice | null;
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
 * @param signal aborts when the person has left the page before it was answered
 * @returns why it can't be shown, or null when it can
 */
export async function probeFile(
  grant: MediaGrant,
  t: number,
  signal: AbortSignal,
): Promise<MediaFailure | null> {
  try {
    const shown = presentationOf(grant.pointer.kind);
    if (shown === "download") await mediaOpener.lookUp(grant.pointer, signal);
    else await openAndPark(grant, t, FIRST_RANGE[shown], signal);
    return null;
  } catch (error) {
    return toMediaFailure(error, signal);
  }
}

async function openAndPark(
  grant: MediaGrant,
  t: number,
  range: string | undefined,
  page: AbortSignal,
): Promise<void> {
  const tap = tapOf(grant, t);
  // The page's own signal aborts when the page has been sent, which is when the file is wanted.
  const work = new AbortController();
  const abort = () => work.abort(new Error("nobody asked for the file"));
  page.addEventListener("abort", abort, { once: true });
  try {
    page.throwIfAborted();
    const fetch = await beginFetch(grant, range, work.signal, (outcome) =>
      taps.noteOutcome(tap, outcome),
    );
    taps.park(tap, fetch, range, abort);
  } finally {
    page.removeEventListener("abort", abort);
  }
}
