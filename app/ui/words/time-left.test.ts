import { expect, it } from "vitest";
import { expiringWords, timeLeft } from "./time-left.ts";

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 22, 14, 3);

it.each([
  [30 * 24 * HOUR, "30 days left", false],
  [48 * HOUR - 1, "1 day left", false],
  [24 * HOUR, "1 day left", false],
  [24 * HOUR - 1, "23 hours left", true],
  [HOUR, "1 hour left", true],
  [HOUR - 1, "less than an hour left", true],
  [1, "less than an hour left", true],
])("says of a file that WhatsApp has for %i ms more: %s", (ms, words, soon) => {
  expect(timeLeft(new Date(NOW + ms), NOW)).toEqual({ words, soon });
});

it("F28 promises nothing of a file that has expired, or whose end nobody knows", () => {
  expect(timeLeft(new Date(NOW), NOW)).toBeNull();
  expect(timeLeft(new Date(NOW - 1), NOW)).toBeNull();
  expect(timeLeft(null, NOW)).toBeNull();
});

it.each([
  [0, "Files nobody has opened"],
  [1, "1 file expires within a day"],
  [9, "9 files expire within a day"],
  [10, "10+ files expire within a day"],
])("%i expiring files are announced as: %s", (count, words) => {
  expect(expiringWords(count)).toBe(words);
});
