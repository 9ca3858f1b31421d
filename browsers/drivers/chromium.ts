import { chromium } from "@playwright/test";
import { chromiumArguments, findChromium } from "../../scripts/chromium.mjs";
import type { Browser } from "./browser.ts";

/**
 * Starts Chromium through Playwright, as the browser tests do.
 *
 * @param javaScript false for pages whose scripts don't run; `evaluate` still does
 * @returns undefined where there is none
 */
export async function startChromium(javaScript = true): Promise<Browser | undefined> {
  const executablePath = findChromium();
  if (!executablePath) return undefined;
  const browser = await chromium.launch({ executablePath, args: chromiumArguments });
  const context = await browser.newContext({ javaScriptEnabled: javaScript });
  return {
    name: "Chromium",
    version: browser.version(),
    open: async () => {
      const page = await context.newPage();
      return {
        goto: async (url) => void (await page.goto(url)),
        click: (selector) => page.locator(selector).first().click({ noWaitAfter: true }),
        evaluate: (run, argument) => page.evaluate(run as never, argument as never),
        close: () => page.close(),
      };
    },
    close: () => browser.close(),
  };
}
