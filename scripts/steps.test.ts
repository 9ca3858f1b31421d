import { expect, it } from "vitest";
import { countsOf, runSteps, summary } from "./steps.mjs";

const passed = (count: number) => async () => ({ passed: count, failed: 0, skipped: 0 });
const ended = (code: number) => async () => countsOf(code);

async function run(steps: Parameters<typeof runSteps>[0]) {
  const lines: string[] = [];
  let now = 0;
  const total = await runSteps(
    steps,
    (line) => void lines.push(line.trim()),
    () => (now += 500),
  );
  return { total, lines };
}

it("runs all steps in their order, counts them together and says how long each took", async () => {
  const { total, lines } = await run({
    types: { title: "Types", work: ended(0) },
    unit: { title: "Unit tests", work: async () => ({ passed: 5, failed: 0, skipped: 1 }) },
    e2e: { title: "Browser tests", needs: ["types"], work: passed(2) },
  });
  expect(total).toEqual({ passed: 7, failed: 0, skipped: 1 });
  expect(lines).toEqual([
    ...["── Types", "── Types: passed in 0.5 s"],
    ...["── Unit tests", "── Unit tests: passed in 0.5 s"],
    ...["── Browser tests", "── Browser tests: passed in 0.5 s"],
  ]);
});

it("goes on after a step that failed, and tells the next ones of it", async () => {
  const told: string[][] = [];
  const { total } = await run({
    types: { title: "Types", work: ended(1) },
    unit: { title: "Unit tests", work: async () => ({ passed: 5, failed: 2, skipped: 0 }) },
    e2e: {
      title: "Browser tests",
      work: async (failed) => {
        told.push([...failed]);
        return { passed: 2, failed: 0, skipped: 0 };
      },
    },
  });
  expect(total).toEqual({ passed: 7, failed: 3, skipped: 0 });
  expect(told).toEqual([["types", "unit"]]);
});

it("counts a step as one failure, with the reason, when one that it needs failed or was not run", async () => {
  let ran = false;
  const { total, lines } = await run({
    build: { title: "Build", work: ended(2) },
    app: { title: "App", needs: ["build"], work: passed(1) },
    e2e: {
      title: "Browser tests",
      needs: ["app"],
      work: async () => {
        ran = true;
        return countsOf(0);
      },
    },
    unit: { title: "Unit tests", work: passed(3) },
  });
  expect(ran).toBe(false);
  expect(total).toEqual({ passed: 3, failed: 3, skipped: 0 });
  expect(lines).toContain("Not run, because this failed: Build. It counts as one failure.");
  expect(lines).toContain("Not run, because this failed: App. It counts as one failure.");
  expect(lines).toContain("── Browser tests: FAILED in 0.5 s");
});

it("counts a step that throws as one failure, and goes on", async () => {
  const { total, lines } = await run({
    unit: {
      title: "Unit tests",
      work: async () => {
        throw new Error("The report of the tests can't be read.");
      },
    },
    e2e: { title: "Browser tests", work: passed(2) },
  });
  expect(total).toEqual({ passed: 2, failed: 1, skipped: 0 });
  expect(lines).toContain("The report of the tests can't be read.");
});

it("ends with a line that names what was skipped, if anything was", () => {
  expect(summary({ passed: 7, failed: 0, skipped: 0 })).toBe("7 passed, 0 failed");
  expect(summary({ passed: 7, failed: 1, skipped: 2 })).toBe("7 passed, 1 failed, 2 skipped");
});
