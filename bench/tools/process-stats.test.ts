import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { cpuSecondsIn, megabytesIn, watchUsage } from "./process-stats.ts";

it("reads the times behind a program's name, whatever its name is", () => {
  const times = "S 1 42 42 0 -1 4194560 100 0 0 0 150 25 7 9 20 0 1 0 100 1000";
  expect(cpuSecondsIn(`42 (node) ${times}`)).toBe(1.75);
  expect(cpuSecondsIn(`42 (my (odd) name) ${times}`)).toBe(1.75);
});

it("reads memory in units of a thousand", () => {
  const status = "Name:\tnode\nVmHWM:\t  250000 kB\nVmRSS:\t  125000 kB\n";
  expect(megabytesIn(status, "VmHWM")).toBe(256);
  expect(megabytesIn(status, "VmRSS")).toBe(128);
  expect(megabytesIn("Name:\tzombie\n", "VmRSS")).toBeNaN();
});

it.runIf(existsSync("/proc/self/stat"))("watches a process, this one for instance", () => {
  const end = watchUsage(process.pid);
  // The kernel counts in hundredths of a second.
  const before = process.cpuUsage();
  while (process.cpuUsage(before).user < 50_000);
  const usage = end();
  expect(usage?.cpuSeconds).toBeGreaterThan(0);
  expect(usage?.peakMegabytes).toBeGreaterThan(10);
});

it("knows nothing of a process that isn't there", () => {
  expect(watchUsage(2 ** 30)()).toBeUndefined();
});
