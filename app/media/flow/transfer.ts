import { type FailureKind, MediaFailure } from "../file/failure.ts";
import { isWhole } from "../file/range.ts";
import { MAX_MEDIA_BYTES, type OpenMedia } from "../source/open-media.server.ts";
import { createCheckedChunks } from "./checked-chunks.ts";
import { createDeadlineWatch } from "./deadline-watch.ts";
import { DEADLINES, type Deadlines, type Overdue } from "./deadlines.ts";
import { createFirstBytes } from "./first-bytes.ts";
import type { Reopen } from "./open-rest.ts";
import { createReconnectingBody } from "./reconnecting-body.ts";
import type { Sink } from "./sinks.ts";

export type TransferOutcome = "complete" | "client-left" | "client-idle" | FailureKind;

export interface TransferReport {
  /** Handed to the person's connection. */
  bytes: number;
  outcome: TransferOutcome;
  /** How many times the body broke and was continued. */
  continuations: number;
  /** For the log. */
  detail?: string | undefined;
}

export interface TransferOptions {
  /** Lower-case hex. Checked when the whole file passes. */
  expectedSha256: string | null;
  /** Aborts when the person has left, or, with a MediaFailure, to give the transfer up. */
  signal: AbortSignal;
  reopen: Reopen;
  /** Called once, however the flow ends; not when `prime` fails. */
  onEnd: (report: TransferReport) => void;
  deadlines?: Deadlines;
  maxBytes?: number;
  /** In milliseconds. */
  now?: () => number;
}

export type MediaTransfer = ReturnType<typeof createTransfer>;

/**
 * The bytes of an open file, taken from WhatsApp only as fast as a sink takes them.
 *
 * The last chunk is withheld until the whole has been counted and hashed: a file that is too
 * short, too long or altered breaks off, and never ends cleanly. A body that breaks in the middle
 * is continued from its next byte.
 */
export function createTransfer(media: OpenMedia, options: TransferOptions) {
  const { signal, deadlines = DEADLINES, maxBytes = MAX_MEDIA_BYTES, now = Date.now } = options;
  const whole = isWhole(media.contentRange);
  const length = media.length ?? (whole ? (media.lookup.fileSize ?? undefined) : undefined);
  const checked = createCheckedChunks(
    {
      length,
      isLengthDeclared: media.length !== undefined,
      sha256: whole ? options.expectedSha256 : null,
      maxBytes,
    },
    { pass, last },
  );
  const body = createReconnectingBody(media, length, async (range) => {
    const rest = await options.reopen(range);
    watch.restart();
    return rest;
  });
  const firstBytes = createFirstBytes(length, becomePrimed);
  let state: "priming" | "primed" | "flowing" | "ended" = "priming";
  let sent = 0;
  let sink: Sink | undefined;
  let primed = (_failure?: unknown) => {};

  const watch = createDeadlineWatch({
    deadlines,
    now,
    hasBegun: checked.hasBegun,
    isReopening: body.isReopening,
    onOverdue,
  });
  signal.addEventListener("abort", leave, { once: true });

  return { prime, flow, drained, putBack, stop, waitingSince };

  /**
   * Waits for the first bytes; for all of a small file.
   *
   * @returns the first bytes; none when the file is empty
   * @throws {MediaFailure} or the signal's reason; all is cleaned up then
   */
  async function prime(): Promise<Buffer> {
    if (signal.aborted) leave();
    await new Promise<void>((resolve, reject) => {
      primed = (failure) => (failure === undefined ? resolve() : reject(failure));
      if (state === "ended") reject(signal.reason);
      else body.read({ data: guarded(take), end: guarded(checked.end), error: fail });
    });
    return firstBytes.head();
  }

  /** Lets the bytes go, once primed. */
  function flow(to: Sink): void {
    sink = to;
    if (state !== "primed") {
      sink.break();
      return;
    }
    state = "flowing";
    const chunks = firstBytes.take();
    if (checked.isComplete()) {
      finish(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
      return;
    }
    watch.waitFor("upstream");
    for (const chunk of chunks) send(chunk);
    if (watch.isWaitingFor("upstream")) body.resume();
  }

  /**
   * Once primed, leaves the first bytes to whoever reads the file next, and ends without a report.
   */
  function putBack(): void {
    if (state !== "primed") return;
    body.unread(firstBytes.take());
    close();
  }

  /** The sink has room again. */
  function drained(): void {
    if (state !== "flowing" || checked.isComplete() || !watch.isWaitingFor("client")) return;
    watch.waitFor("upstream");
    body.resume();
  }

  /** Since when, in milliseconds since 1970, nothing has come from WhatsApp that is waited for. */
  function waitingSince(): number | undefined {
    return state === "ended" ? undefined : watch.upstreamSince();
  }

  function take(chunk: Buffer): void {
    if (checked.isComplete()) {
      // More than was announced, or an answer that doesn't end with its last byte.
      body.destroy();
      return;
    }
    watch.restart();
    checked.take(chunk);
  }

  /** A chunk that is not the last. */
  function pass(chunk: Buffer): void {
    if (state === "flowing") send(chunk);
    else if (firstBytes.add(chunk)) becomePrimed();
  }

  function last(chunk: Buffer): void {
    if (state === "flowing") {
      finish(chunk);
    } else {
      firstBytes.add(chunk);
      becomePrimed();
    }
  }

  function becomePrimed(): void {
    if (state !== "priming") return;
    firstBytes.stop();
    state = "primed";
    if (!checked.isComplete()) body.pause();
    watch.waitFor("client");
    primed();
  }

  function send(chunk: Buffer): void {
    sent += chunk.length;
    if (sink?.write(chunk)) return;
    body.pause();
    watch.waitFor("client");
  }

  function finish(last: Buffer = Buffer.alloc(0)): void {
    watch.waitFor("client");
    sent += last.length;
    sink?.end(last, () => end({ outcome: "complete" }));
  }

  function onOverdue({ outcome, detail }: Overdue): void {
    if (outcome === "stalled") {
      watch.restart();
      body.interrupt(new MediaFailure("timeout", { detail }));
    } else {
      stop(outcome, detail);
    }
  }

  function guarded<Args extends unknown[]>(step: (...args: Args) => void) {
    return (...args: Args) => {
      if (state === "ended") return;
      try {
        step(...args);
      } catch (error) {
        fail(error);
      }
    };
  }

  function leave(): void {
    if (signal.reason instanceof MediaFailure) fail(signal.reason);
    else stop("client-left", "the person has left");
  }

  function fail(error: unknown): void {
    if (error instanceof MediaFailure) stop(error.kind, error.detail ?? error.kind);
    else stop("internal", String(error));
  }

  /** Ends it here and now. */
  function stop(outcome: Exclude<TransferOutcome, "complete">, detail: string): void {
    end({ outcome, detail });
  }

  function end(report: Pick<TransferReport, "outcome" | "detail">): void {
    if (state === "ended") return;
    const before = state;
    close();
    if (report.outcome !== "complete") sink?.break();
    if (before === "priming") primed(reasonOf(report));
    else options.onEnd({ bytes: sent, continuations: body.continuations(), ...report });
  }

  function close(): void {
    state = "ended";
    watch.stop();
    firstBytes.stop();
    signal.removeEventListener("abort", leave);
    body.destroy();
  }

  function reasonOf({ outcome, detail }: Pick<TransferReport, "outcome" | "detail">): unknown {
    if (outcome === "client-left") return signal.reason;
    return new MediaFailure(outcome as FailureKind, { detail });
  }
}
