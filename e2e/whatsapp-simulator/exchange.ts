import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { setTimeout } from "node:timers/promises";
import type { LoggedRequest, RequestLog } from "./request-log.ts";

const FLUSH_POLL_MS = 2;

/** An answer before it is sent. Faults change it or replace it. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Body;
}

export type Body = Iterable<Buffer> | AsyncIterable<Buffer>;

/** A request to Graph or the CDN together with its answer and its line in the log. */
export class Exchange {
  readonly #response: ServerResponse;
  readonly #left = new AbortController();
  readonly #entry: LoggedRequest;
  #broken = false;

  constructor(
    readonly request: IncomingMessage,
    response: ServerResponse,
    readonly url: URL,
    entry: LoggedRequest,
    log: RequestLog,
  ) {
    this.#response = response;
    this.#entry = entry;
    response.once("close", () => {
      const stopped = this.#broken ? "fault" : "client-closed";
      log.end(entry, response.writableFinished ? "finished" : stopped);
      this.#left.abort();
    });
  }

  /** Aborted when the connection is gone, whoever closed it. */
  get signal(): AbortSignal {
    return this.#left.signal;
  }

  noteFault(kind: string): void {
    this.#entry.fault = kind;
  }

  /** Sends the answer at the pace of its reader. A connection that is gone is no error. */
  async send(answer: Answer): Promise<void> {
    if (this.signal.aborted) return;
    this.#entry.status = answer.status;
    this.#response.writeHead(answer.status, answer.headers);
    if (this.request.method === "HEAD") {
      this.#response.end();
      return;
    }
    // A fault may hold the body back for ever, but its reader shall see the status already.
    this.#response.flushHeaders();
    await pipeline(this.#counted(answer.body), this.#response).catch(() => {});
  }

  /** Breaks the connection once all that was sent so far is on its way. For use inside a body. */
  async breakOff(): Promise<never> {
    while (this.#response.writableLength > 0) {
      await setTimeout(FLUSH_POLL_MS, undefined, { signal: this.signal });
    }
    this.#broken = true;
    throw new Error("broken off by a fault");
  }

  /** Waits until the connection is gone, then throws. */
  async forever(): Promise<never> {
    while (!this.signal.aborted) {
      await new Promise<void>((resolve) => {
        this.signal.addEventListener("abort", () => resolve(), { once: true });
      });
    }
    throw this.signal.reason;
  }

  /** @throws when the connection is gone before */
  async sleep(ms: number): Promise<void> {
    await setTimeout(ms, undefined, { signal: this.signal });
  }

  async *#counted(body: Body): AsyncGenerator<Buffer> {
    for await (const chunk of body) {
      this.#entry.bytesSent += chunk.length;
      yield chunk;
    }
  }
}

/** An answer whose whole body is at hand. */
export function textAnswer(
  status: number,
  headers: Record<string, string>,
  text: string | Buffer,
): Answer {
  const bytes = Buffer.from(text);
  return {
    status,
    headers: { ...headers, "Content-Length": String(bytes.length) },
    body: bytes.length > 0 ? [bytes] : [],
  };
}
