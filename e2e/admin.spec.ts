import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "@playwright/test";
import { expect, test } from "#e2e/testing/fixtures.ts";
import { someone } from "#e2e/testing/someone.ts";

const PASSWORD = "a password of a few words";

let people = 0;
test.beforeEach(({ page, loginAs }) => loginAs(page, "admin@acme.test"));

test("whom an admin invites chooses a password and sees the number given, until it is taken away", async ({
  page,
  app,
  browser,
  javaScriptEnabled,
}, { workerIndex }) => {
  const { name: customer, says } = someone(app);
  await says("Hello");
  const email = `invited${workerIndex}-${++people}@acme.test`;
  const name = `Ines ${workerIndex}-${people}`;
  await page.goto("/admin/people");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Acme Support").check();
  await page.getByRole("button", { name: "Invite and show the link" }).click();
  const link = await page.getByLabel(`The link for ${name}`).inputValue();
  expect(link.startsWith(`${app.url}/invite/`)).toBe(true);

  const theirs = await newPage(browser, app.url, javaScriptEnabled);
  await theirs.goto(link);
  await expect(theirs.getByText("Acme invites you")).toBeVisible();
  await theirs.getByLabel("New password").fill(PASSWORD);
  await theirs.getByLabel("The same password again").fill("something else");
  await theirs.getByRole("button", { name: "Choose this password" }).click();
  await expect(theirs.getByRole("alert")).toContainText("not the same");
  await theirs.getByLabel("New password").fill(PASSWORD);
  await theirs.getByLabel("The same password again").fill(PASSWORD);
  await theirs.getByRole("button", { name: "Choose this password" }).click();
  await theirs.getByLabel("E-mail address").fill(email);
  await theirs.getByLabel("Password").fill(PASSWORD);
  await theirs.getByRole("button", { name: "Sign in" }).click();
  await expect(theirs.getByRole("link", { name: customer })).toBeVisible();
  expect((await theirs.request.get("/admin/people")).status()).toBe(403);
  expect((await theirs.goto(link))?.status()).toBe(404);
  await expect(theirs.getByText("This link can't be used any more.")).toBeVisible();

  await page.goto("/admin/people");
  await page.getByRole("link", { name }).click();
  await page.getByLabel("Acme Support").uncheck();
  await page.getByRole("button", { name: "Save the numbers" }).click();
  await expect(page.getByRole("status")).toHaveText("The numbers were changed. It counts at once.");
  await theirs.goto("/conversations");
  await expect(theirs.getByRole("link", { name: customer })).toHaveCount(0);
  await theirs.context().close();
});

test("an admin adds a number and changes it", async ({ page }, { workerIndex }) => {
  const id = `9065403522429${workerIndex}`;
  await page.goto("/admin");
  await page.getByLabel("Phone number ID").fill("106540352242922");
  await page.getByLabel("Name").fill("Acme Depot");
  await page.getByLabel("Phone number, as people write it").fill("+1 555 010 0044");
  await page.getByRole("button", { name: "Add the number" }).click();
  await expect(page.getByRole("alert")).toHaveText("This phone number ID is already in use.");
  await page.getByLabel("Phone number ID").fill(id);
  await page.getByRole("button", { name: "Add the number" }).click();
  await expect(page.getByRole("heading", { name: "Acme Depot" })).toBeVisible();
  await expect(page.getByRole("status")).toContainText("npm run webhook:replay");
  await page.getByLabel("How long WhatsApp keeps files").selectOption("1 hour");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: "Numbers" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: id })).toContainText("kept 1 hour");
});

test("an agent is told that these pages are for admins @with-javascript", async ({
  page,
  loginAs,
}) => {
  await loginAs(page, "agent@acme.test");
  expect((await page.goto("/admin/numbers"))?.status()).toBe(403);
  await expect(page.getByText("Only admins of your company can do this.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Go to the conversations" }).click();
  await expect(page).toHaveURL(/\/conversations$/);
});

test("axe finds no fault in the pages of numbers, which fit a phone @with-javascript", async ({
  page,
}) => {
  await page.goto("/admin/numbers");
  await expectAccessible(page);
  await page.getByRole("link", { name: "Acme Support" }).click();
  await expectAccessible(page);
});

test("axe finds no fault in the pages of people, which fit a phone @with-javascript", async ({
  page,
}) => {
  await page.goto("/admin/people");
  await expectAccessible(page);
  await page.getByRole("link", { name: "Alex Agent" }).click();
  await page.getByRole("button", { name: "Make a new link" }).click();
  await expectAccessible(page);
  await page.goto(await page.getByLabel("The link for Alex Agent").inputValue());
  await expectAccessible(page);
});

async function newPage(browser: Browser, baseURL: string, javaScriptEnabled?: boolean) {
  const context = await browser.newContext({
    baseURL,
    javaScriptEnabled: javaScriptEnabled ?? true,
  });
  return context.newPage();
}

/** In the light and in the dark, on a phone and on a desk. */
async function expectAccessible(page: Page): Promise<void> {
  for (const [colorScheme, width] of [
    ["light", 360],
    ["dark", 1280],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    const fits = () => document.documentElement.scrollWidth <= window.innerWidth;
    expect(await page.evaluate(fits)).toBe(true);
  }
}
