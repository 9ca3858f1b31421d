import { type FailureKind, MediaFailure } from "../file/failure.ts";
import { isWhole } from "../file/range.ts";
import { MAX_MEDIA_BYTES, type OpenMedia } from "../source/open-media.server.ts";
import { DEADLINES, type Deadlines, overdue } from "./deadlines.ts";
import { createFirstBytes } from "./first-bytes.ts";
import { createIntegrity } from "./integrity.ts";
import type { Reopen } from "./open-rest.ts";
import { createReconnectingBody } from "./reconnecting-body.ts";

const WATCH_INTERVAL_MS = 500;

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

/** Where a transfer's bytes go. */
export interface Sink {
  /** @returns false when the next chunk should wait until `drained` is called */
  write(chunk: Buffer): boolean;
  /** The last bytes. `done` is called once all have left the process. */
  end(chunk: Buffer, done: () => void): void;
  /** Breaks off, so that nobody takes what came for the whole. */
  break(): void;
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
  const { signal, deadlines = DEADLINES, now = Date.now } = options;
  const whole = isWhole(media.contentRange);
  const expected = media.length ?? (whole ? (media.lookup.fileSize ?? undefined) : undefined);
  const integrity = createIntegrity({
    length: expected,
    sha256: whole ? options.expectedSha256 : null,
    maxBytes: options.maxBytes ?? MAX_MEDIA_BYTES,
  });
  const body = createReconnectingBody(media, expected, async (range) => {
    const rest = await options.reopen(range);
    since = now();
    return rest;
  });
  const firstBytes = createFirstBytes(expected, becomePrimed);
  const startedAt = now();
  let since = startedAt;
  let state: "priming" | "primed" | "flowing" | "ended" = "priming";
  let waitingFor: "upstream" | "client" = "upstream";
  /** The latest chunk, where it can't be known yet whether it is the last. */
  let held: Buffer | undefined;
  let complete = false;
  let sent = 0;
  let sink: Sink | undefined;
  let primed = (_failure?: unknown) => {};

  const watch = setInterval(checkDeadlines, WATCH_INTERVAL_MS);
  signal.addEventListener("abort", leave, { once: true });

  return { prime, flow, drained, stop, waitingSince };

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
      else body.read({ data: guarded(take), end: guarded(takeEnd), error: fail });
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
    if (complete) {
      finish(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
      return;
    }
    wait("upstream");
    for (const chunk of chunks) send(chunk);
    if (waitingFor === "upstream") body.resume();
  }

  /** The sink has room again. */
  function drained(): void {
    if (state !== "flowing" || waitingFor !== "client" || complete) return;
    wait("upstream");
    body.resume();
  }

  /** Since when, in milliseconds since 1970, nothing has come from WhatsApp that is waited for. */
  function waitingSince(): number | undefined {
    return state === "ended" || waitingFor === "client" ? undefined : since;
  }

  function take(chunk: Buffer): void {
    if (complete) {
      // More than was announced, or an answer that doesn't end with its last byte.
      body.destroy();
      return;
    }
    since = now();
    integrity.take(chunk);
    if (media.length === undefined) {
      if (held) pass(held);
      held = chunk;
    } else if (integrity.isShort()) {
      pass(chunk);
    } else {
      completeWith(chunk);
    }
  }

  function takeEnd(): void {
    if (!complete) completeWith(held ?? Buffer.alloc(0));
  }

  function completeWith(last: Buffer): void {
    integrity.verify();
    complete = true;
    if (state === "flowing") {
      finish(last);
    } else {
      firstBytes.add(last);
      becomePrimed();
    }
  }

  /** A chunk that is not the last. */
  function pass(chunk: Buffer): void {
    if (state === "flowing") send(chunk);
    else if (firstBytes.add(chunk)) becomePrimed();
  }

  function becomePrimed(): void {
    if (state !== "priming") return;
    firstBytes.stop();
    state = "primed";
    if (!complete) body.pause();
    wait("client");
    primed();
  }

  function send(chunk: Buffer): void {
    sent += chunk.length;
    if (sink?.write(chunk)) return;
    body.pause();
    wait("client");
  }

  function finish(last: Buffer = Buffer.alloc(0)): void {
    wait("client");
    sent += last.length;
    sink?.end(last, () => end({ outcome: "complete" }));
  }

  function checkDeadlines(): void {
    const late = overdue(
      {
        age: now() - startedAt,
        idle: now() - since,
        waitingFor: body.isReopening() ? "rest" : waitingFor,
        begun: integrity.received() > 0,
      },
      deadlines,
    );
    if (late?.outcome === "stalled") {
      since = now();
      body.interrupt(new MediaFailure("timeout", { detail: late.detail }));
    } else if (late) {
      stop(late.outcome, late.detail);
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
    state = "ended";
    clearInterval(watch);
    firstBytes.stop();
    signal.removeEventListener("abort", leave);
    body.destroy();
    if (report.outcome !== "complete") sink?.break();
    if (before === "priming") primed(reasonOf(report));
    else options.onEnd({ bytes: sent, continuations: body.continuations(), ...report });
  }

  function reasonOf({ outcome, detail }: Pick<TransferReport, "outcome" | "detail">): unknown {
    if (outcome === "client-left") return signal.reason;
    return new MediaFailure(outcome as FailureKind, { detail });
  }

  function wait(forWhom: typeof waitingFor): void {
    waitingFor = forWhom;
    since = now();
  }
}
