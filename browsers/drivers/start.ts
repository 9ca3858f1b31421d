import { BROWSER_NAMES, type Browser, type BrowserName } from "./browser.ts";
import { startChromium } from "./chromium.ts";
import { startFirefox } from "./firefox.ts";
import { startWebKit } from "./webkit.ts";

const STARTS: Record<BrowserName, () => Promise<Browser | undefined>> = {
  Chromium: startChromium,
  Firefox: startFirefox,
  WebKitGTK: startWebKit,
};

/** Starts a browser. @returns undefined, and says so, where it isn't installed */
export async function startBrowser(name: BrowserName): Promise<Browser | undefined> {
  const browser = await STARTS[name]();
  if (!browser) console.log(`${name} is not installed here, and left out.`);
  return browser;
}

/** Reads an option such as "chromium,firefox"; without one all are meant. @throws for another name */
export function browsersOf(option: string | undefined): BrowserName[] {
  if (option === undefined) return [...BROWSER_NAMES];
  return option.split(",").map((word) => {
    const name = BROWSER_NAMES.find((one) => one.toLowerCase().startsWith(word.toLowerCase()));
    if (!name || word === "") {
      throw new Error(`There is no browser "${word}": take ${BROWSER_NAMES.join(", ")}.`);
    }
    return name;
  });
}
