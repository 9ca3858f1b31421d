const HEADER_BYTES = 16;
const MOST_BOXES = 16;
/** Its size follows as 64 bits. */
const LARGE = 1;

/**
 * Where the box of an ISO file begins that names its codecs, or what stands behind the film's own
 * data (ISO 14496-12, 4.2).
 *
 * @param head the file's first bytes
 * @returns undefined for what is no such file, or ends with its data
 */
export function movieBoxAt(head: Buffer): number | undefined {
  let at = 0;
  for (let boxes = 0; boxes < MOST_BOXES && at + HEADER_BYTES <= head.length; boxes++) {
    const type = head.toString("latin1", at + 4, at + 8);
    if (at === 0 && type !== "ftyp") return undefined;
    if (type === "moov") return at;
    const size = head.readUInt32BE(at);
    const length = size === LARGE ? Number(head.readBigUInt64BE(at + 8)) : size;
    if (length < 8) return undefined;
    at += length;
  }
  return at > 0 ? at : undefined;
}
