import contentDisposition from "content-disposition";
import mime from "mime";
import type { MediaKind } from "#app/models/message-kind.ts";

const MAX_LENGTH = 120;
const NAMES: Record<MediaKind, string> = {
  image: "photo",
  video: "video",
  audio: "audio",
  document: "document",
  sticker: "sticker",
};
/** Endings that the library of types doesn't know. */
const ENDINGS = new Set("3ga arw awb azw3 cr2 m4r nef orf rw2 sqlite tgz".split(" "));
/** Much that has an ending of its own is one of these inside. */
const COMMON = new Set(["gz", "tif", "txt", "xml", "json", "zip"]);

/**
 * The name to save a file under: the sender's own, harmless, or one made of kind and id. The
 * sender chooses every character of theirs: control characters break headers, bidi overrides
 * disguise "gpj.exe", slashes name folders, and a leading dot hides the file.
 *
 * An extension of the sender's own stays, right or wrong: a photo.jpg that is a program must not
 * be saved as one. Where there is none, it gets the file's.
 *
 * @param extension without the dot; empty where none is known
 */
export function fileName(
  file: { kind: MediaKind; mediaId: string; filename: string | null },
  extension: string,
): string {
  const own = cleanFileName(file.filename ?? "");
  if (own && (!extension || hasEnding(own, extension))) return own;
  const name = own || `${NAMES[file.kind]}-${file.mediaId}`;
  return extension ? `${shortened(name, MAX_LENGTH - extension.length - 1)}.${extension}` : name;
}

/** Whether what follows the last dot is an extension: it isn't in "Angebot Nr. 5", nor "Fa.Meier". */
function hasEnding(name: string, extension: string): boolean {
  const ending = /\.([\w-]{1,12})$/.exec(name)?.[1]?.toLowerCase();
  if (ending === undefined) return false;
  if (/^\d+$/.test(ending)) return /\.(?:7z|rar|zip)\.\d{3}$/i.test(name);
  const isKnown = mime.getType(ending) !== null || ENDINGS.has(ending);
  return isKnown || (ending.length <= 4 && COMMON.has(extension));
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
  return shortened(cleaned, MAX_LENGTH - extension.length) + extension;
}

/** No character is cut in two. */
function shortened(name: string, length: number): string {
  return name
    .slice(0, length)
    .toWellFormed()
    .replace(/\uFFFD/g, "");
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
