import type { MediaKind } from "#app/models/message-kind.ts";
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
import { isPlayed } from "./file/presentation.ts";
import type { TransferReport } from "./flow/transfer.ts";
import { viewLog } from "./view-log.server.ts";

/** What nginx logs for a client that left before there was an answer. */
const CLIENT_LEFT_STATUS = 499;
/** Safari asks for the first two bytes of what it may play, to learn whether parts can be had. */
const PROBE_BYTES = 2;

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

/**
 * Whether a person has seen a file by one fetch of it. A picture or a document has to come to its
 * end. Of what is played, any part will do: a browser takes a film in parts, stops when it has
 * enough ahead, and leaves when the person does, and what it had taken was played.
 */
export function hasSeen(
  kind: MediaKind,
  { bytes, outcome }: Pick<TransferReport, "bytes" | "outcome">,
): boolean {
  if (!isPlayed(kind)) return outcome === "complete";
  const isByBrowser =
    outcome === "complete" || outcome === "client-left" || outcome === "client-idle";
  return isByBrowser && bytes > PROBE_BYTES;
}
