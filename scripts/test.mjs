import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "./build.mjs";
import { findOrGetChromium } from "./chromium.mjs";
import { install } from "./install.mjs";
import { run, tool } from "./programs.mjs";
import { countsOf, runSteps, summary } from "./steps.mjs";
import { playwrightCounts, vitestCounts } from "./test-reports.mjs";

/** @type {Record<string, import("./steps.mjs").Step>} */
const steps = {
  chromium: { title: "Chromium", work: requireChromium },
  format: { title: "Format and lint (biome)", work: counting(tool("biome", "check", ".")) },
  types: { title: "Types (tsc)", work: counting(tool("tsc")) },
  build: { title: "Build", work: async () => countsOf(await build()) },
  unit: vitest("Unit tests", ["unit", "dom"]),
  db: vitest("Tests on both databases", ["postgres", "embedded"], ["built*"]),
  vitest: vitest("Unit tests, tests on both databases", ["!built*"], ["built*"]),
  e2e: { title: "Browser tests", needs: ["chromium", "build"], work: playwright },
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
const total = await runSteps(Object.fromEntries(parts[part].map((name) => [name, steps[name]])));
console.log(`\n${summary(total)}`);
process.exit(total.failed > 0 ? 1 : 0);

/** Of a tool that counts nothing itself. */
function counting(command) {
  return async () => countsOf(await run(command));
}

/**
 * @param {string} title
 * @param {string[]} projects of vitest.config.ts; "!" leaves one out
 * @param {string[]} [built] those that need the build
 */
function vitest(title, projects, built = []) {
  const work = async (failed) => {
    const unbuilt = built.length > 0 && failed.has("build");
    const filters = unbuilt ? projects : [...projects, ...built];
    const report = join(folder, "vitest.json");
    const code = await run(
      tool(
        ...["vitest", "run", ...filters.map((name) => `--project=${name}`)],
        ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
      ),
    );
    const counts = vitestCounts(readReport(report), code);
    if (!unbuilt) return counts;
    console.log("The tests of the built app were not run, because the build failed.");
    console.log("They count as one failure.");
    return { ...counts, failed: counts.failed + 1 };
  };
  return { title, work };
}

async function playwright() {
  const report = join(folder, "playwright.json");
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const code = await run(tool("playwright", "test"), { env });
  return playwrightCounts(readReport(report), code);
}

/** @throws in plain words when there is none, as after a crash */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`The report of the tests can't be read: ${error.message}`);
  }
}

async function requireChromium() {
  const chromium = await findOrGetChromium();
  if (chromium) {
    process.env.CHROMIUM_PATH = chromium;
    console.log(chromium);
    return countsOf(0);
  }
  console.error(
    "The browser tests need Chromium, and none could be found or fetched. Install Chromium or Google Chrome, or set CHROMIUM_PATH to one.",
  );
  return countsOf(1);
}
