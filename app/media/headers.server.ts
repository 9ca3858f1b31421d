import type { MediaPointer } from "#app/models/media/media.server.ts";
import { confirmedType, safeType } from "./file/content-type.ts";
import { extensionOf } from "./file/extension.ts";
import { disposition, fileName } from "./file/file-name.ts";
import type { OpenMedia } from "./source/open-media.server.ts";

/** On every answer of the media routes, whatever its status. */
export const privateHeaders = {
  // no-transform: a compressing proxy would buffer the stream and break Range.
  "Cache-Control": "no-store, no-transform",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
} as const;

/** The browser's own player, in a directly opened file, loads it as media; under sandbox Chromium won't play it. */
const PLAYER_POLICY = "default-src 'none'; media-src 'self'; frame-ancestors 'none'";

/** Headers of the page that shows one file in a frame of our own. It carries no script. */
export const viewHeaders = {
  ...privateHeaders,
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy":
    "default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'self'; script-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  "Referrer-Policy": "same-origin",
  "X-Frame-Options": "SAMEORIGIN",
} as const;

/**
 * Headers for a file's bytes. Nothing is copied from WhatsApp's answer.
 *
 * @param head the body's first bytes
 * @param isSave whether the file is to be kept, whatever it is
 */
export function fileHeaders(
  pointer: MediaPointer,
  media: OpenMedia,
  head: Uint8Array,
  isSave = false,
): Headers {
  const claims = [pointer.mimeType, media.lookup.mimeType, media.contentType];
  const startsTheFile = !media.contentRange || media.contentRange.first === 0;
  const headers = baseHeaders(pointer, claims, startsTheFile ? head : undefined, isSave);
  if (media.length !== undefined) headers.set("Content-Length", String(media.length));
  if (media.acceptsRanges) headers.set("Accept-Ranges", "bytes");
  if (media.contentRange) {
    const { first, last, total } = media.contentRange;
    headers.set("Content-Range", `bytes ${first}-${last}/${total ?? "*"}`);
  }
  return headers;
}

/** Headers for HEAD, from what the look-up told: the file itself is not asked for. */
export function describedHeaders(
  pointer: MediaPointer,
  lookup: { mimeType: string | null; fileSize: number | null },
): Headers {
  const headers = baseHeaders(pointer, [pointer.mimeType, lookup.mimeType]);
  if (lookup.fileSize !== null) headers.set("Content-Length", String(lookup.fileSize));
  return headers;
}

/** @param head the file's first bytes, where they are known */
function baseHeaders(
  pointer: MediaPointer,
  claims: (string | null | undefined)[],
  head?: Uint8Array,
  isSave = false,
): Headers {
  const headers = new Headers(privateHeaders);
  const claimed = safeType(pointer.kind, claims);
  const type = head ? confirmedType(claimed, head) : claimed;
  const name = fileName(pointer, extensionOf(pointer.kind, claims, head));
  headers.set("Content-Type", type.contentType);
  headers.set("Content-Disposition", disposition(isSave ? "attachment" : type.disposition, name));
  if (/^(audio|video)\//.test(type.contentType)) {
    headers.set("Content-Security-Policy", PLAYER_POLICY);
  }
  return headers;
}
