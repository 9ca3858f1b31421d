import type { MediaView } from "#app/models/media/media-views.server.ts";
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
import { createCoverage } from "./file/coverage.ts";
import { failureNotices, isFailureKind, type MediaFailure } from "./file/failure.ts";
import { isPlayed } from "./file/presentation.ts";
import type { Showable } from "./file/showable.ts";
import type { TransferReport } from "./flow/transfer.ts";
import { seenBy } from "./seen.ts";
import { viewLog } from "./view-log.server.ts";

/** What nginx logs for a client that left before there was an answer. */
const CLIENT_LEFT_STATUS = 499;
const NOTHING = { bytes: 0, continuations: 0 };

/** What is followed of one request. */
export type RequestRecord = ReturnType<TapRecord["begin"]>;
export type TapRecord = ReturnType<typeof createTapRecord>;

/**
 * Follows one tap, however many parts of the file it asks for, and writes it down: in the log and
 * the figures once, when it has come to an end; as a media view at once, and again as it changes.
 * Its times count from its first request.
 *
 * @param options tap: the page's stamp; null for a request by itself. showable: as seenBy has it
 */
export function createTapRecord(
  { viewer, pointer }: MediaGrant,
  options: { tap: number | null; showable: () => Showable | undefined },
) {
  const { companyId, mediaId, messageId, kind } = pointer;
  const coverage = createCoverage();
  let startedAt: number | undefined;
  let lookupMs: number | undefined;
  let firstByteMs: number | undefined;
  let fileSize: number | null = null;
  let status = CLIENT_LEFT_STATUS;
  let last: TransferReport = { ...NOTHING, outcome: "client-left" };
  const sum = { requests: 0, ...NOTHING };
  const written = { requests: 0, bytes: 0, seen: null as MediaView["seen"] };
  let isWhole = false;
  let isSaved = false;
  let told: "shown" | "not-shown" | undefined;
  let isRevealed = false;
  let loggedRequests = 0;

  return { begin, tell, write, flush, isDelivered: () => sum.bytes > 0 };

  /** @param isStart whether it asks for the file's beginning */
  function begin(isStart: boolean) {
    startedAt ??= performance.now();
    if (isStart && !isRevealed) {
      isRevealed = true;
      log.info({ event: "media.revealed", mediaId, userId: viewer.id, companyId });
    }
    let isSave = false;
    return {
      lookedUp(lookup: MediaLookup) {
        fileSize = lookup.fileSize;
        if (lookupMs !== undefined) return;
        lookupMs = elapsed();
        mediaLookupSeconds.observe(lookupMs / 1000);
      },
      /** @param saves whether the file is handed out to be kept, not to be shown */
      answered(saves: boolean) {
        isSave = saves;
        if (firstByteMs !== undefined) return;
        firstByteMs = elapsed();
        mediaFirstByteSeconds.observe(firstByteMs / 1000);
      },
      /** @param part of the file, that was to be sent */
      ended(
        answer: number,
        report: TransferReport,
        part: { first: number; total: number | undefined },
      ) {
        coverage.add(part.first, report.bytes);
        const isToEnd = report.outcome === "complete" && part.first + report.bytes === part.total;
        isWhole ||=
          report.outcome === "complete" &&
          (part.total === undefined ? part.first === 0 : coverage.isWhole(part.total));
        isSaved ||= isSave && (isToEnd || isWhole);
        settle(answer, report);
      },
      failed(failure: MediaFailure, hasClientLeft: boolean) {
        if (hasClientLeft)
          return settle(CLIENT_LEFT_STATUS, { ...NOTHING, outcome: "client-left" });
        const { kind: outcome, detail } = failure;
        settle(failureNotices[outcome].status, { ...NOTHING, outcome, detail });
      },
    };
  }

  function elapsed(): number {
    return Math.round(performance.now() - (startedAt ?? performance.now()));
  }

  function settle(answer: number, report: TransferReport): void {
    if (sum.requests === 0) status = answer;
    last = report;
    sum.requests += 1;
    sum.bytes += report.bytes;
    sum.continuations += report.continuations;
    mediaBytes.inc(report.bytes);
    mediaContinuations.inc(report.continuations);
    const isOver =
      options.tap === null || !isPlayed(kind) || isWhole || isFailureKind(report.outcome);
    if (isOver) flush();
    else if (written.requests === 0) write();
  }

  /** The page tells whether it could show what came. */
  function tell(shown: boolean): void {
    told = shown ? "shown" : "not-shown";
    if (written.requests > 0) write();
  }

  /** To be called when the tap has come to rest. */
  function flush(): void {
    if (startedAt === undefined) return;
    if (sum.requests === 0) settle(status, last);
    write();
    const isNews = loggedRequests === 0 || isFailureKind(last.outcome);
    if (sum.requests === loggedRequests || !isNews) return;
    loggedRequests = sum.requests;
    const { requests, bytes, continuations } = sum;
    const times = { lookupMs, firstByteMs, streamMs: elapsed() - (firstByteMs ?? elapsed()) };
    log.info({
      event: "media.fetched",
      mediaId,
      userId: viewer.id,
      companyId,
      status,
      ...times,
      bytes,
      outcome: outcome(),
      // Only what there is to say: most files come in one piece.
      ...(requests > 1 && { requests }),
      ...(continuations > 0 && { continuations }),
      detail: last.detail,
    });
    mediaFetches.inc({ outcome: outcome() });
  }

  /** Writes down what has changed. */
  function write(): void {
    const seen = isSaved
      ? "saved"
      : (told ?? seenBy(kind, { ...sum, outcome: outcome(), showable: options.showable() }));
    const requests = sum.requests - written.requests;
    const bytes = sum.bytes - written.bytes;
    if (requests === 0 && seen === written.seen) return;
    Object.assign(written, { requests: sum.requests, bytes: sum.bytes, seen });
    const view = { userId: viewer.id, messageId, mediaId, tap: options.tap, status };
    viewLog.add(viewer.scope, { ...view, requests, bytes, outcome: outcome(), seen, fileSize });
  }

  /** A part that came whole is a part. */
  function outcome(): string {
    if (isWhole) return "complete";
    const isPart = options.tap !== null && isPlayed(kind) && last.outcome === "complete";
    return isPart ? "client-left" : last.outcome;
  }
}
