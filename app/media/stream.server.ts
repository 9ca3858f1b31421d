import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { type FailureKind, MediaFailure } from "./failure.ts";
import { MAX_MEDIA_BYTES, type OpenMedia } from "./open.server.ts";

/** Limits of one stream, in milliseconds and bytes. */
export interface StreamLimits {
  /** WhatsApp sends nothing for this long. */
  upstreamIdleMs: number;
  /** The person's browser takes nothing for this long. */
  clientIdleMs: number;
  /** From the first byte to the last, however steadily they come. */
  totalMs: number;
  maxBytes: number;
}

const LIMITS: StreamLimits = {
  upstreamIdleMs: 15_000,
  clientIdleMs: 60_000,
  totalMs: 15 * 60_000,
  maxBytes: MAX_MEDIA_BYTES,
};
const WATCH_INTERVAL_MS = 500;

export type StreamOutcome = "complete" | "client-left" | "client-idle" | FailureKind;

export interface StreamReport {
  bytes: number;
  outcome: StreamOutcome;
  /** For the log. */
  detail?: string | undefined;
}

/**
 * The bytes of an open file, pulled from WhatsApp only as fast as they are read here.
 *
 * The last chunk is withheld until the whole has been counted and hashed: a file that is cut
 * short, too long or altered ends in an error (a broken connection for the browser), never in a
 * clean end.
 *
 * @param options expectedSha256: lower-case hex, checked when the whole file passes; signal:
 *   aborts when the person has left; onEnd: called once, however it ends
 */
export function streamMedia(
  media: Pick<OpenMedia, "body" | "length" | "contentRange">,
  options: {
    expectedSha256: string | null;
    signal: AbortSignal;
    onEnd: (report: StreamReport) => void;
    limits?: StreamLimits;
  },
): ReadableStream<Uint8Array> {
  const limits = options.limits ?? LIMITS;
  const { body } = media;
  // Destroyed between two reads, or before the first, it would raise an unhandled event.
  body.on("error", () => {});
  const chunks = (body as AsyncIterable<Uint8Array> & Readable)[Symbol.asyncIterator]();
  const hash = options.expectedSha256 && isWhole(media) ? createHash("sha256") : undefined;
  const startedAt = Date.now();
  let received = 0;
  let sent = 0;
  let held: Uint8Array | undefined;
  let checked = false;
  let waitingFor: "upstream" | "client" = "client";
  let since = startedAt;
  let ended = false;
  let stopped: StreamReport | undefined;
  let output: ReadableStreamDefaultController<Uint8Array>;

  const watch = setInterval(() => {
    const now = Date.now();
    if (now - startedAt > limits.totalMs) stop("timeout", "the stream took too long");
    else if (waitingFor === "upstream" && now - since > limits.upstreamIdleMs) {
      stop("timeout", "WhatsApp stopped sending");
    } else if (waitingFor === "client" && now - since > limits.clientIdleMs) {
      stop("client-idle", "the browser stopped reading");
    }
  }, WATCH_INTERVAL_MS);

  const leave = () => stop("client-left", "the person has left");
  options.signal.addEventListener("abort", leave, { once: true });

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        output = controller;
        if (options.signal.aborted) leave();
      },
      async pull(controller) {
        try {
          wait("upstream");
          const chunk = await nextToSend();
          wait("client");
          if (!chunk) {
            end({ bytes: sent, outcome: "complete" });
            controller.close();
            return;
          }
          sent += chunk.length;
          controller.enqueue(chunk);
        } catch (error) {
          if (!stopped) fail(reportOf(error));
        }
      },
      cancel() {
        end({ bytes: sent, outcome: "client-left" });
      },
    },
    { highWaterMark: 0 },
  );

  /** The next chunk that may go out; undefined when all is sent and found right. */
  async function nextToSend(): Promise<Uint8Array | undefined> {
    for (;;) {
      const next = await chunks.next();
      if (next.done) {
        if (!checked) checkWhole();
        checked = true;
        const last = held;
        held = undefined;
        return last;
      }
      take(next.value);
      const previous = held;
      held = next.value;
      if (previous) return previous;
    }
  }

  function take(chunk: Uint8Array): void {
    wait("upstream");
    received += chunk.length;
    if (received > Math.min(media.length ?? Number.POSITIVE_INFINITY, limits.maxBytes)) {
      throw new MediaFailure("upstream", { detail: "longer than declared or allowed" });
    }
    hash?.update(chunk);
  }

  function checkWhole(): void {
    if (media.length !== undefined && received !== media.length) {
      throw new MediaFailure("upstream", { detail: `${received} of ${media.length} bytes came` });
    }
    if (hash && hash.digest("hex") !== options.expectedSha256) {
      throw new MediaFailure("upstream", { detail: "the file's SHA-256 is not the announced one" });
    }
  }

  function reportOf(error: unknown): StreamReport {
    if (error instanceof MediaFailure) {
      return { bytes: sent, outcome: error.kind, detail: error.detail };
    }
    const detail = error instanceof Error ? error.message : String(error);
    return { bytes: sent, outcome: "upstream", detail };
  }

  function stop(outcome: StreamOutcome, detail: string): void {
    stopped = { bytes: sent, outcome, detail };
    fail(stopped);
  }

  function fail(report: StreamReport): void {
    end(report);
    output.error(new Error(`media stream ended: ${report.outcome}`));
  }

  function wait(forWhom: "upstream" | "client"): void {
    waitingFor = forWhom;
    since = Date.now();
  }

  function end(report: StreamReport): void {
    if (ended) return;
    ended = true;
    clearInterval(watch);
    options.signal.removeEventListener("abort", leave);
    // With an error, so that a read in progress is rejected instead of waiting for ever.
    body.destroy(report.outcome === "complete" ? undefined : new Error(report.outcome));
    options.onEnd(report);
  }
}

/** Whether the body is the file from its first byte to its last. */
function isWhole({ contentRange }: Pick<OpenMedia, "contentRange">): boolean {
  if (!contentRange) return true;
  return contentRange.first === 0 && contentRange.last + 1 === contentRange.total;
}
