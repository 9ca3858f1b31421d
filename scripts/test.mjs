import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "./build.mjs";
import { findOrGetChromium } from "./chromium.mjs";
import { install } from "./install.mjs";
import { run, tool } from "./programs.mjs";

/**
 * A step's work gets the path where its report goes, if it counts tests, and gives an exit code.
 *
 * @type {Record<string, { title: string, work: (report: string) => Promise<number>, count?: Function }>}
 */
const steps = {
  format: { title: "Format and lint (biome)", work: () => run(tool("biome", "check", ".")) },
  types: { title: "Types (tsc)", work: () => run(tool("tsc")) },
  chromium: { title: "Chromium", work: requireChromium },
  build: { title: "Build", work: build },
  unit: vitest("Unit tests", "unit", "dom"),
  db: vitest("Tests on both databases", "postgres", "embedded", "alone"),
  vitest: vitest("Unit tests, tests on both databases"),
  e2e: { title: "Browser tests", work: playwright, count: countPlaywright },
};
const parts = {
  all: ["chromium", "format", "types", "build", "vitest", "e2e"],
  check: ["format", "types"],
  unit: ["unit"],
  db: ["build", "db"],
  e2e: ["chromium", "build", "e2e"],
};

const part = process.argv[2] ?? "all";
if (!parts[part]) {
  console.error(`There is no part ${part}. Parts: ${Object.keys(parts).join(", ")}.`);
  process.exit(2);
}
await install();
const folder = mkdtempSync(join(tmpdir(), "tapview-test-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const total = { passed: 0, failed: 0, skipped: 0 };
for (const name of parts[part]) {
  if (!(await runStep(name))) break;
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 ? 1 : 0);

/** @returns {Promise<boolean>} whether the next step makes sense */
async function runStep(name) {
  const { title, work, count } = steps[name];
  console.log(`\n── ${title}`);
  const began = Date.now();
  const report = join(folder, `${name}.json`);
  const succeeded = (await work(report)) === 0;
  const counted = count ? countReport(report, count) : { passed: 0, failed: 0, skipped: 0 };
  // A test run can fail without a failed test: a file that doesn't load, a worker that dies.
  if (!succeeded && counted.failed === 0) counted.failed = 1;
  for (const key of Object.keys(total)) total[key] += counted[key];
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`── ${title}: ${counted.failed > 0 ? "FAILED" : "passed"} in ${seconds} s`);
  return counted.failed === 0;
}

function countReport(report, count) {
  try {
    return count(JSON.parse(readFileSync(report, "utf8")));
  } catch (error) {
    console.error(`The report of the tests can't be read: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function vitest(title, ...projects) {
  const filters = projects.map((project) => `--project=${project}`);
  const reporters = ["--reporter=default", "--reporter=json"];
  return {
    title,
    work: (report) =>
      run(tool("vitest", "run", ...filters, ...reporters, `--outputFile.json=${report}`)),
    count: (report) => ({
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    }),
  };
}

function playwright(report) {
  return run(tool("playwright", "test"), { env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report } });
}

function countPlaywright({ stats }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  };
}

async function requireChromium() {
  const chromium = await findOrGetChromium();
  if (chromium) {
    process.env.CHROMIUM_PATH = chromium;
    console.log(chromium);
    return 0;
  }
  console.error(
    "The browser tests need Chromium, and none could be found or fetched. Install Chromium or Google Chrome, or set CHROMIUM_PATH to one.",
  );
  return 1;
}
