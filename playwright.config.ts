import { defineConfig } from "@playwright/test";
import { chromiumArguments, findChromium } from "./scripts/chromium.mjs";

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  outputDir: "test-results",
  // One more than two cores have work for: browsers and servers wait for each other.
  workers: 3,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  // Far limits that show a hang: a machine may be busy.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [["list"], ...(process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [["json"] as const] : [])],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: findChromium(), args: chromiumArguments },
    screenshot: "only-on-failure",
  },
  // Every test runs both ways, but for those that carry the tag of one.
  projects: [
    { name: "with JavaScript", grepInvert: /@without-javascript/ },
    {
      name: "without JavaScript",
      grepInvert: /@with-javascript/,
      use: { javaScriptEnabled: false },
    },
  ],
});
