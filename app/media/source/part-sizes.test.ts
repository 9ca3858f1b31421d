import { expect, it } from "vitest";
import { createParts, MAX_PART_BYTES } from "./part-sizes.ts";

const KIB = 1024;
const MIB = KIB * KIB;

/** A player that reads on, and takes each part in no time. */
function readOn(most: number) {
  let now = 1_000_000;
  const partFrom = createParts(() => now);
  const parts: { at: number; bytes: number; waitMs: number }[] = [];
  for (let at = 0; at < most; ) {
    const { bytes, waitMs } = partFrom(at);
    parts.push({ at, bytes, waitMs });
    now += waitMs;
    at += bytes;
  }
  return { parts, ms: now - 1_000_000, partFrom, wait: (ms: number) => (now += ms) };
}

it("grows while one reads on, and begins anew elsewhere", () => {
  const { parts, partFrom } = readOn(2 * MIB);
  expect(parts.slice(0, 4).map(({ bytes }) => bytes / KIB)).toEqual([256, 512, 512, 512]);
  expect(partFrom(20 * MIB).bytes).toBe(256 * KIB);
  expect(partFrom(0).bytes).toBe(256 * KIB);
});

it("comes at once for two megabytes, then at two in a second", () => {
  const { parts, ms } = readOn(12 * MIB);
  const waited = parts.filter(({ waitMs }) => waitMs > 0);
  expect(waited[0]?.at).toBeGreaterThan(1.5 * MIB);
  expect(ms).toBeGreaterThan(4_500);
  expect(ms).toBeLessThan(5_500);
  expect(Math.max(...parts.map(({ waitMs }) => waitMs))).toBeLessThanOrEqual(300);
});

it("comes at once where a player begins elsewhere, and after it has rested", () => {
  const { parts, partFrom, wait } = readOn(12 * MIB);
  expect(partFrom(25 * MIB).waitMs).toBe(0);
  const last = parts.at(-1);
  wait(5_000);
  expect(partFrom((last?.at ?? 0) + (last?.bytes ?? 0)).waitMs).toBe(0);
});

it("is never more than half a megabyte", () => {
  const { parts } = readOn(40 * MIB);
  expect(Math.max(...parts.map(({ bytes }) => bytes))).toBe(MAX_PART_BYTES);
});
