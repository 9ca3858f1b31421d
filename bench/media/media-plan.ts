import type { Options } from "#bench/run.ts";
import { positive } from "#bench/tools/positive.ts";

const SIZES = [
  { title: "10 kB", bytes: 10_000 },
  { title: "100 kB", bytes: 100_000 },
  { title: "5 MB", bytes: 5_000_000 },
  { title: "50 MB", bytes: 50_000_000 },
] as const;
const CONNECTIONS = [1, 16, 64];

export type Size = (typeof SIZES)[number];

export interface Plan {
  sizes: readonly Size[];
  connections: readonly number[];
  /** Of each measurement. */
  seconds: number;
  /** Measurements of each program in each line of the tables. */
  rounds: number;
}

/**
 * Reads what to measure; without `sizes` and `connections`, all of them.
 *
 * @throws naming the option that is wrong
 */
export function planOf(
  options: Pick<Options, "seconds" | "rounds" | "sizes" | "connections">,
): Plan {
  return {
    sizes: options.sizes?.split(",").map(sizeOf) ?? SIZES,
    connections:
      options.connections?.split(",").map((n) => positive("connections", n)) ?? CONNECTIONS,
    seconds: positive("seconds", options.seconds),
    rounds: positive("rounds", options.rounds),
  };
}

/** Whether all is measured that the report shows. */
export function isWhole({ sizes, connections }: Plan): boolean {
  return sizes === SIZES && connections === CONNECTIONS;
}

function sizeOf(name: string): Size {
  const wanted = name.replaceAll(" ", "").toLowerCase();
  const known = SIZES.find(({ title }) => title.replace(" ", "").toLowerCase() === wanted);
  const titles = SIZES.map(({ title }) => title.replace(" ", ""));
  if (!known) throw new Error(`--sizes: there is no ${name}, but ${titles.join(",")}`);
  return known;
}
