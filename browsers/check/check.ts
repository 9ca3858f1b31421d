import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { documents } from "#browsers/corpus/documents.ts";
import { films } from "#browsers/corpus/films.ts";
import { type LeftOut, type MadeFile, makeFiles } from "#browsers/corpus/make.ts";
import { pictures } from "#browsers/corpus/pictures.ts";
import { sounds } from "#browsers/corpus/sounds.ts";
import type { Browser } from "#browsers/drivers/browser.ts";
import { startChromium } from "#browsers/drivers/chromium.ts";
import { browsersOf, startBrowser } from "#browsers/drivers/start.ts";
import { signIn } from "#browsers/inbox/sign-in.ts";
import { startApp } from "#tests/support/app/app.ts";
import { type Checked, checkFile } from "./check-file.ts";
import { type Column, failuresIn, writeReport } from "./report.ts";

/**
 * `npm run check:browsers`, after a build: tries a corpus of files in the browsers of this machine
 * and writes docs/browsers.md. Ends with 1 when a file came and the browser's person had neither
 * the file nor a word.
 */
const KINDS = { Pictures: pictures, Sounds: sounds, Films: films, Documents: documents };
const WITHOUT_SCRIPT = "Chromium, no script";
const { values } = parseArgs({
  options: {
    /** For a part: chromium,firefox. */
    browsers: { type: "string" },
    /** For a part: what a file's format or name contains. */
    files: { type: "string" },
    /** The top folder of the build to try. */
    build: { type: "string", default: "." },
  },
});

const folder = mkdtempSync(path.join(tmpdir(), "tapview-corpus-"));
const app = await startApp({ folder: values.build });
try {
  const cookie = await app.login("agent@acme.test");
  const leftOut: LeftOut[] = [];
  const groups = Object.entries(KINDS).map(([title, all]) => {
    const result = makeFiles(all, folder);
    leftOut.push(...result.leftOut);
    return { title, files: result.made.filter(isMeant), columns: [] as Column[] };
  });
  for (const { file, why } of leftOut) console.log(`${file.format} is left out: ${why}`);
  const names = browsersOf(values.browsers);
  // At once: most of the time a page is waited for.
  const tried = await Promise.all([
    ...names.map(async (name) =>
      tryIn(await startBrowser(name), name, { groups, hydrated: true, cookie }),
    ),
    ...(names.includes("Chromium")
      ? [tryIn(await startChromium(false), WITHOUT_SCRIPT, { groups, hydrated: false, cookie })]
      : []),
  ]);
  for (const columns of tried) {
    for (const [index, column] of columns.entries()) groups[index]?.columns.push(column);
  }
  const isWhole = Object.values(values).every((value) => value === undefined || value === ".");
  await writeReport(groups, { leftOut, isWhole });
  const failures = failuresIn(groups);
  for (const failure of failures) console.error(failure);
  if (failures.length > 0) process.exitCode = 1;
} finally {
  await app.stop();
  await rm(folder, { recursive: true });
}

function isMeant({ format, name }: MadeFile): boolean {
  return values.files === undefined || `${format} ${name}`.includes(values.files);
}

interface How {
  hydrated: boolean;
  cookie: string;
}

/** @returns a column for each group; none where there is no browser */
async function tryIn(
  browser: Browser | undefined,
  title: string,
  how: How & { groups: readonly { files: readonly MadeFile[] }[] },
): Promise<Column[]> {
  if (!browser) return [];
  const version = `${browser.name} ${browser.version}`;
  const columns: Column[] = [];
  try {
    const tab = await browser.open();
    await signIn(tab, app.url);
    await tab.close();
    for (const { files } of how.groups) {
      const checked: (Checked | undefined)[] = [];
      for (const file of files) {
        const one = await tryFile(browser, file, how);
        console.log(`${title}, ${file.format}: ${JSON.stringify(one?.outcome)}`);
        checked.push(one);
      }
      columns.push({ title, version, checked });
    }
    return columns;
  } finally {
    await browser.close();
  }
}

/** A page that breaks must not end the run. */
async function tryFile(browser: Browser, file: MadeFile, how: How) {
  try {
    return await checkFile(app, browser, { ...how, file });
  } catch (error) {
    console.error(`${file.format}: ${(error as Error).message}`);
    return undefined;
  }
}
