import contentDisposition from "content-disposition";
import type { MediaKind } from "#app/models/message-kind.ts";
import { essence } from "./content-type.ts";

const MAX_LENGTH = 120;
const NAMES: Record<MediaKind, string> = {
  image: "photo",
  video: "video",
  audio: "audio",
  document: "document",
  sticker: "sticker",
};
const EXTENSIONS: Record<string, string> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "image/gif": "gif",
  "video/mp4": "mp4",
  "video/3gpp": "3gp",
  "video/webm": "webm",
  "audio/aac": "aac",
  "audio/amr": "amr",
  "audio/mpeg": "mp3",
  "audio/mp4": "m4a",
  "audio/ogg": "ogg",
  "audio/webm": "weba",
  "application/pdf": "pdf",
};

/**
 * The name to save a file under: the sender's own, harmless, or one made of kind and id. The
 * sender chooses every character of theirs: control characters break headers, bidi overrides
 * disguise "gpj.exe", slashes name folders, and a leading dot hides the file.
 */
export function fileName(media: {
  kind: MediaKind;
  mediaId: string;
  filename: string | null;
  mimeType: string | null;
}): string {
  const own = cleanFileName(media.filename ?? "");
  if (own) return own;
  const extension = EXTENSIONS[essence(media.mimeType) ?? ""];
  return `${NAMES[media.kind]}-${media.mediaId}${extension ? `.${extension}` : ""}`;
}

/** @returns "" when nothing harmless is left */
export function cleanFileName(name: string): string {
  const cleaned = name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFD]/gu, "")
    .replace(/[\\/:*?"<>|]/g, "_")
    // A long gap would push the real extension out of sight.
    .replace(/\s+/g, " ")
    .replace(/^[. ]+|[. ]+$/g, "");
  if (cleaned.length <= MAX_LENGTH) return cleaned;
  const extension = /\.[^.]{1,10}$/.exec(cleaned)?.[0] ?? "";
  return (
    cleaned
      .slice(0, MAX_LENGTH - extension.length)
      .toWellFormed()
      .replace(/\uFFFD/g, "") + extension
  );
}

/**
 * A Content-Disposition header (RFC 6266). A name beyond ASCII goes out in RFC 5987's encoding,
 * beside a plain stand-in: raw Latin-1, which the library would send, is read differently by
 * different browsers.
 */
export function disposition(type: "inline" | "attachment", name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/g, "_");
  return contentDisposition(name, { type, fallback: plain });
}
