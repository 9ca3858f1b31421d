import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import { buffersOf } from "../graph/read-buffers.ts";
import { ConnectionEnd } from "./connection-end.ts";

/** Who takes a body's bytes. Exactly one of `end` and `error` is called, after all `data`. */
export interface BodyReader {
  data(chunk: Buffer): void;
  end(): void;
  error(error: Error): void;
}

/** Bytes on their way. Nothing is read from the network before `read` and while paused. */
export interface DownloadBody {
  /** Hands the bytes to a reader. Once. */
  read(reader: BodyReader): void;
  /** One more chunk may come, unless it is called from within `data`. */
  pause(): void;
  resume(): void;
  /** Closes the connection, unless all has come; the reader hears no more. */
  destroy(): void;
}

/** The open answer to a download. Whoever gets it reads `body` to its end or destroys it. */
export interface Download {
  status: number;
  headers: IncomingHttpHeaders;
  body: DownloadBody;
}

/**
 * Asks for a URL with GET, without following redirects.
 *
 * @param signal closes the connection, before the headers and after them
 * @throws undici's errors, or the signal's reason
 */
export function openDownload(
  dispatcher: Dispatcher,
  request: { url: string; headers: Record<string, string>; headersTimeoutMs: number },
  signal: AbortSignal,
): Promise<Download> {
  signal.throwIfAborted();
  const { origin, pathname, search } = new URL(request.url);
  const { headers, headersTimeoutMs: headersTimeout } = request;
  return new Promise((resolve, reject) => {
    // The reader keeps its own deadlines: undici's body timeout does not fire under backpressure.
    dispatcher.dispatch(
      { method: "GET", origin, path: pathname + search, headers, headersTimeout, bodyTimeout: 0 },
      receive(signal, resolve, reject),
    );
  });
}

function receive(
  signal: AbortSignal,
  opened: (download: Download) => void,
  failed: (reason: unknown) => void,
): Dispatcher.DispatchHandler {
  let controller: Dispatcher.DispatchController | undefined;
  let reader: BodyReader | undefined;
  let buffers: ReturnType<typeof buffersOf>;
  /** How it ended: the error, or null when it is complete. */
  let outcome: Error | null | undefined;
  let heard = false;

  const body: DownloadBody = {
    read(newReader) {
      reader = newReader;
      if (outcome === undefined) controller?.resume();
      else tell();
    },
    pause: () => controller?.pause(),
    resume: () => outcome === undefined && controller?.resume(),
    destroy() {
      heard = true;
      if (outcome === undefined) end(new Error("no longer wanted"));
    },
  };
  // Where a connection ends, undici 7 can throw what nobody can catch (nodejs/undici#5360; mended in
  // 8, which needs Node 22), but not under a body that flows. All bytes were handed over by then.
  const connection = new ConnectionEnd(body.resume);
  const abort = () => end(signal.reason instanceof Error ? signal.reason : new Error("aborted"));
  signal.addEventListener("abort", abort, { once: true });

  return {
    onRequestStart(started) {
      controller = started;
      if (outcome) started.abort(outcome);
      else connection.expect();
    },
    onResponseStart(started, status, headers) {
      // 100 to 199 only announce the answer.
      if (status < 200) return;
      started.pause();
      opened({ status, headers, body });
    },
    onResponseData(_, chunk) {
      // After a pause an empty chunk may come.
      if (outcome !== undefined || chunk.length === 0) return;
      buffers ??= buffersOf(chunk);
      reader?.data(chunk);
    },
    onResponseEnd: () => end(null),
    onResponseError: (_, error) => end(error),
  };

  function end(how: Error | null): void {
    if (outcome !== undefined) return;
    outcome = how;
    signal.removeEventListener("abort", abort);
    connection.forget();
    buffers?.forget();
    if (how) {
      failed(how);
      controller?.abort(how);
    }
    tell();
  }

  function tell(): void {
    if (heard || !reader) return;
    heard = true;
    if (outcome) reader.error(outcome);
    else reader.end();
  }
}
