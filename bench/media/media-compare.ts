import { median, percentile } from "#bench/tools/statistics.ts";
import type { Cell } from "./media.ts";
import type { Figures } from "./media-measure.ts";
import type { Name } from "./media-programs.ts";

/** Of fewer samples the 99th percentile would be the largest one. */
const MIN_SAMPLES_FOR_P99 = 100;

/** Our throughput as a share of another program's: the median of the rounds' shares; NaN without it. */
export function ratio({ programs }: Cell, other: Name): number {
  const theirs = programs[other]?.megabytesPerSecond ?? [];
  const ours = programs.route?.megabytesPerSecond ?? [];
  return median(theirs.map((value, round) => (ours[round] ?? Number.NaN) / value));
}

/** Milliseconds to the first byte; the 99th percentile is NaN of too few samples. */
export function firstByte({ firstBytes }: Figures): { p50: number; p99: number } {
  const enough = firstBytes.length >= MIN_SAMPLES_FOR_P99;
  return {
    p50: percentile(firstBytes, 0.5),
    p99: enough ? percentile(firstBytes, 0.99) : Number.NaN,
  };
}

/** What our route adds to the bare proxy's time to the first byte, in milliseconds. */
export function addedFirstByte({ programs }: Cell): { p50: number; p99: number } {
  if (!programs.route || !programs.bare) return { p50: Number.NaN, p99: Number.NaN };
  const [ours, bare] = [firstByte(programs.route), firstByte(programs.bare)];
  return { p50: ours.p50 - bare.p50, p99: ours.p99 - bare.p99 };
}
