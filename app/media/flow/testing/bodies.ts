import { setMaxListeners } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import { MediaFailure } from "#app/media/file/failure.ts";
import type { OpenMedia } from "#app/media/source/open.server.ts";
import type { MediaPointer } from "#app/models/media/media.server.ts";
import type { BodyReader, Download, DownloadBody } from "#app/whatsapp/files/download.ts";
import type { MediaLookup } from "#app/whatsapp/files/graph.server.ts";
import { createRetry } from "#app/whatsapp/graph/retry.ts";
import {
  createTransfer,
  type Sink,
  type TransferOptions,
  type TransferReport,
} from "../transfer.ts";

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

/** A signal that never aborts, for any number of listeners. */
export const noAbort = new AbortController().signal;
setMaxListeners(0, noAbort);

/** Where a transfer's bytes end up, and how. It has room for all, unless it is `full`. */
export class TestSink implements Sink {
  state: "open" | "ended" | "broken" = "open";
  full = false;
  /** Tells that the last bytes have left; a test may put it off. */
  leave = (done: () => void) => done();
  readonly chunks: Buffer[] = [];

  get text(): string {
    return Buffer.concat(this.chunks).toString("latin1");
  }

  write(chunk: Buffer): boolean {
    this.chunks.push(Buffer.from(chunk));
    return !this.full;
  }

  end(chunk: Buffer, done: () => void): void {
    this.chunks.push(Buffer.from(chunk));
    this.state = "ended";
    this.leave(done);
  }

  break(): void {
    this.state = "broken";
  }
}

/**
 * A transfer of an open file, with all that a test looks at.
 *
 * @param rests what its continuations get, one after the other; then none
 */
export function startTransfer(
  media: Partial<OpenMedia>,
  { rests = [], ...options }: Partial<TransferOptions> & { rests?: (OpenMedia | Error)[] } = {},
) {
  const reports: TransferReport[] = [];
  const asked: (string | undefined)[] = [];
  const sink = new TestSink();
  const transfer = createTransfer(openMedia(media), {
    expectedSha256: null,
    signal: noAbort,
    async reopen(range) {
      asked.push(range);
      const rest = rests.shift() ?? new MediaFailure("upstream", { detail: "there is no rest" });
      if (rest instanceof Error) throw rest;
      return rest;
    },
    onEnd: (report) => reports.push(report),
    ...options,
  });
  const flow = async () => {
    await transfer.prime();
    transfer.flow(sink);
    await settle();
  };
  return { transfer, sink, reports, asked, flow };
}

/** Makes calls again as in production, but without the pauses. */
export const retryAtOnce = createRetry({ sleep: async () => {} });

/** Where it doesn't matter what is noted of access tokens. */
export const anyHealth = { accepted() {}, refused() {} };

/** Lets everything happen that needs no more time to pass. */
export async function settle(): Promise<void> {
  for (let turns = 0; turns < 10; turns++) await turn();
}
