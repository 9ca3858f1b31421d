import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "#e2e/testing/fixtures.ts";
import type { App } from "#tests/support/app/app.ts";

const ACME_SUPPORT = "106540352242922";
const ACME_SALES = "106540352242923";
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 360, height: 740 };

let number = 15550109000;

/** A text from somebody new. */
async function writes(app: App, name: string, text: string, to = ACME_SUPPORT, timestamp?: number) {
  await app.simulator.sendMessage({ kind: "text", to, from: `${++number}`, name, text, timestamp });
}

async function expectNoFault(page: Page) {
  await expect(page.locator('main:visible, [role="main"]:visible')).toHaveCount(1);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
}

const search = async (page: Page, words: string) => {
  await page.getByRole("searchbox").fill(words);
  await page.getByRole("button", { name: "Search" }).click();
};

test("conversations are found by name, number and words, and the list stays beside what was found", async ({
  page,
  app,
  loginAs,
  scripted,
}) => {
  const mark = `w${number}${scripted}`;
  await writes(app, `Zoe ${mark}`, `Is the veranda ${mark} free?`);
  await writes(app, `Yan ${mark}`, "Good morning", ACME_SALES);
  const zoes = `${number - 1}`;
  await page.setViewportSize(WIDE);
  await loginAs(page, "admin@acme.test");
  await page.goto("/conversations");

  await search(page, `zoe ${mark}`);
  await expect(page.getByRole("link", { name: /^Zoe/ })).toContainText(`+${zoes}`);
  await search(page, `+1 (555) ${zoes.slice(4, 7)}-${zoes.slice(7)}`);
  await expect(page.getByRole("link", { name: /^Zoe/ })).toHaveCount(1);
  await search(page, `veranda ${mark.slice(0, -1)}`);
  await page.getByRole("link", { name: /veranda/ }).click();
  await expect(page).toHaveURL(/\/conversations\/\d+\?around=\d+&q=veranda.*#m-\d+$/);
  await expect(page.getByRole("main")).toContainText(`Is the veranda ${mark} free?`);
  await expect(page.getByRole("searchbox")).toHaveValue(/^veranda/);

  await search(page, `"nothing ${mark}"`);
  await expect(page.getByText("No contact and no message has")).toBeVisible();
  await page.getByRole("link", { name: "All conversations" }).last().click();
  await expect(page.getByRole("link", { name: /^Zoe/ })).toBeVisible();

  await page.getByLabel("Number", { exact: true }).selectOption("Acme Sales");
  if (!scripted) await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/account=\d+/);
  await expect(page.getByRole("link", { name: `Yan ${mark}` })).toBeVisible();
  await expect(page.getByRole("link", { name: /^Zoe/ })).toHaveCount(0);
});

test("the list goes page by page, and counts what is unread in the title", async ({
  page,
  app,
  loginAs,
  scripted,
}) => {
  // Long ago, and on the second number: on the first page of no other test.
  const kind = scripted ? "Guest" : "Visitor";
  const longAgo = Math.floor(Date.now() / 1000) - (scripted ? 20 : 30) * 24 * 60 * 60;
  for (let i = 0; i < 31; i++) await writes(app, `${kind} ${i}`, "Hello", ACME_SALES, longAgo + i);
  await page.setViewportSize(NARROW);
  await loginAs(page, "admin@acme.test");
  await page.goto("/conversations?unread=1");
  await expect(page).toHaveTitle(/^\((\d\d|99\+)\) Conversations · Tapview$/);
  const rows = page.getByRole("navigation", { name: "Conversations" }).getByRole("listitem");
  await expect(rows).toHaveCount(30);
  await expect(rows.first()).toContainText(/1 unread/);
  await page.getByLabel("Number", { exact: true }).selectOption("Acme Sales");
  if (!scripted) await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/account=\d+/);
  await page.getByRole("link", { name: "More conversations" }).click();
  await expect(page).toHaveURL(/account=\d+&unread=1&page=/);
  await expect(rows.last()).toContainText(new RegExp(`${kind} 0.*Hello.*1 unread`));
  await rows.last().getByRole("link").click();
  await expect(page).toHaveURL(/\/conversations\/\d+\?account=\d+&unread=1&page=/);
  await expect(page).toHaveTitle(new RegExp(`^\\(.+\\) ${kind} 0 · Tapview$`));
  await page.goto("/conversations?page=1-1");
  await expect(page.getByText("There is nothing older.")).toBeVisible();
  await page.getByRole("link", { name: "Newest" }).click();
  await expect(rows).toHaveCount(30);
});

test("what can't be shown says so in one sentence, and leads back", async ({
  page,
  app,
  loginAs,
}) => {
  await writes(app, "Sal Private", "Hello", ACME_SALES);
  await loginAs(page, "admin@acme.test");
  await page.goto("/conversations");
  await page.getByRole("link", { name: "Sal Private" }).click();
  await expect(page.getByRole("heading", { name: "Sal Private" })).toBeVisible();
  const address = new URL(page.url()).pathname;
  await page.context().clearCookies();
  await loginAs(page, "agent@acme.test");
  expect((await page.goto(address))?.status()).toBe(403);
  await expect(page.getByRole("main")).toContainText("You are not a member of the number");
  expect((await page.goto("/conversations/999999"))?.status()).toBe(404);
  await page.getByRole("link", { name: "Go to the conversations" }).click();
  await expect(page).toHaveURL(/\/conversations$/);
  await expect(page.getByRole("link", { name: "Sal Private" })).toHaveCount(0);
});

test("the list has no fault that axe finds, beside a conversation and alone @with-javascript", async ({
  page,
  app,
  loginAs,
}) => {
  await writes(app, "Ana Axe", "Is the axe sharp?");
  await loginAs(page, "admin@acme.test");
  for (const [size, query] of [
    [NARROW, ""],
    [NARROW, "?q=axe"],
    [NARROW, "?q=nothingatall"],
    [WIDE, "?unread=1"],
    [WIDE, "?page=1-1"],
  ] as const) {
    await page.setViewportSize(size);
    await page.goto(`/conversations${query}`);
    await expectNoFault(page);
  }
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/conversations?q=axe");
  await expectNoFault(page);
  await page
    .getByRole("link", { name: /^Ana Axe/ })
    .first()
    .click();
  await expect(page.getByRole("main")).toContainText("Is the axe sharp?");
  await expect(page.getByRole("main")).toHaveCount(1);
  await expect(page.locator('[aria-current="page"]')).toContainText("Ana Axe");
});

test("the keyboard skips the list @with-javascript", async ({ page, app, loginAs }) => {
  await writes(app, "Ken Keys", "Hello");
  await loginAs(page, "agent@acme.test");
  await page.goto("/conversations");
  await page.getByRole("link", { name: "Ken Keys" }).click();
  await expect(page.getByRole("heading", { name: "Ken Keys" })).toBeVisible();
  await page.reload();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the conversation" })).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("#conversation")).toBeFocused();
});
