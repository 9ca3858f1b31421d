import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Db } from "#db/open.server.ts";
import { startHousekeeping } from "./housekeeping.server.ts";

const MINUTE_MS = 60_000;
const ROWS = [
  "quarantine",
  "sessions",
  "rateLimits",
  "invitations",
  "auditEvents",
  "mediaViews",
  "statuses",
];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(transaction: () => Promise<number>) {
  const events: Record<string, unknown>[] = [];
  const note = (event: object) => void events.push({ ...event });
  const db = { transaction } as unknown as Db;
  const stop = startHousekeeping({
    db,
    quarantineDays: 90,
    auditDays: 365,
    log: { info: note, error: note },
  });
  return { events, stop };
}

it("runs soon after the start and then every hour, until it is stopped", async () => {
  const { events, stop } = start(async () => 0);
  await vi.advanceTimersByTimeAsync(MINUTE_MS - 1);
  expect(events).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  const none = Object.fromEntries(ROWS.map((name) => [name, 0]));
  expect(events).toEqual([{ event: "housekeeping.done", ...none }]);
  await vi.advanceTimersByTimeAsync(120 * MINUTE_MS);
  expect(events).toHaveLength(3);
  stop();
  await vi.advanceTimersByTimeAsync(120 * MINUTE_MS);
  expect(events).toHaveLength(3);
  expect(vi.getTimerCount()).toBe(0);
});

it("outlives a database that fails: it is logged, and tried again an hour later", async () => {
  const { events } = start(async () => {
    throw Object.assign(new Error("connection refused"), { code: "ECONNREFUSED" });
  });
  await vi.advanceTimersByTimeAsync(61 * MINUTE_MS);
  const failed = events.filter(({ event }) => event === "housekeeping.failed");
  expect(failed.map(({ rows, code }) => `${rows} ${code}`)).toEqual(
    [...ROWS, ...ROWS].map((name) => `${name} ECONNREFUSED`),
  );
});

it("begins no further delete once it is stopped", async () => {
  let deletes = 0;
  let finish = () => {};
  const { events, stop } = start(() => {
    deletes += 1;
    return new Promise((resolve) => {
      finish = () => resolve(10_000);
    });
  });
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  stop();
  finish();
  await vi.advanceTimersByTimeAsync(120 * MINUTE_MS);
  expect(deletes).toBe(1);
  expect(events).toMatchObject([{ event: "housekeeping.done", quarantine: 10_000 }]);
});
