import type { Download, DownloadBody } from "#app/whatsapp/files/download.ts";
import {
  type MediaClient,
  type MediaLookup,
  mediaClient,
} from "#app/whatsapp/files/media-client.server.ts";
import { type BackOff, createBackOff } from "#app/whatsapp/graph/back-off.server.ts";
import { header } from "#app/whatsapp/graph/connection.server.ts";
import { GraphError, secondsOf } from "#app/whatsapp/graph/graph-error.ts";
import { createRetry, type Retry } from "#app/whatsapp/graph/retry.ts";
import { MediaFailure } from "../file/failure.ts";
import { answersRange, type ContentRange, parseContentRange, partLength } from "../file/range.ts";
import { type MediaSource, type Resolver, resolver } from "./resolve.server.ts";

/** Meta documents 100 MB for the largest inbound file. */
export const MAX_MEDIA_BYTES = 128 * 1024 * 1024;
/** The download URL is dead or was never good: worth one fresh look-up. */
const STALE_URL = new Set([401, 403, 404]);

/** A file whose bytes are on their way from WhatsApp. Whoever gets it reads or destroys `body`. */
export interface OpenMedia {
  status: 200 | 206;
  lookup: MediaLookup;
  /** WhatsApp's claim for these bytes. */
  contentType: string | undefined;
  /** Bytes in `body`; undefined when WhatsApp doesn't say. */
  length: number | undefined;
  contentRange: ContentRange | undefined;
  acceptsRanges: boolean;
  /** Tells one version of the file from another. Lookaside doesn't quote it. */
  etag: string | undefined;
  body: DownloadBody;
}

export function createMediaOpener(
  whatsapp: Pick<MediaClient, "downloadMedia">,
  { resolve, forget, noteGone }: Resolver,
  { retry = createRetry(), backOff = createBackOff() }: { retry?: Retry; backOff?: BackOff } = {},
) {
  return { lookUp, open };

  /**
   * What WhatsApp says of a file, without opening it.
   *
   * @throws {MediaFailure} or the signal's reason when the person has left
   */
  async function lookUp(media: MediaSource, signal: AbortSignal): Promise<MediaLookup> {
    return asMediaFailure(signal, () => resolve(media, signal));
  }

  /**
   * Opens a file, looking its id up again once when the URL has gone stale.
   *
   * @param range a Range header to pass on
   * @throws {MediaFailure} or the signal's reason when the person has left
   */
  function open(
    media: MediaSource,
    range: string | undefined,
    signal: AbortSignal,
  ): Promise<OpenMedia> {
    return asMediaFailure(signal, async () => {
      const first = await download(media, range, signal);
      if (!STALE_URL.has(first.answer.status)) return accepted(first, range);
      first.answer.body.destroy();
      forget(media, first.lookup);
      const second = await download(media, range, signal);
      const { status } = second.answer;
      if (!STALE_URL.has(status)) return accepted(second, range);
      second.answer.body.destroy();
      const detail = `the download answered ${status} twice`;
      throw status === 404 ? noteGone(media, detail) : new GraphError("refused", detail);
    });
  }

  async function download(media: MediaSource, range: string | undefined, signal: AbortSignal) {
    const lookup = await resolve(media, signal);
    const { phoneNumberId } = media;
    const answer = await backOff(phoneNumberId, () =>
      retry(async () => {
        const answer = await whatsapp.downloadMedia({ ...lookup, phoneNumberId, range }, signal);
        const trouble = troubleOf(answer);
        if (trouble) answer.body.destroy();
        if (trouble) throw trouble;
        return answer;
      }, signal),
    );
    return { lookup, answer };
  }
}

/** What may pass by itself. */
function troubleOf({ status, headers }: Download): GraphError | undefined {
  const detail = `the download answered ${status}`;
  if (status >= 500) return new GraphError("unavailable", detail);
  if (status !== 429) return undefined;
  return new GraphError("throttled", detail, secondsOf(header(headers, "retry-after")));
}

function accepted(
  { lookup, answer }: { lookup: MediaLookup; answer: Download },
  range: string | undefined,
): OpenMedia {
  const problem = problemWith(answer, lookup, range);
  if (problem) {
    answer.body.destroy();
    throw problem;
  }
  const contentRange = contentRangeOf(answer);
  return {
    status: answer.status === 206 ? 206 : 200,
    lookup,
    contentType: header(answer.headers, "content-type"),
    length: contentLength(answer) ?? (contentRange && partLength(contentRange)),
    contentRange,
    acceptsRanges: header(answer.headers, "accept-ranges") === "bytes",
    etag: header(answer.headers, "etag"),
    body: answer.body,
  };
}

/** What makes an answer unfit to be passed on as the file. */
function problemWith(
  answer: Download,
  lookup: MediaLookup,
  range: string | undefined,
): MediaFailure | undefined {
  const { status, headers } = answer;
  if (status === 416 && range) return new MediaFailure("range");
  if (status !== 200 && !(status === 206 && range)) {
    return new MediaFailure("upstream", { detail: `the download answered ${status}` });
  }
  if (status === 206 && !isWantedPart(answer, range ?? "", lookup.fileSize)) {
    return new MediaFailure("upstream", { detail: "206 with an unusable Content-Range" });
  }
  if ((header(headers, "content-encoding") ?? "identity") !== "identity") {
    return new MediaFailure("upstream", { detail: "the download is encoded" });
  }
  if ((contentLength(answer) ?? 0) > MAX_MEDIA_BYTES) {
    return new MediaFailure("upstream", { detail: `more than ${MAX_MEDIA_BYTES} bytes` });
  }
  if (isErrorPage(header(headers, "content-type"), lookup.mimeType)) {
    return new MediaFailure("upstream", { detail: "an HTML or JSON page instead of the file" });
  }
  return undefined;
}

function isWantedPart(answer: Download, range: string, fileSize: number | null): boolean {
  const part = contentRangeOf(answer);
  if (!part || !answersRange(range, part)) return false;
  if (fileSize !== null && part.total !== null && part.total !== fileSize) return false;
  return (contentLength(answer) ?? partLength(part)) === partLength(part);
}

function contentRangeOf({ status, headers }: Download): ContentRange | undefined {
  return status === 206 ? parseContentRange(header(headers, "content-range")) : undefined;
}

/** A page with status 200 where another type was promised. */
function isErrorPage(contentType: string | undefined, promised: string | null): boolean {
  const page = /^(text\/html|application\/json)\b/i;
  return page.test(contentType ?? "") && !page.test(promised ?? "");
}

function contentLength(answer: Download): number | undefined {
  const value = header(answer.headers, "content-length");
  return value && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

async function asMediaFailure<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof GraphError ? fromGraph(error) : error;
  }
}

function fromGraph(error: GraphError): MediaFailure {
  const options = { detail: error.message, retryAfterSeconds: error.retryAfterSeconds };
  switch (error.kind) {
    case "gone":
    case "refused":
    case "throttled":
    case "timeout":
      return new MediaFailure(error.kind, options);
    case "unavailable":
    case "unexpected":
      return new MediaFailure("upstream", options);
  }
}

export const mediaOpener = createMediaOpener(mediaClient, resolver);
