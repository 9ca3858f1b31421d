import { expect, it } from "vitest";
import { downloadFaults } from "#simulator/faults/download.ts";
import { lookupFaults } from "#simulator/faults/lookup.ts";
import { faultsSchema } from "#simulator/faults/parse.ts";
import { faultSchedule } from "./fault-schedule.ts";
import { waits } from "./random-faults.ts";

const ELSEWHERE = "http://127.0.0.1:9";
const schedules = Array.from({ length: 20_000 }, (_, seed) => faultSchedule(seed, ELSEWHERE));
const faults = schedules.flatMap((schedule) => schedule.faults);

it("makes the same schedule for the same seed, and another one for another", () => {
  expect(faultSchedule(7, ELSEWHERE)).toEqual(schedules[7]);
  expect(new Set(schedules.map(({ seed, ...rest }) => JSON.stringify(rest))).size).toBe(20_000);
});

it("makes every fault there is sooner or later, and none that the simulator refuses", () => {
  const made = (on: string) =>
    [...new Set(faults.flatMap((fault) => (fault.on === on ? [fault.kind] : [])))].sort();
  const known = (table: object) => Object.keys(table).filter((kind) => kind !== "none");
  expect(made("lookup")).toEqual(known(lookupFaults).sort());
  expect(made("download")).toEqual(known(downloadFaults).sort());
  expect(() => faultsSchema.parse(faults)).not.toThrow();
});

it("lets nobody wait for ever, though some reads have no end", () => {
  const waiting = schedules.filter((schedule) => schedule.faults.some(waits));
  const share = waiting.length / schedules.length;
  expect(share).toBeGreaterThan(0.01);
  expect(share).toBeLessThan(0.1);
  for (const { clients } of waiting) {
    for (const { leaveAfterMs } of clients) expect(leaveAfterMs).toBeLessThanOrEqual(400);
  }
});

it("alters no byte where only a part is read, since nobody could tell", () => {
  const parts = schedules.filter(({ clients }) => clients.some(({ range }) => range));
  const kinds = parts.flatMap((schedule) => schedule.faults.map(({ kind }) => kind));
  expect(kinds.length).toBeGreaterThan(1_000);
  expect(kinds).not.toContain("wrongHash");
  expect(kinds).not.toContain("otherBeginning");
  expect(kinds).not.toContain("otherVersion");
});
