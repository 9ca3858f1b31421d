/** The latest bytes of a stream, up to so many. */
export function createTail(maxBytes: number) {
  let chunks: Buffer[] = [];
  let length = 0;

  return {
    length: () => length,

    /** Copies: the memory of what has left the process is read into again. */
    push(chunk: Buffer): void {
      if (maxBytes === 0) return;
      chunks.push(Buffer.from(chunk));
      length += chunk.length;
      while (chunks[0] && length - chunks[0].length >= maxBytes)
        length -= chunks.shift()?.length ?? 0;
    },

    /** @returns the latest so many bytes, or all there are; they are its own no longer */
    pop(bytes: number): Buffer {
      const all = Buffer.concat(chunks);
      const at = Math.max(0, all.length - bytes);
      chunks = at > 0 ? [all.subarray(0, at)] : [];
      length = at;
      return all.subarray(at);
    },
  };
}
