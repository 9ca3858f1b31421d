import { formatOf } from "../file/formats.ts";
import { createAwaitedBytes } from "./awaited-bytes.ts";

const BYTES = 32;
const MOST_TAGS = 10;

/** Looks behind a passing file's ID3v2 tags (id3.org, ID3v2.4, 3.1): pictures of any size are in them. */
export function createTaggedSound() {
  let extension: string | undefined;
  let left = MOST_TAGS;
  const { take } = createAwaitedBytes({ at: 0, length: BYTES }, (head, at) => {
    if (head.toString("latin1", 0, 3) === "ID3") {
      left -= 1;
      return left > 0 ? { at: at + tagLength(head), length: BYTES } : undefined;
    }
    extension = formatOf(head)?.extension;
    return undefined;
  });
  /** The extension of what follows the tags. */
  return { take, extension: () => extension };
}

function tagLength(header: Buffer): number {
  const size = header.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
  const hasFooter = ((header[5] ?? 0) & 0x10) !== 0;
  return 10 + size + (hasFooter ? 10 : 0);
}
