import { expect, it } from "vitest";
import { type Cell, type Figures, tapsTable } from "./taps-report.ts";

const figures = (fetches: number, megabytes: number): Figures => ({
  ...{ mediaId: "1", fetches, megabytes, requests: fetches, ranges: [], views: 1 },
});
const cell: Cell = {
  file: { name: "moov-first", title: "a film", bytes: 31_000_000 },
  scenario: "tap",
  browser: "Chromium",
  measured: figures(2, 2.96),
  earlier: figures(1, 12.9),
};
const lineOf = (changes: Partial<Cell>) => tapsTable([{ ...cell, ...changes }]).split("\n")[2];

it("puts both builds and the aim on one line", () => {
  expect(lineOf({})).toBe(
    "| a film | tap | Chromium | 1 / 12.9 · 1 · 1 | 2 / 3.0 · 2 · 1 | 2 / 3.0 | yes |",
  );
  expect(lineOf({ measured: figures(3, 1) })).toContain("| **no** |");
});

it("judges nothing that wasn't measured or aimed at", () => {
  expect(lineOf({ measured: undefined })).toContain("| – | 2 / 3.0 | – |");
  expect(lineOf({ browser: "Firefox", earlier: undefined })).toContain("| – | – |");
});
