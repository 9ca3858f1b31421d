import { formatOf } from "./formats.ts";

/**
 * What a file's first bytes say of it: of an image exactly which. Of sound and film mostly that a
 * player takes it, because players tell containers apart by themselves.
 */
export type Signature =
  | "image/jpeg"
  | "image/png"
  | "image/webp"
  | "image/gif"
  | "image/avif"
  | "audio/wav"
  | "audio/flac"
  | "player";

/**
 * The type that a file's first bytes show.
 *
 * @param head at least 32 bytes, or all there are
 * @returns undefined for what no page shows
 */
export function signatureOf(head: Uint8Array): Signature | undefined {
  return formatOf(head)?.shown;
}
