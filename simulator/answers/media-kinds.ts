import type { StoredMedia } from "#simulator/media/store.ts";

const KIB = 1024;
const MIB = 1024 * KIB;
const OFFICE = "application/vnd.openxmlformats-officedocument";

export type SentMediaType = "audio" | "document" | "image" | "sticker" | "video";

interface Limits {
  mimeTypes: readonly string[];
  maxBytes: number;
}

/** What may be uploaded and sent (Meta's "Media, supported media types"). */
const LIMITS: Record<SentMediaType, Limits> = {
  audio: {
    mimeTypes: ["audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg", "audio/opus"],
    maxBytes: 16 * MIB,
  },
  document: {
    mimeTypes: [
      "application/vnd.ms-powerpoint",
      "application/msword",
      `${OFFICE}.wordprocessingml.document`,
      `${OFFICE}.presentationml.presentation`,
      `${OFFICE}.spreadsheetml.sheet`,
      "application/pdf",
      "text/plain",
      "application/vnd.ms-excel",
    ],
    maxBytes: 100 * MIB,
  },
  image: { mimeTypes: ["image/jpeg", "image/png"], maxBytes: 5 * MIB },
  sticker: { mimeTypes: ["image/webp"], maxBytes: 500 * KIB },
  video: { mimeTypes: ["video/mp4", "video/3gpp"], maxBytes: 16 * MIB },
};

const MAX_STILL_STICKER_BYTES = 100 * KIB;
/** Where a WebP file says that it is an extended one, and in which of its bits that it moves. */
const WEBP = { chunk: [12, 16], flags: 20, animation: 0b10 } as const;

export const sentMediaTypes = Object.keys(LIMITS) as SentMediaType[];

/** The largest file that any kind may have. */
export const MAX_UPLOAD_BYTES = LIMITS.document.maxBytes;

export function supportedMimeTypes(): string[] {
  return Object.values(LIMITS).flatMap(({ mimeTypes }) => mimeTypes);
}

/** @returns the type's limit in bytes; undefined for one that can't be uploaded */
export function maxBytesOf(mimeType: string): number | undefined {
  return Object.values(LIMITS).find(({ mimeTypes }) => mimeTypes.includes(essence(mimeType)))
    ?.maxBytes;
}

/** @returns why this file can't be sent as a message of this type */
export function unfitFor(type: SentMediaType, media: StoredMedia): string | undefined {
  const { mimeTypes, maxBytes } = LIMITS[type];
  // A document can be any file that was uploaded.
  const fits = type === "document" || mimeTypes.includes(essence(media.mimeType));
  if (!fits) return `Unsupported ${type} mime type ${media.mimeType}. Use one of ${mimeTypes}.`;
  const max = type === "sticker" && !moves(media) ? MAX_STILL_STICKER_BYTES : maxBytes;
  return media.content.size > max ? `The ${type} is larger than ${max} bytes.` : undefined;
}

function essence(mimeType: string): string {
  return (mimeType.split(";")[0] ?? "").trim().toLowerCase();
}

function moves({ content }: StoredMedia): boolean {
  const head = Buffer.concat([...content.chunks(0, Math.min(content.size, WEBP.flags + 1))]);
  const isExtended = head.toString("latin1", ...WEBP.chunk) === "VP8X";
  return isExtended && ((head[WEBP.flags] ?? 0) & WEBP.animation) !== 0;
}
