import mime from "mime";
import type { MediaKind } from "#app/models/message-kind.ts";
import { essence, meantType } from "./claimed-type.ts";
import { type Format, formatOf } from "./formats.ts";
import { presentationOf } from "./presentation.ts";

/** Where the library knows no extension, or one that systems open less often. */
const EXTENSIONS: Record<string, string> = {
  "application/x-bzip": "bz2",
  "application/x-gzip": "gz",
  "application/x-rar": "rar",
  "application/x-zip": "zip",
  "audio/aac": "aac",
  "audio/aiff": "aiff",
  "audio/amr-wb": "awb",
  "audio/flac": "flac",
  "audio/mpeg": "mp3",
  "audio/ogg": "ogg",
  "image/heif": "heic",
  "image/x-photoshop": "psd",
  "text/comma-separated-values": "csv",
  "text/directory": "vcf",
  "text/vcard": "vcf",
  "video/3gpp": "3gp",
  "video/avi": "avi",
  "video/mpeg": "mpg",
  "video/msvideo": "avi",
  "video/ogg": "ogv",
  "video/quicktime": "mov",
};

/** What runs at a double click: nobody's file gets such an end from us. */
const PROGRAMS = new Set(
  "app bat chm cjs cmd com command cpl csh deb desktop dll dmg exe gadget hta htc inf ins iso jar jnlp js jse lnk mjs msc msi msp mst pif pkg ps1 py rb reg rpm run scf scr sct sh shb sys tcl url vb vbe vbs wsc wsf wsh xap".split(
    " ",
  ),
);

/** What never is a text. */
const BINARY =
  /^(?:3g[2p]|7z|aac|aiff|amr|apk|avi|avif|awb|bin|bmp|bz2|docx?|epub|flac|flv|gif|gz|hei[cf]|jpe?g|m4[av]|mid|mk[av]|mov|mp[234]|mpg|od[pst]|og[agv]|opus|pdf|png|pptx?|psd|rar|rtf|tar|tiff?|wav|web[amp]|wm[av]|xlsx?|xz|zip)$/;

/**
 * The extension that a file's system opens it by: the one of its first bytes, within whose
 * latitude the claims choose. Where the bytes say nothing, the claims do.
 *
 * @param claims MIME types, the first counts that has an extension
 * @param head the file's first bytes; none when they are not known
 * @returns "" where there is none; never that of a program
 */
export function extensionOf(
  kind: MediaKind,
  claims: (string | null | undefined)[],
  head: Uint8Array = new Uint8Array(),
): string {
  const claimed = claims.map((claim) => claimedExtension(kind, claim)).find(Boolean) ?? "";
  const format = formatOf(head);
  return format ? ofFormat(format, kind, claims, claimed) : claimed;
}

function ofFormat(
  format: Format,
  kind: MediaKind,
  claims: (string | null | undefined)[],
  claimed: string,
): string {
  const agrees = format.or === "text" ? !BINARY.test(claimed) : format.or?.includes(claimed);
  if (claimed && agrees) return claimed;
  const isSound =
    presentationOf(kind) === "sound" ||
    claims.some((claim) => essence(claim)?.startsWith("audio/"));
  return (isSound && format.sound) || format.extension;
}

function claimedExtension(kind: MediaKind, claim: string | null | undefined): string {
  const type = essence(claim) ?? "";
  const meant = meantType(kind, claim) ?? "";
  if (meant === "") return "";
  const extension = EXTENSIONS[type] ?? EXTENSIONS[meant] ?? mime.getExtension(meant) ?? "";
  return PROGRAMS.has(extension) ? "" : extension;
}
