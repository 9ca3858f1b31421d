import type { MediaKind } from "#app/models/message-kind.ts";
import { meantType } from "./claimed-type.ts";
import { isHarmless } from "./harmless-beginning.ts";
import { signatureOf } from "./magic-bytes.ts";
import { presentationOf } from "./presentation.ts";

/** What a browser may show in place; all else is handed out as a download. */
const INLINE = new Set([
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/gif",
  "image/avif",
  "video/mp4",
  "video/3gpp",
  "video/webm",
  "audio/aac",
  "audio/amr",
  "audio/flac",
  "audio/mpeg",
  "audio/mp4",
  "audio/ogg",
  "audio/wav",
  "audio/webm",
]);
const OPAQUE = "application/octet-stream";

export interface SafeType {
  /** The Content-Type to send. */
  contentType: string;
  disposition: "inline" | "attachment";
}

/**
 * How a file may be handed to a browser. All claims come from outside: the sender chose the
 * webhook's, and the download's can be anything. Only where all that say something mean the same
 * harmless type is it shown in place.
 *
 * @param claims MIME types; one that is missing or opaque leaves the decision to the others
 */
export function safeType(kind: MediaKind, claims: (string | null | undefined)[]): SafeType {
  const type = agreedType(kind, claims);
  if (!type) return { contentType: OPAQUE, disposition: "attachment" };
  const shown = INLINE.has(type) && presentationOf(kind) !== "download";
  if (shown) return { contentType: type, disposition: "inline" };
  return {
    contentType: INLINE.has(type) || type === "application/pdf" ? type : OPAQUE,
    disposition: "attachment",
  };
}

/**
 * What is left of a decision once a file's first bytes are seen. An image of another kind than
 * claimed is shown as what it is. Sound and film keep their type unless they begin like something
 * else: players tell containers apart by themselves, find the first frame behind padding, and
 * under nosniff nothing but a player gets an audio or video type (MIME Sniffing standard).
 */
export function confirmedType(type: SafeType, head: Uint8Array): SafeType {
  if (type.disposition === "attachment") return type;
  const signature = signatureOf(head);
  if (type.contentType.startsWith("image/")) {
    if (signature?.startsWith("image/")) return { ...type, contentType: signature };
  } else if (signature ? !signature.startsWith("image/") : isHarmless(head)) {
    return type;
  }
  return { contentType: OPAQUE, disposition: "attachment" };
}

function agreedType(kind: MediaKind, claims: (string | null | undefined)[]): string | undefined {
  const types = new Set(claims.map((claim) => meantType(kind, claim)));
  types.delete(undefined);
  const [type, other] = types;
  if (types.size === 1) return type;
  // One container has two names: with a picture, and without.
  const subtype = /^(?:audio|video)\/(.+)$/.exec(type ?? "")?.[1];
  const isPlayed = kind === "audio" || kind === "video";
  const isNamedTwice = types.size === 2 && subtype !== undefined && isPlayed;
  return isNamedTwice && other?.replace(/^(audio|video)\//, "") === subtype
    ? `${kind}/${subtype}`
    : undefined;
}
