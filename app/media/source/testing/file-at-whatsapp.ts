import type { BodyReader } from "#app/whatsapp/files/download.ts";
import { lookup, openMedia, TestBody } from "#tests/support/open-media.ts";
import { MediaFailure } from "../../file/failure.ts";
import { requestedRange } from "../../file/range.ts";
import type { OpenMedia } from "../open-media.server.ts";

/** Bytes that differ from place to place. */
export const FILE = Buffer.from(
  Array.from({ length: 40_000 }, (_, index) => (index * 31 + (index >> 8)) % 253),
);

export interface FileAtWhatsApp {
  file?: Buffer;
  /** Whether the host knows Range. */
  ranges?: boolean;
  /** Whether it tells how long the whole is beside a part. */
  tellsTotal?: boolean;
  chunkBytes?: number;
  /** Changes what is opened. */
  meddle?: (media: OpenMedia, index: number) => OpenMedia;
}

/** A file that is opened part by part, with the ranges that were asked for and their bodies. */
export function fileAtWhatsApp(options: FileAtWhatsApp = {}) {
  const { file = FILE, ranges = true, tellsTotal = true, chunkBytes = 1_000 } = options;
  const asked: (string | undefined)[] = [];
  const bodies: TestBody[] = [];
  return {
    asked,
    bodies,
    open: async (range: string | undefined, signal: AbortSignal): Promise<OpenMedia> => {
      signal.throwIfAborted();
      asked.push(range);
      const wanted = ranges && range !== undefined ? requestedRange(range) : undefined;
      const suffix = ranges && range?.startsWith("bytes=-") ? Number(range.slice(7)) : undefined;
      const first = suffix === undefined ? (wanted?.first ?? 0) : Math.max(0, file.length - suffix);
      if (first > 0 && first >= file.length) throw new MediaFailure("range");
      const end = Math.min(file.length, (wanted?.last ?? file.length - 1) + 1);
      const isPart = wanted !== undefined || suffix !== undefined;
      const body = new TestBody();
      for (let at = first; at < end; at += chunkBytes) {
        body.push(file.subarray(at, Math.min(end, at + chunkBytes)));
      }
      body.end();
      bodies.push(body);
      const media = openMedia({
        status: isPart ? 206 : 200,
        lookup: lookup({ fileSize: file.length }),
        length: end - first,
        acceptsRanges: ranges,
        contentRange: isPart
          ? { first, last: end - 1, total: tellsTotal ? file.length : null }
          : undefined,
        body,
      });
      return options.meddle?.(media, asked.length - 1) ?? media;
    },
  };
}

/** Takes so many bytes of a body, or all that come, then leaves. */
export function take(media: OpenMedia, most = Number.POSITIVE_INFINITY): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    const done = () => {
      media.body.destroy();
      resolve(Buffer.concat(chunks));
    };
    const reader: BodyReader = {
      data(chunk) {
        chunks.push(Buffer.from(chunk));
        length += chunk.length;
        if (length >= most) done();
      },
      end: done,
      error: reject,
    };
    media.body.read(reader);
  });
}
