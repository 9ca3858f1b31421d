import { describe, expect, it } from "vitest";
import { playwrightCounts, vitestCounts } from "./test-reports.mjs";

describe.each([
  {
    tool: "Vitest",
    counts: (failed: number, code: number) =>
      vitestCounts(
        { numPassedTests: 5, numFailedTests: failed, numPendingTests: 1, numTodoTests: 1 },
        code,
      ),
  },
  {
    tool: "Playwright",
    counts: (failed: number, code: number) =>
      playwrightCounts({ stats: { expected: 4, flaky: 1, unexpected: failed, skipped: 2 } }, code),
  },
])("the counts of a report of $tool", ({ counts }) => {
  it("are what the report says", () => {
    expect(counts(0, 0)).toEqual({ passed: 5, failed: 0, skipped: 2 });
    expect(counts(3, 1)).toEqual({ passed: 5, failed: 3, skipped: 2 });
  });

  it("have one failure where a run failed without a failed test", () => {
    expect(counts(0, 1)).toEqual({ passed: 5, failed: 1, skipped: 2 });
  });
});
