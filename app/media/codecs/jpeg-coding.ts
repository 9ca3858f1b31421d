import { createAwaitedBytes } from "./awaited-bytes.ts";
import type { Reach } from "./sample-descriptions.ts";

/** Marker, length and, in a frame's header, the precision (ITU T.81, B.1 and B.2). */
const HEADER_BYTES = 5;
/** No camera writes as many; a file may have millions. */
const MOST_SEGMENTS = 1_000;

/** Reads a passing JPEG's segments up to the one that tells how it is coded. */
export function createJpegCoding() {
  let left = MOST_SEGMENTS;
  let reach: Reach = "untold";
  const { take } = createAwaitedBytes({ at: 2, length: HEADER_BYTES }, (header, at) => {
    left -= 1;
    const [start, marker = 0] = header;
    const length = header.readUInt16BE(2);
    if (start !== 0xff || left === 0) return undefined;
    // Any number of set bytes may stand before a marker.
    if (marker === 0xff) return { at: at + 1, length: HEADER_BYTES };
    if (isFrame(marker)) {
      // Baseline, extended or progressive, all by Huffman's coding, with eight bits.
      reach = marker <= 0xc2 && header[4] === 8 ? "all" : "some";
      return undefined;
    }
    const isSegment = marker >= 0xc0 && marker < 0xff && !isBare(marker) && length >= 2;
    return isSegment ? { at: at + 2 + length, length: HEADER_BYTES } : undefined;
  });
  return { take, reach: () => reach };
}

function isFrame(marker: number): boolean {
  // Between them are the tables for Huffman's and arithmetic coding, and an unused one.
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** Restarts, beginning and end have no length; what follows a scan's header is no segment. */
function isBare(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xda;
}
