import { once } from "node:events";
import { connect, type Socket } from "node:net";

const READ_BYTES = 64 * 1024;
const HEADERS_END = "\r\n\r\n";

/** One file as a program serves it. */
export interface Target {
  url: string;
  headers: Record<string, string>;
  /** The length that each answer must have. */
  bytes: number;
}

interface Pending {
  head: string;
  /** Bytes of the body still to come; undefined before the headers are complete. */
  left: number | undefined;
  firstByteAt: number;
  resolve: (firstByteAt: number) => void;
  reject: (error: Error) => void;
}

/**
 * One keep-alive HTTP connection of the load generator, which shares the machine with what it
 * measures: it reads into one buffer, counts the bytes and drops them.
 */
export class LoadConnection {
  readonly #socket: Socket;
  readonly #request: string;
  readonly #bytes: number;
  readonly #received: (bytes: number) => void;
  #pending: Pending | undefined;

  /** @param received hears of each piece of a body, headers not counted */
  static async open(target: Target, received: (bytes: number) => void): Promise<LoadConnection> {
    const connection = new LoadConnection(target, received);
    await once(connection.#socket, "connect");
    return connection;
  }

  private constructor({ url, headers, bytes }: Target, received: (bytes: number) => void) {
    const { host, hostname, port, pathname, search } = new URL(url);
    const lines = Object.entries({ Host: host, ...headers }).map(([k, v]) => `${k}: ${v}\r\n`);
    this.#request = `GET ${pathname}${search} HTTP/1.1\r\n${lines.join("")}\r\n`;
    this.#bytes = bytes;
    this.#received = received;
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    const callback = (length: number) => this.#read(buffer.subarray(0, length));
    this.#socket = connect({
      ...{ host: hostname, port: Number(port), noDelay: true },
      onread: { buffer, callback },
    });
    this.#socket.on("error", (error) => this.#fail(error.message));
    this.#socket.on("close", () => this.#fail("the connection was closed"));
  }

  /** Whether it can't be used any more: a server closes what was idle for long. */
  get closed(): boolean {
    return this.#socket.destroyed || this.#socket.readableEnded;
  }

  /**
   * Asks once, and reads the answer to its end. Not to be called again before that.
   *
   * @returns when the answer's first byte came, on the clock of performance.now()
   * @throws when the answer is not 200 or has another length, or the connection breaks
   */
  get(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#pending = { head: "", left: undefined, firstByteAt: 0, resolve, reject };
      this.#socket.write(this.#request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): boolean {
    const pending = this.#pending;
    if (!pending) return true;
    if (pending.left === undefined) this.#readHead(pending, chunk);
    else this.#readBody(pending, pending.left, chunk.length);
    return true;
  }

  #readHead(pending: Pending, chunk: Buffer): void {
    pending.firstByteAt ||= performance.now();
    pending.head += chunk.toString("latin1");
    const end = pending.head.indexOf(HEADERS_END);
    if (end < 0) return;
    const head = pending.head.slice(0, end);
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? Number.NaN);
    if (head.startsWith("HTTP/1.1 200 ") && length === this.#bytes) {
      this.#readBody(pending, length, pending.head.length - end - HEADERS_END.length);
    } else {
      this.#fail(`instead of 200 with ${this.#bytes} bytes it answered:\n${head}`);
    }
  }

  #readBody(pending: Pending, left: number, came: number): void {
    pending.left = left - came;
    this.#received(came);
    if (pending.left > 0) return;
    this.#pending = undefined;
    if (pending.left < 0) pending.reject(new Error("The answer is longer than it says."));
    else pending.resolve(pending.firstByteAt);
  }

  #fail(reason: string): void {
    const pending = this.#pending;
    this.#pending = undefined;
    this.#socket.destroy();
    pending?.reject(new Error(`${this.#request.split("\r\n")[0]}: ${reason}`));
  }
}
