import { log } from "#app/log.server.ts";
import {
  mediaBytes,
  mediaFetches,
  mediaFirstByteSeconds,
  mediaLookupSeconds,
} from "#app/metrics.server.ts";
import { recordMediaView } from "#app/models/media.server.ts";
import type { MediaGrant } from "./access.server.ts";
import { failureNotices, type MediaFailure } from "./failure.ts";
import type { StreamReport } from "./stream.server.ts";

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
  const elapsed = () => Math.round(performance.now() - startedAt);

  return {
    lookedUp() {
      lookupMs = elapsed();
      mediaLookupSeconds.observe((performance.now() - startedAt) / 1000);
    },
    answered() {
      firstByteMs = elapsed();
      mediaFirstByteSeconds.observe((performance.now() - startedAt) / 1000);
    },
    ended(status: number, report: StreamReport) {
      write(status, report);
    },
    failed(failure: MediaFailure, clientLeft: boolean) {
      if (clientLeft) write(CLIENT_LEFT_STATUS, { bytes: 0, outcome: "client-left" });
      else {
        const { kind, detail } = failure;
        write(failureNotices[kind].status, { bytes: 0, outcome: kind, detail });
      }
    },
  };

  function write(status: number, { bytes, outcome, detail }: StreamReport): void {
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
      detail,
    });
    mediaFetches.inc({ outcome });
    mediaBytes.inc(bytes);
    recordMediaView(viewer.scope, { userId, messageId, mediaId, status, bytes, outcome }).catch(
      (error: unknown) =>
        log.error({ event: "media.view_not_recorded", mediaId, userId, err: error }),
    );
  }
}
