import { log } from "#app/process/log.server.ts";
import {
  mediaBytes,
  mediaContinuations,
  mediaFetches,
  mediaFirstByteSeconds,
  mediaLookupSeconds,
} from "#app/process/metrics.server.ts";
import type { MediaLookup } from "#app/whatsapp/files/media-client.server.ts";
import type { MediaGrant } from "./access.server.ts";
import { failureNotices, type MediaFailure } from "./file/failure.ts";
import type { TransferReport } from "./flow/transfer.ts";
import { hasSeen } from "./seen.ts";
import { viewLog } from "./view-log.server.ts";

/** What nginx logs for a client that left before there was an answer. */
const CLIENT_LEFT_STATUS = 499;

/**
 * Follows one fetch of a file, and writes it down at its end: in the log, in the figures, and as
 * a media view. Its times count from this call.
 */
export function recordFetch({ viewer, pointer }: MediaGrant) {
  const startedAt = performance.now();
  let lookupMs: number | undefined;
  let firstByteMs: number | undefined;
  let fileSize: number | null = null;
  const elapsed = () => Math.round(performance.now() - startedAt);

  return {
    lookedUp(lookup: MediaLookup) {
      fileSize = lookup.fileSize;
      lookupMs = elapsed();
      mediaLookupSeconds.observe((performance.now() - startedAt) / 1000);
    },
    answered() {
      firstByteMs = elapsed();
      mediaFirstByteSeconds.observe((performance.now() - startedAt) / 1000);
    },
    ended(status: number, report: TransferReport) {
      write(status, report);
    },
    failed(failure: MediaFailure, clientLeft: boolean) {
      const nothing = { bytes: 0, continuations: 0 };
      if (clientLeft) write(CLIENT_LEFT_STATUS, { ...nothing, outcome: "client-left" });
      else {
        const { kind, detail } = failure;
        write(failureNotices[kind].status, { ...nothing, outcome: kind, detail });
      }
    },
  };

  function write(status: number, { detail, ...report }: TransferReport): void {
    const { bytes, continuations, outcome } = report;
    const userId = viewer.id;
    const { companyId, mediaId, messageId } = pointer;
    const times = { lookupMs, firstByteMs, streamMs: elapsed() - (firstByteMs ?? elapsed()) };
    log.info({
      event: "media.fetched",
      mediaId,
      userId,
      companyId,
      status,
      ...times,
      bytes,
      outcome,
      // Only what there is to say: most files come in one piece.
      ...(continuations > 0 && { continuations }),
      detail,
    });
    mediaFetches.inc({ outcome });
    mediaBytes.inc(bytes);
    mediaContinuations.inc(continuations);
    const seen = hasSeen(pointer.kind, report);
    const view = { userId, messageId, mediaId, status, bytes, outcome, seen, fileSize };
    viewLog.add(viewer.scope, view);
  }
}
