import type { OpenMedia } from "#app/media/source/open-media.server.ts";
import type { MediaPointer } from "#app/models/media/media.server.ts";
import type { BodyReader, Download, DownloadBody } from "#app/whatsapp/files/download.ts";
import type { MediaLookup } from "#app/whatsapp/files/media-client.server.ts";

export const source = {
  companyId: 1,
  mediaId: "622684793477189",
  phoneNumberId: "106540352242922",
  tokenRefused: false,
};

export const pointer = (fields: Partial<MediaPointer> = {}): MediaPointer => ({
  companyId: source.companyId,
  messageId: 1,
  conversationId: 1,
  direction: "inbound",
  mediaId: source.mediaId,
  kind: "image",
  mimeType: "image/jpeg",
  filename: null,
  sha256: null,
  expiresAt: new Date("2099-01-01T00:00:00Z"),
  phoneNumberId: source.phoneNumberId,
  tokenRefused: false,
  ...fields,
});

export const lookup = (fields: Partial<MediaLookup> = {}): MediaLookup => ({
  url: "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=622684793477189",
  mimeType: "image/jpeg",
  sha256: null,
  fileSize: 4,
  expiresAt: Date.now() + 300_000,
  ...fields,
});

/**
 * A body that a test feeds by hand, and watches: chunks wait while nobody reads, and an end or an
 * error comes after them.
 */
export class TestBody implements DownloadBody {
  destroyed = false;
  paused = true;
  #reader: BodyReader | undefined;
  readonly #waiting: ((reader: BodyReader) => void)[] = [];

  /** A body with all its chunks and its end. */
  static of(...chunks: (string | Buffer)[]): TestBody {
    const body = new TestBody();
    for (const chunk of chunks) body.push(chunk);
    body.end();
    return body;
  }

  push(chunk: string | Buffer): void {
    this.#say((reader) => reader.data(Buffer.from(chunk)));
  }

  end(): void {
    this.#say((reader) => reader.end());
  }

  fail(message: string): void {
    this.#say((reader) => reader.error(new Error(message)));
  }

  read(reader: BodyReader): void {
    this.#reader = reader;
    this.resume();
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    while (!this.paused && !this.destroyed && this.#reader) {
      const next = this.#waiting.shift();
      if (!next) return;
      next(this.#reader);
    }
  }

  destroy(): void {
    this.destroyed = true;
  }

  #say(what: (reader: BodyReader) => void): void {
    this.#waiting.push(what);
    if (!this.paused) this.resume();
  }
}

/** An open file of four bytes. */
export const openMedia = (fields: Partial<OpenMedia> = {}): OpenMedia => ({
  status: 200,
  lookup: lookup(),
  contentType: "image/jpeg",
  length: 4,
  contentRange: undefined,
  acceptsRanges: false,
  etag: undefined,
  body: TestBody.of("file"),
  ...fields,
});

/** A download's answer; its body can be watched. */
export const download = (
  status = 200,
  headers: Record<string, string> = { "content-type": "image/jpeg", "content-length": "4" },
  body = TestBody.of("file"),
): Download & { body: TestBody } => ({ status, headers, body });
