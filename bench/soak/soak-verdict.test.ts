import { expect, it } from "vitest";
import { memorySlope } from "./soak-report.ts";
import { problemsIn } from "./soak-verdict.ts";

const START = {
  seconds: 0,
  megabytes: 100,
  files: { clients: 2, upstream: 0, database: 1, others: 20 },
  streams: 0,
  heapMegabytes: 40,
};
const END = { ...START, files: { clients: 0, upstream: 0, database: 16, others: 20 } };
const FINE = new Map([["HEAD", { right: 10, wrong: new Map() }]]);

it("finds nothing wrong when all but the pool's connections are gone", () => {
  expect(problemsIn({ start: START, end: END, tallies: FINE })).toEqual([]);
});

it.each([
  ["clients", 1],
  ["upstream", 1],
  ["database", 17],
  ["others", 21],
] as const)("notices a descriptor left for %s", (kind, left) => {
  const end = { ...END, files: { ...END.files, [kind]: left } };
  expect(problemsIn({ start: START, end, tallies: FINE })).toEqual([
    expect.stringContaining(`${kind}: ${left}`),
  ]);
});

it("notices streams still counted, a count that can't be had, and wrong answers", () => {
  const wrong = new Map([["status 500", 3]]);
  for (const streams of [1, Number.NaN]) {
    const tallies = new Map([["HEAD", { right: 0, wrong }]]);
    expect(problemsIn({ start: START, end: { ...END, streams }, tallies })).toEqual([
      `${streams} streams are still counted as open.`,
      "HEAD: status 500 (3 times).",
    ]);
  }
});

it("takes the slope of memory in its second half, a minute", () => {
  const samples = [0, 1, 2, 3].map((seconds) => ({
    ...START,
    seconds,
    megabytes: seconds < 2 ? 500 : 100 + seconds,
  }));
  expect(memorySlope(samples)).toBeCloseTo(60);
});
