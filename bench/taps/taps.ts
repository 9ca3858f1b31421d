import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Options } from "#bench/run.ts";
import type { Browser } from "#browsers/drivers/browser.ts";
import { browsersOf, startBrowser } from "#browsers/drivers/start.ts";
import { signIn } from "#browsers/inbox/sign-in.ts";
import { type Build, startBuild } from "./taps-app.ts";
import { makeFile, type TapFile, tapFiles } from "./taps-files.ts";
import { measureTap, type Taken } from "./taps-measure.ts";
import { type Cell, type Figures, writeReport } from "./taps-report.ts";
import { SCENARIOS, type Scenario } from "./taps-scenarios.ts";

type TapOptions = Pick<Options, "browsers" | "files" | "scenarios" | "build" | "baseline">;
type Measured = Omit<Cell, "measured" | "earlier"> & { taken: (Taken | undefined)[] };

/**
 * Taps files in real browsers, in front of one build or two in turn, and counts what each tap made
 * the server take from WhatsApp.
 */
export async function benchTaps(options: TapOptions): Promise<void> {
  const names = browsersOf(options.browsers);
  const files = chosen("file", tapFiles, ({ name }) => name, options.files);
  const scenarios = chosen("scenario", SCENARIOS, (name) => name, options.scenarios);
  const folder = mkdtempSync(path.join(tmpdir(), "tapview-taps-"));
  const builds: Build[] = [];
  const measured: Measured[] = [];
  const versions: string[] = [];
  try {
    builds.push(await startBuild("this build", options.build));
    if (options.baseline) builds.push(await startBuild("baseline", options.baseline));
    for (const name of names) {
      // One for each build: cookies are a host's, whatever its port.
      const browsers: (Browser | undefined)[] = [];
      try {
        for (const _build of builds) browsers.push(await startBrowser(name));
        const [first] = browsers;
        if (!first) continue;
        versions.push(`${first.name} ${first.version}`);
        const pairs = builds.map((build, index) => ({ build, browser: browsers[index] ?? first }));
        for (const { build, browser } of pairs) await signInOnce(browser, build);
        for (const file of files) {
          measured.push(...(await measureFile(pairs, file, { scenarios, folder })));
        }
      } finally {
        for (const browser of browsers) await browser?.close();
      }
    }
  } finally {
    const views: Map<string, number>[] = [];
    for (const build of builds) views.push(await build.stop());
    await rm(folder, { recursive: true });
    const { baseline, build, browsers, files, scenarios } = options;
    const isKept = baseline !== undefined && build === ".";
    const cells = measured.map((cell) => withViews(cell, views));
    const told = Object.entries({ browsers, files, scenarios }).map(([name, part]) =>
      part ? ` --${name}=${part}` : "",
    );
    const command = `${baseline ? " --baseline=DIR" : ""}${told.join("")}`;
    if (cells.length > 0) await writeReport(cells, { versions, options: command, isKept });
  }
}

async function signInOnce(browser: Browser, build: Build): Promise<void> {
  const tab = await browser.open();
  await signIn(tab, build.app.url);
  await tab.close();
}

async function measureFile(
  pairs: readonly { build: Build; browser: Browser }[],
  file: TapFile,
  { scenarios, folder }: { scenarios: readonly Scenario[]; folder: string },
): Promise<Measured[]> {
  const made = makeFile(file, folder);
  const cells: Measured[] = [];
  for (const scenario of scenarios) {
    if (scenario === "play" && file.seconds === undefined) continue;
    const taken: Measured["taken"] = [];
    for (const { build, browser } of pairs) {
      const plan = { file: made, scenario, ...(file.seconds && { seconds: file.seconds }) };
      const one = await measureTap(build, browser.open, plan).catch((error: Error) => {
        console.error(
          `${file.name}, ${scenario}, ${browser.name}, ${build.name}: ${error.message}`,
        );
        return undefined;
      });
      taken.push(one);
      if (one) print(file, scenario, browser.name, build.name, one);
    }
    const { name, title } = file;
    const browser = pairs[0]?.browser.name ?? "Chromium";
    cells.push({ file: { name, title, bytes: made.bytes.length }, scenario, browser, taken });
  }
  return cells;
}

function print(file: TapFile, scenario: Scenario, browser: string, build: string, taken: Taken) {
  const { fetches, megabytes, requests, ranges } = taken;
  const costs = `${fetches} fetches, ${megabytes.toFixed(1)} MB, ${requests} requests`;
  console.log(`${browser}, ${file.name}, ${scenario}, ${build}: ${costs} (${ranges.join(" ")})`);
}

function withViews({ taken, ...cell }: Measured, views: readonly Map<string, number>[]): Cell {
  const [measured, earlier] = taken.map((one, index): Figures | undefined => {
    return one && { ...one, views: views[index]?.get(one.mediaId) ?? 0 };
  });
  return { ...cell, measured, earlier };
}

function chosen<T>(
  what: string,
  all: readonly T[],
  nameOf: (one: T) => string,
  option: string | undefined,
): readonly T[] {
  if (option === undefined) return all;
  return option.split(",").map((name) => {
    const found = all.find((one) => nameOf(one) === name);
    if (!found) throw new Error(`There is no ${what} "${name}": ${all.map(nameOf).join(", ")}.`);
    return found;
  });
}
