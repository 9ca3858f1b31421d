import { mkdir } from "node:fs/promises";
import { chromium } from "@playwright/test";
import { chromiumArguments, findChromium } from "../scripts/chromium.mjs";
import { startApp } from "./app.ts";

const ACME_SUPPORT = "106540352242922";
const customer = { to: ACME_SUPPORT, from: "15550107401", name: "Ana Souza" };

/** Writes the README's pictures to docs/: `npm run screenshots`, after a build. */
const app = await startApp({ databaseUrl: "" });
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArguments });
try {
  const { simulator } = app;
  await simulator.sendMessage({
    kind: "text",
    to: ACME_SUPPORT,
    from: "15550107402",
    name: "Ben Okafor",
    text: "Thank you!",
  });
  await simulator.sendMessage({
    ...customer,
    kind: "text",
    text: "Hello! We are here, and it looks like this:",
  });
  await simulator.sendMessage({ ...customer, kind: "photo", caption: "The view from the room" });
  await simulator.sendMessage({ ...customer, kind: "voice" });
  await simulator.sendMessage({ ...customer, kind: "document", filename: "booking-2026-118.pdf" });

  const page = await browser.newPage({
    baseURL: app.url,
    viewport: { width: 1024, height: 860 },
    deviceScaleFactor: 1.5,
  });
  await page.goto("/login");
  await page.getByLabel("E-mail address").fill("agent@acme.test");
  await page.getByLabel("Password").fill("demo-password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Ana Souza" }).click();
  await page.getByRole("heading", { name: "Ana Souza" }).waitFor();
  await page.getByRole("link", { name: /Photo/ }).click();
  await page.locator("img").evaluate((image: HTMLImageElement) => image.decode());
  await page.mouse.move(0, 0);
  await page.evaluate(() => scrollTo(0, 0));
  await mkdir("docs", { recursive: true });
  await page.screenshot({ path: "docs/conversation.png" });
} finally {
  await browser.close();
  await app.stop();
}
