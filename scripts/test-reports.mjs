/**
 * What Vitest's JSON report counts. A run can fail without a failed test, by a file that doesn't
 * load or a worker that dies: that is one failure.
 *
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number,
 *   numTodoTests: number }} report
 * @param {number} code the run's exit code
 * @returns {import("./steps.mjs").Counts}
 */
export function vitestCounts(report, code) {
  return withCode(code, {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  });
}

/**
 * The same of Playwright's. A test that passed only when it was tried again passed.
 *
 * @param {{ stats: { expected: number, flaky: number, unexpected: number, skipped: number } }} report
 * @param {number} code
 * @returns {import("./steps.mjs").Counts}
 */
export function playwrightCounts({ stats }, code) {
  return withCode(code, {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  });
}

function withCode(code, counts) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
