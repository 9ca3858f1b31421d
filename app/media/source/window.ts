import type { BodyReader } from "#app/whatsapp/files/download.ts";
import type { OpenMedia } from "./open-media.server.ts";
import { createTail } from "./tail.ts";

/**
 * One answer of WhatsApp: a stretch of the file, read by one reader after another. What came and
 * was not read waits for the next, who can also go back a little.
 */
export class Window {
  readonly media: OpenMedia;
  /** How many bytes were asked for. */
  readonly size: number;
  /** Behind its last byte; undefined when nobody says. */
  readonly end: number | undefined;
  /** The next byte's place in the file. */
  position: number;
  #waiting: Buffer[] = [];
  readonly #tail: ReturnType<typeof createTail>;
  #reader: BodyReader | undefined;
  #started = false;
  #paused = false;
  #outcome: Error | "ended" | undefined;

  /** @param tailBytes how many bytes it holds that have been read already */
  constructor(media: OpenMedia, size: number, tailBytes: number) {
    const { contentRange, length } = media;
    this.media = media;
    this.size = size;
    this.position = contentRange?.first ?? 0;
    this.end = contentRange ? contentRange.last + 1 : length;
    this.#tail = createTail(tailBytes);
  }

  /** A copy of bytes that are here and wait; undefined unless all of them do. */
  peek(first: number, end: number): Buffer | undefined {
    const waiting = Buffer.concat(this.#waiting);
    const isHere = first >= this.position && end <= this.position + waiting.length;
    return isHere ? waiting.subarray(first - this.position, end - this.position) : undefined;
  }

  /** Whether a byte can be read from it, not too far ahead. */
  reaches(place: number, aheadBytes: number): boolean {
    const end = Math.min(this.end ?? 0, this.position + aheadBytes);
    return place >= this.position - this.#tail.length() && place < end && this.isSound();
  }

  /** Goes back to a byte, if it is behind and it reaches it. */
  rewind(place: number): void {
    if (place < this.position) this.#putBack([this.#tail.pop(this.position - place)]);
  }

  /** Whether it can go on, or has come to its end in good order. */
  isSound(): boolean {
    return !(this.#outcome instanceof Error);
  }

  /** Whether it has been read to its end. */
  isWhole(): boolean {
    return this.position === this.end;
  }

  /** Hands its bytes to a reader, from `position` on, until it is detached. */
  attach(reader: BodyReader): void {
    this.#reader = reader;
    this.resume();
  }

  /** @param unread bytes that its reader got last and left, in their order */
  detach(unread: readonly Buffer[] = []): void {
    this.#reader = undefined;
    this.#putBack(unread);
    for (const { length } of unread) this.#tail.pop(length);
    // A whole one ends by itself, and leaves its connection to others.
    if (!this.isWhole()) this.pause();
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

  #putBack(chunks: readonly Buffer[]): void {
    this.#waiting.unshift(...chunks.filter(({ length }) => length > 0));
    for (const { length } of chunks) this.position -= length;
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
      this.#tail.push(chunk);
      this.#reader.data(chunk);
    }
    if (!this.#reader || this.#paused || this.#outcome === undefined) return;
    const reader = this.#reader;
    this.#reader = undefined;
    if (this.#outcome instanceof Error) reader.error(this.#outcome);
    else reader.end();
  }
}
