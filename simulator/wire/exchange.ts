import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { setImmediate, setTimeout } from "node:timers/promises";
import type { LoggedRequest, RequestLog } from "#simulator/request-log.ts";

const FLUSH_POLL_MS = 2;
/** One for all: an AbortSignal's own would be made, with its stack, at the end of every request. */
const GONE = new Error("the connection is gone");

/** An answer before it is sent. Faults change it or replace it. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Body;
}

export type Body = Iterable<Buffer> | AsyncIterable<Buffer>;

/** How a connection is broken: in good order, or with a reset. */
export type Ending = "fin" | "rst";

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
    const { socket } = request;
    const ended = () => {
      response.off("close", ended);
      socket.off("close", ended);
      const stopped = this.#broken ? "fault" : "client-closed";
      log.end(entry, response.writableFinished ? "finished" : stopped);
      this.#left.abort(GONE);
    };
    response.once("close", ended);
    // An answer that waits behind another one on its connection isn't told of the connection's end.
    socket.once("close", ended);
  }

  /** Aborted when the connection is gone, whoever closed it. */
  get signal(): AbortSignal {
    return this.#left.signal;
  }

  noteFault(kind: string): void {
    this.#entry.fault = kind;
  }

  /** Writes into the log what only its body told, or only the answer to it. */
  note(facts: Partial<Pick<LoggedRequest, "mediaId" | "message" | "file">>): void {
    Object.assign(this.#entry, facts);
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
    const sent = pipeline(this.#counted(answer.body), this.#response).catch(() => {});
    // A fault may hold the body back for ever, but its reader shall see the status already. With
    // the first bytes, where there are some, it takes one write.
    await setImmediate();
    this.#response.flushHeaders();
    await sent;
  }

  /** Breaks the connection once all that was sent so far is on its way. For use inside a body. */
  async breakOff(ending: Ending = "fin"): Promise<never> {
    if (this.#response.headersSent) this.#response.flushHeaders();
    while (this.#response.writableLength > 0) {
      await setTimeout(FLUSH_POLL_MS, undefined, { signal: this.signal });
    }
    this.#broken = true;
    if (ending === "rst") this.#response.socket?.resetAndDestroy();
    throw new Error("broken off by a fault");
  }

  /** Writes bytes to the connection as they are, in place of an answer, and breaks it then. */
  async sendRaw(bytes: Body, ending: Ending): Promise<never> {
    const { socket } = this.#response;
    for await (const chunk of bytes) {
      if (socket?.write(chunk) === false) await once(socket, "drain", { signal: this.signal });
    }
    return this.breakOff(ending);
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
