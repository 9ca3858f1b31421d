import type { MediaKind } from "#app/models/message-kind.ts";

/** Names that say nothing of what is inside. */
const OPAQUE = new Set([
  "application/octet-stream",
  "binary/octet-stream",
  "application/binary",
  "application/force-download",
  "application/unknown",
  "unknown/unknown",
]);

/** The usual name of a type, and what phones, mail programs and older standards call it. */
const NAMES: Record<string, string> = {
  "image/jpeg": "image/jpg image/pjpeg image/jpe image/jfif image/x-jpeg image/x-jpg",
  "image/png": "image/x-png image/apng image/vnd.mozilla.apng",
  "image/webp": "image/x-webp",
  "image/gif": "image/x-gif",
  "image/avif": "image/avif-sequence image/x-avif",
  "image/bmp": "image/x-bmp image/x-ms-bmp image/x-windows-bmp image/ms-bmp",
  "video/mp4": "video/x-mp4 video/x-m4v video/m4v application/mp4",
  // Its sound alone is called so; the container is the same (RFC 3839).
  "video/3gpp": "video/3gp video/x-3gp video/x-3gpp audio/3gpp audio/3gp audio/x-3gpp",
  "video/webm": "video/x-webm",
  "audio/mpeg":
    "audio/mp3 audio/x-mp3 audio/x-mpeg audio/mpeg3 audio/x-mpeg3 audio/x-mpeg-3 audio/mpg audio/x-mpg audio/x-mpegaudio",
  "audio/mp4": "audio/x-mp4 audio/m4a audio/x-m4a audio/m4b audio/x-m4b audio/mp4a-latm",
  "audio/aac": "audio/x-aac audio/aacp audio/x-aacp audio/adts audio/vnd.dlna.adts",
  "audio/ogg":
    "audio/x-ogg audio/oga audio/opus audio/x-opus audio/x-opus+ogg audio/ogg+opus audio/vorbis audio/x-vorbis audio/x-vorbis+ogg audio/x-flac+ogg audio/speex audio/x-speex audio/x-speex+ogg",
  "audio/amr": "audio/x-amr audio/amr-nb audio/x-amr-nb audio/amr-wb audio/x-amr-wb",
  "audio/wav":
    "audio/x-wav audio/wave audio/x-wave audio/vnd.wave audio/x-pn-wav audio/x-pn-windows-acm",
  "audio/flac": "audio/x-flac",
  "audio/webm": "audio/x-webm",
};

const USUAL = new Map(
  Object.entries(NAMES).flatMap(([type, others]) => others.split(" ").map((name) => [name, type])),
);

/**
 * The type that a claim means, under its usual name.
 *
 * @param claim a MIME type from outside, with or without parameters
 * @returns undefined for what is no type, or says nothing
 */
export function meantType(kind: MediaKind, claim: string | null | undefined): string | undefined {
  const type = essence(claim);
  if (type === undefined || OPAQUE.has(type)) return undefined;
  // RFC 5334 keeps this old name for whatever is in an Ogg.
  if (type === "application/ogg" || type === "application/x-ogg") {
    return kind === "video" ? "video/ogg" : "audio/ogg";
  }
  return USUAL.get(type) ?? type;
}

/** Type and subtype, lower case, without parameters; undefined when it isn't one. */
export function essence(claim: string | null | undefined): string | undefined {
  const value = claim?.split(";")[0]?.trim().toLowerCase();
  return value && /^[a-z0-9!#$&^_.+-]{1,64}\/[a-z0-9!#$&^_.+-]{1,96}$/.test(value)
    ? value
    : undefined;
}
