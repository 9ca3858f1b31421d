import { expect, it } from "vitest";
import { dayWords, recency } from "./dates.ts";

const NOW = new Date("2026-01-02T00:30:00Z");

it.each([
  ["2026-01-02T00:05:00Z", "UTC", "00:05"],
  ["2026-01-01T23:59:00Z", "UTC", "Yesterday"],
  ["2025-12-31T23:59:00Z", "UTC", "31 Dec 2025"],
  ["2026-01-01T23:59:00Z", "Europe/Berlin", "00:59"],
  ["2025-12-31T23:30:00Z", "Europe/Berlin", "Yesterday"],
  ["2026-01-01T23:59:00Z", "America/New_York", "18:59"],
])("tells %s in %s as %s", (date, timeZone, words) => {
  expect(recency(new Date(date), NOW, timeZone)).toBe(words);
});

it("leaves out the year of now", () => {
  expect(recency(new Date("2026-02-03T12:00:00Z"), new Date("2026-11-22T12:00:00Z"), "UTC")).toBe(
    "3 Feb",
  );
});

it("knows the day before one of 25 hours, late in it", () => {
  const lateThatDay = new Date("2026-10-25T22:30:00Z");
  const dayBefore = new Date("2026-10-24T12:00:00Z");
  expect(recency(dayBefore, lateThatDay, "Europe/Berlin")).toBe("Yesterday");
  expect(dayWords(dayBefore, lateThatDay, "Europe/Berlin")).toBe("Yesterday");
});
