import { afterAll, beforeAll, expect, it } from "vitest";
import { type App, startApp } from "#tests/support/app/app.ts";
import { testSeed } from "#tests/support/seeded-random.ts";
import { faultScheduleEnv, runFaultSchedules } from "./testing/fault-schedules.ts";

/** TEST_SCHEDULES=1 with TEST_SEED repeats one that failed. */
const SCHEDULES = Number(process.env.TEST_SCHEDULES || 300);

let app: App;
beforeAll(async () => {
  app = await startApp({ env: faultScheduleEnv });
});
afterAll(() => app?.stop());

it(`F27-F57 ${SCHEDULES} random faults and clients leave nobody with wrong bytes, and nothing behind`, async () => {
  const seed = testSeed("tests/server/media/fault-schedules.built.test.ts");
  const report = await runFaultSchedules({ app, schedules: SCHEDULES, seed, concurrency: 32 });
  expect(report.problems).toEqual([]);
  expect(report.outcomes["200 complete"]).toBeGreaterThan(0);
});
