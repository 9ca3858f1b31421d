import type { BodyReader } from "#app/whatsapp/files/download.ts";
import type { OpenMedia } from "./open-media.server.ts";

/**
 * One answer of WhatsApp: a stretch of the file, read by one reader after another. What came and
 * was not read waits for the next.
 */
export class Window {
  readonly media: OpenMedia;
  /** Behind its last byte; undefined when nobody says. */
  readonly end: number | undefined;
  /** The next byte's place in the file. */
  position: number;
  #waiting: Buffer[] = [];
  #reader: BodyReader | undefined;
  #started = false;
  #paused = false;
  #outcome: Error | "ended" | undefined;

  constructor(media: OpenMedia) {
    const { contentRange, length } = media;
    this.media = media;
    this.position = contentRange?.first ?? 0;
    this.end = contentRange ? contentRange.last + 1 : length;
  }

  /** A copy of bytes that are here and wait; undefined unless all of them do. */
  peek(first: number, end: number): Buffer | undefined {
    const waiting = Buffer.concat(this.#waiting);
    const isHere = first >= this.position && end <= this.position + waiting.length;
    return isHere ? waiting.subarray(first - this.position, end - this.position) : undefined;
  }

  /** Whether it can go on, or has come to its end in good order. */
  isSound(): boolean {
    return !(this.#outcome instanceof Error);
  }

  /** Hands its bytes to a reader, from `position` on, until it is detached. */
  attach(reader: BodyReader): void {
    this.#reader = reader;
    this.resume();
  }

  /** @param unread bytes that its reader got and left, in their order */
  detach(unread: readonly Buffer[] = []): void {
    this.#reader = undefined;
    this.#waiting.unshift(...unread.filter(({ length }) => length > 0));
    for (const { length } of unread) this.position -= length;
    // A whole one ends by itself, and leaves its connection to others.
    if (!this.isWhole()) this.pause();
  }

  /** Whether it has been read to its end. */
  isWhole(): boolean {
    return this.position === this.end;
  }

  pause(): void {
    this.#paused = true;
    if (this.#started && this.#outcome === undefined) this.media.body.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#handOver();
    if (this.#paused || !this.#reader || this.#outcome !== undefined) return;
    if (this.#started) this.media.body.resume();
    else this.#start();
  }

  /** Makes it unfit for whoever would read on. */
  breakOff(): void {
    this.#outcome ??= new Error("given up");
  }

  close(): void {
    if (this.isWhole()) return;
    this.#reader = undefined;
    this.#waiting = [];
    this.#outcome ??= new Error("no longer wanted");
    this.media.body.destroy();
  }

  #start(): void {
    this.#started = true;
    this.media.body.read({
      data: (chunk) => {
        this.#waiting.push(chunk);
        this.#handOver();
      },
      end: () => this.#finish("ended"),
      error: (error) => this.#finish(error),
    });
  }

  #finish(outcome: Error | "ended"): void {
    this.#outcome ??= outcome;
    this.#handOver();
  }

  /** Its reader may pause, leave or put bytes back with every chunk. */
  #handOver(): void {
    while (this.#reader && !this.#paused) {
      const chunk = this.#waiting.shift();
      if (!chunk) break;
      this.position += chunk.length;
      this.#reader.data(chunk);
    }
    if (!this.#reader || this.#paused || this.#waiting.length > 0) return;
    const reader = this.#reader;
    if (this.#outcome === undefined) return;
    this.#reader = undefined;
    if (this.#outcome instanceof Error) reader.error(this.#outcome);
    else reader.end();
  }
}
