import type { BodyReader } from "#app/whatsapp/files/download.ts";
import { MediaFailure } from "../file/failure.ts";
import type { FileBody, OpenMedia } from "../source/open-media.server.ts";
import { openRest, type Reopen } from "./open-rest.ts";

const MAX_CONTINUATIONS = 3;

/** A body that survives breaks. Its reader's errors are MediaFailures. */
export interface ReconnectingBody extends FileBody {
  unread(chunks: readonly Buffer[]): void;
  /** Gives the present connection up, as if it had broken. */
  interrupt(reason: MediaFailure): void;
  /** Whether a broken body is being opened again. */
  isReopening(): boolean;
  /** How often it broke and was continued. */
  continuations(): number;
}

/**
 * A file's body that is continued from its next byte when it breaks off or ends too early, a few
 * times at most; its reader notices nothing.
 *
 * @param expected how many bytes are to come; undefined when nobody says
 */
export function createReconnectingBody(
  media: OpenMedia,
  expected: number | undefined,
  reopen: Reopen,
): ReconnectingBody {
  let body: FileBody = media.body;
  let outer: BodyReader | undefined;
  let received = 0;
  /** Bytes to come that came before the break. */
  let skip = 0;
  let paused = false;
  let broken: MediaFailure | undefined;
  let reopening = false;
  let continuations = 0;
  let over = false;

  const inner: BodyReader = {
    data(arrived) {
      const repeated = Math.min(skip, arrived.length);
      skip -= repeated;
      const chunk = repeated > 0 ? arrived.subarray(repeated) : arrived;
      if (over || chunk.length === 0) return;
      received += chunk.length;
      outer?.data(chunk);
    },
    end() {
      if (over) return;
      if (skip > 0 || (expected !== undefined && received < expected)) {
        broke(`only ${received - skip} of ${expected ?? "an unknown number of"} bytes came`);
      } else {
        finish();
      }
    },
    error: ({ message }) => broke(message),
  };

  return {
    read(reader) {
      outer = reader;
      body.read(inner);
    },
    pause() {
      paused = true;
      body.pause();
    },
    resume() {
      paused = false;
      if (broken) void mend(broken);
      else body.resume();
    },
    unread: (chunks) => body.unread?.(chunks),
    destroy() {
      over = true;
      body.destroy();
    },
    interrupt,
    isReopening: () => reopening,
    continuations: () => continuations,
  };

  function broke(detail: string): void {
    interrupt(new MediaFailure("upstream", { detail }));
  }

  function interrupt(reason: MediaFailure): void {
    if (over || broken) return;
    if (body.giveUp) body.giveUp();
    else body.destroy();
    if (isWhole()) {
      // There is no part behind the last byte to ask for.
      finish();
      return;
    }
    broken = reason;
    // Who doesn't read may not want the rest at all.
    if (!paused) void mend(broken);
  }

  /** Whether only its end can be missing. */
  function isWhole(): boolean {
    return skip === 0 && expected !== undefined && received >= expected;
  }

  async function mend(failure: MediaFailure): Promise<void> {
    if (reopening) return;
    if (continuations === MAX_CONTINUATIONS) return fail(failure);
    continuations += 1;
    reopening = true;
    try {
      ({ body, skip } = await openRest(media, received, reopen));
    } catch (error) {
      return fail(notContinued(failure, error));
    } finally {
      reopening = false;
    }
    broken = undefined;
    // It may break again while it is handed over.
    if (over) body.destroy();
    else body.read(inner);
    if (paused) body.pause();
  }

  function finish(): void {
    over = true;
    outer?.end();
  }

  function fail(failure: MediaFailure): void {
    if (over) return;
    over = true;
    outer?.error(failure);
  }
}

function notContinued(failure: MediaFailure, error: unknown): MediaFailure {
  const why = error instanceof MediaFailure ? error : failure;
  // The person didn't ask for the part that WhatsApp doesn't have.
  const kind = why.kind === "range" ? failure.kind : why.kind;
  return new MediaFailure(kind, {
    detail: `${failure.detail}; not continued: ${why.detail ?? why.kind}`,
  });
}
