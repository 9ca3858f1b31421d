import { integer, type Random } from "#tests/support/seeded-random.ts";

export function oneOf<T>(random: Random, items: readonly T[]): T {
  const item = items[integer(random, items.length)];
  if (item === undefined) throw new Error("There is nothing to choose from.");
  return item;
}

/** From `least` to `most`. */
export function between(random: Random, least: number, most: number): number {
  return least + integer(random, most - least + 1);
}
