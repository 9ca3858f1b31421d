import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import puppeteer from "puppeteer-core";
import { temporaryFolder } from "#tests/support/app/temporary-folder.ts";
import type { Browser } from "./browser.ts";

const NAMES = ["firefox-esr", "firefox"];

/** Starts Firefox over WebDriver BiDi. @returns undefined where there is none */
export async function startFirefox(): Promise<Browser | undefined> {
  const executablePath = findFirefox();
  if (!executablePath) return undefined;
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath,
    headless: true,
    extraPrefsFirefox: {
      // Nothing may be refused for want of a person in front of it.
      "media.autoplay.default": 0,
      "media.autoplay.blocking_policy": 0,
      // What is saved goes with this process.
      "browser.download.folderList": 2,
      "browser.download.dir": temporaryFolder(),
    },
  });
  return {
    name: "Firefox",
    version: (await browser.version()).replace(/^firefox\//i, ""),
    open: async () => {
      const page = await browser.newPage();
      return {
        goto: async (url) => void (await page.goto(url)),
        click: (selector) => page.click(selector),
        evaluate: (run, argument) => page.evaluate(run as never, argument as never),
        close: () => page.close(),
      };
    },
    close: () => browser.close(),
  };
}

/** FIREFOX_PATH, else the system's. */
function findFirefox(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const installed = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env.FIREFOX_PATH, ...installed].find((path) => path && existsSync(path));
}
