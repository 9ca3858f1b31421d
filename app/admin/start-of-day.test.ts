import { expect, it } from "vitest";
import { startOfDay, startOfNextDay } from "./start-of-day.ts";

it.each([
  ["UTC", "2026-11-22", "2026-11-22T00:00:00.000Z"],
  ["Europe/Berlin", "2026-11-22", "2026-11-21T23:00:00.000Z"],
  ["Europe/Berlin", "2026-07-01", "2026-06-30T22:00:00.000Z"],
  ["America/Los_Angeles", "2026-01-01", "2026-01-01T08:00:00.000Z"],
  ["Pacific/Kiritimati", "2026-01-01", "2025-12-31T10:00:00.000Z"],
  ["Asia/Kathmandu", "2026-01-01", "2025-12-31T18:15:00.000Z"],
  // Clocks go from 00:00 to 01:00: the day begins at one.
  ["Asia/Beirut", "2025-03-30", "2025-03-29T22:00:00.000Z"],
])("in %s the day %s begins at %s", (timeZone, day, expected) => {
  expect(startOfDay(day, timeZone)?.toISOString()).toBe(expected);
});

it("gives a day on which the clocks change its 23 or 25 hours", () => {
  const hours = (day: string) => {
    const [from, until] = [startOfDay, startOfNextDay].map((at) => at(day, "Europe/Berlin"));
    return ((until?.getTime() ?? 0) - (from?.getTime() ?? 0)) / 3_600_000;
  };
  expect(hours("2026-03-29")).toBe(23);
  expect(hours("2026-10-25")).toBe(25);
  expect(hours("2026-12-31")).toBe(24);
});

it.each(["", "2026-02-29", "2026-13-01", "2026-1-1", "22.11.2026", "1969-12-31", "2026-11-22T00"])(
  "knows no day %j",
  (written) => {
    expect(startOfDay(written, "UTC")).toBeUndefined();
  },
);
