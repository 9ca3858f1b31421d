import type { MediaPointer } from "#app/models/media/media.server.ts";
import type { MediaLookup } from "#app/whatsapp/files/media-client.server.ts";
import type { MediaGrant } from "./access.server.ts";
import { enterCapacity } from "./capacity.server.ts";
import { isFailureKind, MediaFailure } from "./file/failure.ts";
import { requestedRange } from "./file/range.ts";
import { createTransfer, type MediaTransfer, type TransferReport } from "./flow/transfer.ts";
import { mediaOpener } from "./source/open.server.ts";
import type { OpenMedia } from "./source/open-media.server.ts";
import { totalOf } from "./source/same-file.ts";
import type { Tap } from "./tap.server.ts";
import type { RequestRecord } from "./tap-record.server.ts";
import { toMediaFailure } from "./to-media-failure.server.ts";
import { waitingLimit } from "./waiting-limit.ts";

/** What a request wants of a file. */
export interface Wanted {
  /** A Range header to pass on. */
  range: string | undefined;
  /** The most bytes to answer with, where the range names no end. */
  partBytes?: number | undefined;
  /** For a player that would take all of it ahead. */
  isPaced?: boolean;
  /** For a request to come, maybe of a player. */
  isAhead?: boolean;
}

/** An open file whose first bytes are here. */
export interface PrimedFile {
  media: OpenMedia;
  head: Buffer;
  transfer: MediaTransfer;
  request: RequestRecord;
  /** Leaves the first bytes to the tap's next request; in place of the transfer. */
  putBack(): void;
}

/**
 * Opens a file for one request of a tap, as far as its first bytes. A failure is written down.
 *
 * @param onEnd how the transfer ended, once it was primed
 * @throws {MediaFailure}
 */
export async function primeFile(
  grant: MediaGrant,
  tap: Tap,
  { range, partBytes, isPaced = false, isAhead = false }: Wanted,
  signal: AbortSignal,
  onEnd: (report: TransferReport) => void,
): Promise<PrimedFile> {
  const { viewer, pointer } = grant;
  const person = { companyId: pointer.companyId, userId: viewer.id };
  const leave = enterCapacity(person);
  const request = tap.record.begin(requestedRange(range)?.first === 0);
  const work = waitingLimit.begin(person, signal);
  const release = () => {
    leave();
    work.end();
  };
  try {
    const lookup = await mediaOpener.lookUp(pointer, work.signal);
    request.lookedUp(lookup);
    const expectedSha256 = announcedHash(pointer, lookup);
    const { fileSize } = lookup;
    const media = await tap.reader.open(
      range,
      { fileSize, partBytes, isPaced, isAhead },
      work.signal,
    );
    const transfer = createTransfer(media, {
      expectedSha256,
      signal: work.signal,
      reopen: (rest) => tap.reader.open(rest, { fileSize }, work.signal),
      onEnd(report) {
        release();
        request.ended(media.status, report, partOf(media));
        if (isFailureKind(report.outcome)) tap.failure = report.outcome;
        onEnd(report);
      },
    });
    work.waitingSince = transfer.waitingSince;
    const head = await transfer.prime();
    tap.failure = undefined;
    const putBack = () => {
      request.answered(false);
      transfer.putBack();
      release();
    };
    return { media, head, transfer, request, putBack };
  } catch (error) {
    release();
    const failure = toMediaFailure(error, signal);
    request.failed(failure, signal.aborted);
    if (!signal.aborted) tap.failure = failure.kind;
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

function partOf(media: OpenMedia) {
  return { first: media.contentRange?.first ?? 0, total: totalOf(media) };
}
