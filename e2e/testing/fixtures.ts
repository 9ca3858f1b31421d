import { test as base, type Page } from "@playwright/test";
import { type App, startApp } from "#tests/support/app/app.ts";
import { signInAs } from "./sign-in.ts";

interface TestFixtures {
  /** Whether pages run their scripts. */
  scripted: boolean;
  /** Signs a seeded person in, without the form. */
  loginAs(page: Page, email: string): Promise<void>;
}

interface WorkerFixtures {
  /** One app for all tests of a worker, on an embedded database, with its own simulated WhatsApp. */
  app: App;
}

export { expect } from "@playwright/test";

export const test = base.extend<TestFixtures, WorkerFixtures>({
  app: [
    // Playwright insists on a destructured parameter, also of a fixture that needs no other.
    async ({ browserName: _ }, use) => {
      const app = await startApp({ databaseUrl: "" });
      await use(app);
      await app.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  scripted: ({ javaScriptEnabled }, use) => use(javaScriptEnabled !== false),
  baseURL: ({ app }, use) => use(app.url),
  loginAs: ({ app }, use) => use((page, email) => signInAs(page, app, email)),
});
