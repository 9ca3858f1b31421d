import type { Download, DownloadBody } from "#app/whatsapp/files/download.ts";
import type { MediaLookup } from "#app/whatsapp/files/media-client.server.ts";
import { header } from "#app/whatsapp/graph/connection.server.ts";
import { MediaFailure } from "../file/failure.ts";
import { answersRange, type ContentRange, parseContentRange, partLength } from "../file/range.ts";

/** Meta documents 100 MB for the largest inbound file. */
export const MAX_MEDIA_BYTES = 128 * 1024 * 1024;

/** A body of which the last can be put back. */
export interface FileBody extends DownloadBody {
  /** Takes back, in their order, the bytes that came last, for whoever reads on after `destroy`. */
  unread?(chunks: readonly Buffer[]): void;
  /** As `destroy`, of one that is of no more use to anybody. */
  giveUp?(): void;
}

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
  body: FileBody;
}

/**
 * Takes a download's answer for the file, if it is fit to be passed on. The body of any other is
 * destroyed.
 *
 * @param range the Range header that it answers
 * @throws {MediaFailure} range or upstream
 */
export function openMediaFrom(
  { answer, lookup }: { answer: Download; lookup: MediaLookup },
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
