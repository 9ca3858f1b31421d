import { expect, it } from "vitest";
import { median, percentile, slope } from "./statistics.ts";

const HUNDRED = Array.from({ length: 100 }, (_, index) => 100 - index);

it("takes percentiles by nearest rank, whatever the order", () => {
  expect(percentile(HUNDRED, 0.5)).toBe(50);
  expect(percentile(HUNDRED, 0.99)).toBe(99);
  expect(percentile(HUNDRED, 1)).toBe(100);
  expect(percentile([7], 0.01)).toBe(7);
  expect(percentile([], 0.5)).toBeNaN();
});

it("takes the middle, or the mean of both middles", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 7])).toBe(6);
  expect(median([])).toBeNaN();
});

it("fits a line", () => {
  expect(slope([4, 1, 3].map((x) => ({ x, y: 10 - 2 * x })))).toBeCloseTo(-2);
  const noisy = [
    { x: 0, y: 1 },
    { x: 1, y: 0 },
    { x: 2, y: 3 },
    { x: 3, y: 2 },
  ];
  expect(slope(noisy)).toBeCloseTo(0.6);
  expect(slope([{ x: 1, y: 1 }])).toBeNaN();
});
