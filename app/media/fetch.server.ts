import type { MediaPointer } from "#app/models/media/media.server.ts";
import { log } from "#app/process/log.server.ts";
import { mediaStreams } from "#app/process/metrics.server.ts";
import type { MediaLookup } from "#app/whatsapp/files/media-client.server.ts";
import type { MediaGrant } from "./access.server.ts";
import { enterCapacity } from "./capacity.server.ts";
import { recordFetch } from "./fetch-record.server.ts";
import { MediaFailure } from "./file/failure.ts";
import { createTransfer, type MediaTransfer } from "./flow/transfer.ts";
import { fileHeaders } from "./headers.server.ts";
import { mediaOpener } from "./source/open.server.ts";
import { toMediaFailure } from "./to-media-failure.server.ts";
import { waitingLimit } from "./waiting-limit.ts";

/** A file that is about to flow: its first bytes are here, and nothing speaks against it. */
export interface Fetch {
  status: 200 | 206;
  headers: Headers;
  transfer: MediaTransfer;
}

/**
 * Begins to fetch a file from WhatsApp for one person. Whoever gets it lets the transfer flow or
 * stops it; its end is written down by itself.
 *
 * @param range a Range header to pass on
 * @param signal aborts when the person has left
 * @param onFailure hears, once, of a failure now or while the file flows
 * @throws {MediaFailure}
 */
export async function beginFetch(
  grant: MediaGrant,
  range: string | undefined,
  signal: AbortSignal,
  onFailure: (kind: string) => void,
): Promise<Fetch> {
  const { viewer, pointer } = grant;
  const { companyId, mediaId } = pointer;
  const person = { companyId, userId: viewer.id };
  const leave = enterCapacity(person);
  const fetched = recordFetch(grant);
  const work = waitingLimit.begin(person, signal);
  let transfer: MediaTransfer | undefined;
  try {
    if (!range || range.startsWith("bytes=0-")) {
      log.info({ event: "media.revealed", mediaId, userId: viewer.id, companyId });
    }
    const lookup = await mediaOpener.lookUp(pointer, work.signal);
    fetched.lookedUp(lookup);
    const expectedSha256 = announcedHash(pointer, lookup);
    const media = await mediaOpener.open(pointer, range, work.signal);
    const opened = createTransfer(media, {
      expectedSha256,
      signal: work.signal,
      reopen: (rest) => mediaOpener.open(pointer, rest, work.signal),
      onEnd: (report) => {
        mediaStreams.dec();
        leave();
        work.end();
        fetched.ended(media.status, report);
        onFailure(report.outcome);
      },
    });
    work.waitingSince = opened.waitingSince;
    const head = await opened.prime();
    transfer = opened;
    mediaStreams.inc();
    fetched.answered();
    return { status: media.status, headers: fileHeaders(pointer, media, head), transfer };
  } catch (error) {
    // Once primed, it reports its own end.
    transfer?.stop("internal", "no answer could be made");
    if (transfer) throw error;
    leave();
    work.end();
    const failure = toMediaFailure(error, signal);
    fetched.failed(failure, signal.aborted);
    if (!signal.aborted) onFailure(failure.kind);
    throw failure;
  }
}

/** The webhook and the look-up speak of the same bytes, so one file can't fit two hashes. */
function announcedHash(pointer: MediaPointer, lookup: MediaLookup): string | null {
  const hashes = [pointer.sha256, lookup.sha256].filter((hash) => hash !== null);
  const [hash = null, other = hash] = hashes;
  if (hash === other) return hash;
  throw new MediaFailure("upstream", { detail: "the webhook and the look-up announce two hashes" });
}
