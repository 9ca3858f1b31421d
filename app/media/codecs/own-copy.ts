/**
 * A copy in memory of its own. Node's small buffers share 8 KiB, all of which stay while one of
 * them is held: a thousand files that flow would hold megabytes for a few bytes each.
 */
export function ownCopy(...parts: readonly Uint8Array[]): Buffer {
  const copy = Buffer.allocUnsafeSlow(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    copy.set(part, at);
    at += part.length;
  }
  return copy;
}
