/** What a file's first bytes say of it. */
export type Signature = "image/jpeg" | "image/png" | "image/webp" | "image/gif" | "player";

const ascii = (head: Uint8Array, at: number, text: string) =>
  Buffer.from(text, "latin1").every((byte, index) => head[at + index] === byte);

/** Boxes that an MP4 or 3GP file may begin with (ISO 14496-12). */
const BOXES = ["ftyp", "styp", "moov", "mdat", "free", "skip", "wide"];

/**
 * The type that a file's first bytes show: of an image exactly which, of audio and video only that
 * it is one, because players tell containers apart by themselves.
 *
 * @param head at least 12 bytes, or all there are
 * @returns undefined for what is neither
 */
export function signatureOf(head: Uint8Array): Signature | undefined {
  if (ascii(head, 0, "\xff\xd8\xff")) return "image/jpeg";
  if (ascii(head, 0, "\x89PNG\r\n\x1a\n")) return "image/png";
  if (ascii(head, 0, "RIFF") && ascii(head, 8, "WEBP")) return "image/webp";
  if (ascii(head, 0, "GIF87a") || ascii(head, 0, "GIF89a")) return "image/gif";
  return isPlayable(head) ? "player" : undefined;
}

function isPlayable(head: Uint8Array): boolean {
  const boxed = BOXES.some((box) => ascii(head, 4, box));
  const tagged = ["OggS", "ID3", "#!AMR", "ADIF", "\x1a\x45\xdf\xa3"].some((tag) =>
    ascii(head, 0, tag),
  );
  // MPEG audio and ADTS frames begin with eleven set bits.
  const framed = head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0;
  return boxed || tagged || framed;
}
