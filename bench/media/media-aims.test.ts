import { expect, it } from "vitest";
import type { Cell } from "./media.ts";
import { judge } from "./media-aims.ts";
import { addedFirstByte, ratio } from "./media-compare.ts";
import type { Figures } from "./media-measure.ts";

const HUNDRED = Array.from({ length: 100 }, (_, index) => index + 1);

function figures(megabytesPerSecond: number[], changes: Partial<Figures> = {}): Figures {
  return {
    megabytesPerSecond,
    requestsPerSecond: megabytesPerSecond,
    firstBytes: HUNDRED,
    cpuMsPerMegabyte: 1,
    peakMegabytes: 100,
    views: 100,
    lookups: 1,
    downloads: 100,
    ...changes,
  };
}

const cell: Cell = {
  size: { title: "5 MB", bytes: 5_000_000 },
  connections: 16,
  programs: {
    route: figures([90, 10, 95], { firstBytes: HUNDRED.map((ms) => ms + 2) }),
    bare: figures([100, 20, 100]),
    "remix-serve": figures([50, 5, 50]),
  },
};

it("compares round by round, because the machine was the same only within one", () => {
  expect(ratio(cell, "bare")).toBe(0.9);
  expect(ratio(cell, "nginx")).toBeNaN();
});

it("takes what is added to the bare proxy, and no 99th percentile of a few samples", () => {
  expect(addedFirstByte(cell)).toEqual({ p50: 2, p99: 2 });
  const few = { ...cell, programs: { ...cell.programs, bare: figures([1], { firstBytes: [1] }) } };
  expect(addedFirstByte(few)).toEqual({ p50: 51, p99: Number.NaN });
});

it("says of each aim whether it is met, and where it isn't", () => {
  const slow = { ...cell, programs: { ...cell.programs, route: figures([80, 16, 80]) } };
  const verdicts = judge([cell, { ...slow, connections: 64 }], []);
  expect(verdicts[0]).toEqual({
    aim: "5 MB and more: at least 0.9 of bare",
    measured: "5 MB × 16: 0.90, **5 MB × 64: 0.80**",
    met: false,
  });
  expect(verdicts[1]?.met).toBe(true);
  expect(verdicts[2]).toMatchObject({ measured: "not measured", met: undefined });
  expect(verdicts.at(-1)).toMatchObject({ measured: "5 MB × 16: 1, 5 MB × 64: 1", met: true });
});

it("misses the look-up's aim when the file was looked up again", () => {
  const again = { ...cell, programs: { route: figures([1], { lookups: 2 }) } };
  expect(judge([again], []).at(-1)?.met).toBe(false);
});
