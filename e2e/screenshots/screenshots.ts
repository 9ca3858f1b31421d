import { mkdir } from "node:fs/promises";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "@playwright/test";
import { keepNothing } from "#e2e/testing/retention.ts";
import { signInAs } from "#e2e/testing/sign-in.ts";
import { type App, startApp } from "#tests/support/app/app.ts";
import { copySeededFolder } from "#tests/support/app/seed.ts";
import { removeTemporaryFolder, temporaryFolder } from "#tests/support/app/temporary-folder.ts";
import { chromiumArguments, findChromium } from "../../scripts/chromium.mjs";
import { ANA, CARE, tellStory } from "./screenshot-story.ts";
import { openConversation, pictureTiles, tap } from "./screenshot-tiles.ts";

const DESKTOP = { viewport: { width: 1024, height: 720 } };
const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true };

/** Writes the README's pictures to docs/pictures/: `npm run screenshots`, after a build. */
const dataDir = temporaryFolder();
await copySeededFolder(dataDir);
await keepNothing(dataDir, CARE);
const app = await startApp({ dataDir, seed: false });
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArguments });
try {
  await mkdir("docs", { recursive: true });
  await tellStory(app.simulator);
  await picturePages();
  await pictureTiles(app, (email, options) => signedIn(browser, app, email, options));
} finally {
  await browser.close();
  await app.stop();
  removeTemporaryFolder(dataDir);
}

async function picturePages() {
  for (const [name, options] of [
    ["conversation", DESKTOP],
    ["dark", { ...DESKTOP, colorScheme: "dark" }],
    ["phone", PHONE],
  ] as const) {
    const page = await signedIn(browser, app, "agent@acme.test", options);
    if (name === "phone") await page.screenshot({ path: "docs/pictures/list.png" });
    await openConversation(page, ANA.name);
    await tap(page, "img");
    await page.screenshot({ path: `docs/pictures/${name}.png` });
    await page.context().close();
  }
}

/** The list of conversations of somebody who is signed in. */
async function signedIn(
  browser: Browser,
  app: App,
  email: string,
  options: BrowserContextOptions,
): Promise<Page> {
  const context = await browser.newContext({ baseURL: app.url, ...options });
  const page = await context.newPage();
  await signInAs(page, app, email);
  await page.goto("/conversations");
  return page;
}
