/** Which parts of a file have passed, in whatever order and however often. */
export function createCoverage() {
  let parts: { first: number; end: number }[] = [];

  return {
    add(first: number, bytes: number): void {
      if (bytes === 0) return;
      const added = { first, end: first + bytes };
      const apart = parts.filter((part) => part.end < added.first || part.first > added.end);
      const touching = parts.filter((part) => !apart.includes(part));
      for (const part of touching) {
        added.first = Math.min(added.first, part.first);
        added.end = Math.max(added.end, part.end);
      }
      parts = [...apart, added];
    },

    /** Whether it is all of a file of that many bytes. */
    isWhole: (bytes: number) =>
      parts.some(({ first, end }) => first === 0 && end >= bytes) || bytes === 0,
  };
}
