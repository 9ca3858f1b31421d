import type { MediaKind } from "#app/models/message-kind.ts";
import { signatureOf } from "./magic-bytes.ts";
import { presentationOf } from "./presentation.ts";

/** What a browser may show in place; all else is handed out as a download. */
const INLINE = new Set([
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/gif",
  "video/mp4",
  "video/3gpp",
  "video/webm",
  "audio/aac",
  "audio/amr",
  "audio/mpeg",
  "audio/mp4",
  "audio/ogg",
  "audio/webm",
]);
const OPAQUE = "application/octet-stream";

export interface SafeType {
  /** The Content-Type to send. */
  contentType: string;
  disposition: "inline" | "attachment";
}

/**
 * How a file may be handed to a browser. Both claims come from outside: the sender chose the
 * webhook's, and the download's can be anything. Only where both name the same harmless type is
 * it shown in place.
 *
 * @param claims MIME types; a missing one leaves the decision to the others
 */
export function safeType(kind: MediaKind, claims: (string | null | undefined)[]): SafeType {
  const types = new Set(claims.map(essence).filter((type) => type !== undefined));
  const [type] = types;
  if (types.size !== 1 || !type) return { contentType: OPAQUE, disposition: "attachment" };
  const shown = INLINE.has(type) && presentationOf(kind) !== "download";
  if (shown) return { contentType: type, disposition: "inline" };
  return {
    contentType: INLINE.has(type) || type === "application/pdf" ? type : OPAQUE,
    disposition: "attachment",
  };
}

/**
 * What is left of a decision once a file's first bytes are seen. An image of another kind than
 * claimed is shown as what it is; what doesn't begin like anything shown in place is a download.
 */
export function confirmedType(type: SafeType, head: Uint8Array): SafeType {
  if (type.disposition === "attachment") return type;
  const signature = signatureOf(head);
  const isImage = type.contentType.startsWith("image/");
  if (isImage && signature !== undefined && signature !== "player") {
    return { ...type, contentType: signature };
  }
  if (!isImage && signature === "player") return type;
  return { contentType: OPAQUE, disposition: "attachment" };
}

/** Type and subtype, lower case, without parameters; undefined when it isn't one. */
export function essence(claim: string | null | undefined): string | undefined {
  const value = claim?.split(";")[0]?.trim().toLowerCase();
  return value && /^[a-z0-9!#$&^_.+-]{1,64}\/[a-z0-9!#$&^_.+-]{1,96}$/.test(value)
    ? value
    : undefined;
}
