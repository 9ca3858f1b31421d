import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "#e2e/testing/fixtures.ts";

/** Signs in anew in each spec: what is left of one test is in no other's way. */
const GIL = "agent@globex.test";
const SEEDED = "demo-password";
const NEW = "four words are fine";

const signedOut = /\/login\?redirectTo=/;

async function changePassword(page: Page, current: string, wanted: string) {
  await page.getByLabel("Current password").fill(current);
  await page.getByLabel(/^New password, /).fill(wanted);
  await page.getByLabel("New password again").fill(wanted);
  await page.getByRole("button", { name: "Change the password" }).click();
}

test("F85 a person ends the session of another browser of theirs, at its next request", async ({
  page,
  browser,
  scripted,
  app,
  loginAs,
}) => {
  const elsewhere = await browser.newContext({
    baseURL: app.url,
    javaScriptEnabled: scripted,
    userAgent: "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0",
  });
  const other = await elsewhere.newPage();
  await other.goto("/login?redirectTo=/expiring");
  await other.getByLabel("E-mail address").fill(GIL);
  await other.getByLabel("Password").fill(SEEDED);
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other).toHaveURL(/\/expiring$/);

  await loginAs(page, GIL);
  await page.goto("/conversations");
  await page.getByRole("link", { name: "Account" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "this browser" })).toHaveCount(1);
  const theirs = page.getByRole("listitem").filter({ hasText: "Firefox on Windows" });
  await theirs.getByRole("button", { name: "End this session" }).click();
  await expect(page.getByRole("status")).toHaveText("The session has ended.");
  await expect(theirs).toHaveCount(0);
  await other.goto("/expiring");
  await expect(other).toHaveURL(signedOut);
  await page.getByRole("link", { name: "Back to the conversations" }).click();
  await expect(page).toHaveURL(/\/conversations$/);
  await elsewhere.close();
});

test("a person changes their password, and is signed out everywhere else", async ({
  page,
  browser,
  app,
  loginAs,
}) => {
  const elsewhere = await browser.newContext({ baseURL: app.url });
  const other = await elsewhere.newPage();
  await loginAs(other, GIL);
  await loginAs(page, GIL);
  await page.goto("/account");
  await changePassword(page, "not my password", NEW);
  await expect(page.getByRole("alert")).toHaveText("The current password is wrong.");
  await changePassword(page, SEEDED, NEW);
  await expect(page.getByRole("status")).toContainText("Your password is changed.");
  await expect(page.getByRole("listitem")).toHaveCount(1);
  await other.goto("/account");
  await expect(other).toHaveURL(signedOut);
  await expect(app.login(GIL, SEEDED)).rejects.toThrow("not signed in");

  await changePassword(page, NEW, SEEDED);
  await expect(page.getByRole("status")).toContainText("Your password is changed.");
  await app.login(GIL, SEEDED);
  await elsewhere.close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds no fault in the account page, ${colorScheme} @with-javascript`, async ({
    page,
    app,
    loginAs,
  }) => {
    await app.login("admin@acme.test");
    await loginAs(page, "admin@acme.test");
    await page.emulateMedia({ colorScheme });
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto("/account?done=session");
      await expect(page.getByRole("link", { name: "Audit log" })).toBeVisible();
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      const fits = () => document.documentElement.scrollWidth <= window.innerWidth;
      expect(await page.evaluate(fits)).toBe(true);
    }
  });
}
