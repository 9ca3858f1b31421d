const KIB = 1024;
const FIRST_BYTES = 256 * KIB;
export const MAX_PART_BYTES = 512 * KIB;

/**
 * How much of a file a player gets at once. What it asks for has no end, and it leaves when it has
 * enough, with megabytes on the way that nobody will look at: so it gets little where it begins,
 * and more as it reads on.
 *
 * @returns the bytes for a request that begins at `first`
 */
export function createPartSizes(): (first: number) => number {
  let size = FIRST_BYTES;
  let end: number | undefined;
  return (first) => {
    size = first === end ? Math.min(2 * size, MAX_PART_BYTES) : FIRST_BYTES;
    end = first + size;
    return size;
  };
}
