import type { Socket } from "node:net";
import { buildConnector } from "undici";
import { holdingSessions } from "./tls-sessions.ts";

/** A client that doesn't read holds three of them. */
const BUFFER_BYTES = 32 * 1024;
/** A smaller read is copied out, so that a small file doesn't hold a whole buffer. TLS gives 16 KiB at most. */
const COPIED_UP_TO = 12 * 1024;
const MAX_FREE = 4;
/** The kernel then asks an idle connection's other side every second, ten times, whether it is there. */
const PROBED_AFTER_MS = 15_000;

/**
 * The memory that one connection reads into. Node allocates anew for every read, and at hundreds
 * of megabytes a second collecting that garbage costs more than hashing the bytes does.
 */
class ReadBuffers {
  #free: Buffer[] = [];
  #epoch = 0;

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES);
  }

  lend(buffer: Buffer, bytes: number): void {
    loans.set(buffer.buffer, { buffers: this, buffer, bytes, epoch: this.#epoch });
  }

  giveBack({ buffer, epoch }: Loan): void {
    if (epoch === this.#epoch && this.#free.length < MAX_FREE) this.#free.push(buffer);
  }

  /** What is still lent will not come back: it may belong to a file that has ended. */
  forget(): void {
    this.#free = [];
    this.#epoch += 1;
  }
}

interface Loan {
  buffers: ReadBuffers;
  buffer: Buffer;
  bytes: number;
  epoch: number;
}

const loans = new WeakMap<ArrayBufferLike, Loan>();
const ofSocket = new WeakMap<Socket, ReadBuffers>();

/**
 * Says that nobody will look at a chunk again: its memory is read into again. Only for chunks
 * whose every byte has left the process; one that is only a part of a buffer is left to the
 * garbage collector.
 */
export function recycle(chunk: Buffer): void {
  const loan = loans.get(chunk.buffer);
  if (!loan || chunk.byteOffset !== 0 || chunk.length !== loan.bytes) return;
  loans.delete(chunk.buffer);
  loan.buffers.giveBack(loan);
}

/** @returns undefined when the chunk's memory is not lent by a connection */
export function buffersOf(chunk: Buffer): Pick<ReadBuffers, "forget"> | undefined {
  return loans.get(chunk.buffer)?.buffers;
}

/** undici's own connector, with connections that read into memory of ours. */
export function recyclingConnector(timeoutMs: number): buildConnector.connector {
  let next: Buffer | undefined;
  const onread = {
    // Called without the socket: at its start, and right after each callback.
    buffer() {
      const buffer = next ?? Buffer.allocUnsafeSlow(BUFFER_BYTES);
      next = undefined;
      return buffer;
    },
    callback(this: Socket, bytes: number, buffer: Buffer) {
      const copied = bytes <= COPIED_UP_TO;
      const chunk = buffer.subarray(0, bytes);
      const more = this.push(copied ? Buffer.from(chunk) : chunk);
      next = copied ? buffer : lend(this, buffer, bytes);
      return more;
    },
  };
  // net.connect's and tls.connect's own options (Node's documentation of socket.connect), which
  // undici passes on. Beyond one buffer a connection reads nothing ahead.
  const options = {
    timeout: timeoutMs,
    onread,
    highWaterMark: BUFFER_BYTES,
    keepAliveInitialDelay: PROBED_AFTER_MS,
  };
  return holdingSessions(buildConnector(options as unknown as buildConnector.BuildOptions));
}

/** @returns what the connection reads into next */
function lend(socket: Socket, buffer: Buffer, bytes: number): Buffer {
  const buffers = ofSocket.get(socket) ?? new ReadBuffers();
  ofSocket.set(socket, buffers);
  buffers.lend(buffer, bytes);
  return buffers.take();
}
