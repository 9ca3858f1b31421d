/** Numbers from 0 up to 1, the same for the same seed. */
export type Random = () => number;

/** Mulberry32: 2^32 numbers before they repeat. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The seed of a test's run, written to standard error so that a failure can be repeated:
 * TEST_SEED, or a new one.
 */
export function testSeed(title: string): number {
  const seed = Number(process.env.TEST_SEED || Math.floor(Math.random() * 2 ** 31));
  process.stderr.write(`${title}: TEST_SEED=${seed}\n`);
  return seed;
}

/** @returns a whole number from 0 up to `below` */
export function integer(random: Random, below: number): number {
  return Math.floor(random() * below);
}

export function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
