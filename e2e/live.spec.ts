import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "#e2e/testing/fixtures.ts";
import { someone } from "#e2e/testing/someone.ts";
import { expectShown, openConversation, placeOf, sendFile, tapTile } from "#tests/support/tiles.ts";

const ACME_SUPPORT = "106540352242922";

test.beforeEach(({ page, loginAs }) => loginAs(page, "agent@acme.test"));

const message = (page: Page, text: string) => page.getByRole("article").filter({ hasText: text });

/** Until the page has heard from its stream of events, and has loaded what it was told to. */
async function openLive(page: Page, name: string) {
  const reloaded = page.waitForResponse(/\/conversations\/\d+\.data/);
  await openConversation(page, name, false);
  await reloaded;
}

async function expectNoFault(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
}

test("a message appears in every tab by itself, and moves nothing @with-javascript", async ({
  page,
  app,
}) => {
  await page.setViewportSize({ width: 360, height: 500 });
  const { name, says } = someone(app);
  for (let i = 1; i <= 20; i++) await says(`Line ${i}.`);
  await page.goto("/conversations");
  await page.getByRole("link", { name }).click();
  await expect(message(page, "Line 1.")).toBeInViewport();
  const second = await page.context().newPage();
  await openLive(second, name);
  await page.bringToFront();
  const stay = message(page, "Line 5.");
  await stay.evaluate((line) => line.scrollIntoView({ block: "start" }));
  const before = await stay.boundingBox();
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));

  await says("Written just now.");

  await expect(message(page, "Written just now.")).toBeAttached();
  await expect(message(second, "Written just now.")).toBeAttached();
  expect(await stay.boundingBox()).toEqual(before);
  expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);
  await expect(page.getByText(`New message from ${name}`)).toBeAttached();
});

test("a shown file stays shown when a message appears @with-javascript", async ({ page, app }) => {
  const { name, from } = await sendFile(app, "photo");
  await openLive(page, name);
  const place = placeOf(page, "Photo", true);
  await tapTile(place);
  await expectShown(place, "img");
  const src = await place.locator("img").getAttribute("src");
  app.simulator.requests.clear();
  await app.simulator.sendMessage({ kind: "text", to: ACME_SUPPORT, from, name, text: "Nice?" });
  await expect(message(page, "Nice?")).toBeVisible();
  await expect(place.locator("img")).toHaveAttribute("src", src ?? "");
  expect(app.simulator.requests.list()).toEqual([]);
});

test("a browser reads one stream for all of its tabs @with-javascript", async ({ page }) => {
  const asked: string[] = [];
  page.context().on("request", (request) => {
    if (request.url().endsWith("/events")) asked.push(request.url());
  });
  const reloaded = page.waitForResponse(/\/conversations\.data/);
  await page.goto("/conversations");
  await reloaded;
  const second = await page.context().newPage();
  await second.goto("/conversations");
  await second.waitForLoadState("networkidle").catch(() => {});
  expect(asked).toHaveLength(1);
  await page.close();
  await expect.poll(() => asked.length).toBe(2);
});

test("offline is said, and a page that can't be loaded comes when the connection is back @with-javascript", async ({
  page,
  app,
}) => {
  const [one, other] = [someone(app), someone(app)];
  await one.says("From one.");
  await other.says("From the other.");
  await page.goto("/conversations");
  // The code of a page that was never open is there by then.
  await expect(page.locator("link[href*=conversationId][rel=modulepreload]")).toBeAttached();
  await page.waitForLoadState("networkidle");
  await page.context().setOffline(true);
  await expect(page.getByText("You are offline.")).toBeVisible();
  await expectNoFault(page);
  await page.getByRole("link", { name: other.name }).click();
  await expect(page.getByRole("heading", { name: "This page was not loaded" })).toBeVisible();
  await expectNoFault(page);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Trying again…")).toBeVisible();
  await expect(page.getByRole("link", { name: one.name })).toBeVisible();
  await page.context().setOffline(false);
  await expect(message(page, "From the other.")).toBeVisible();
  await expect(page.getByText("You are offline.")).toBeHidden();
});

test("a file that is gone is told over the page, with a way on @with-javascript", async ({
  page,
  app,
}) => {
  const { mediaId, name } = await sendFile(app, "document");
  app.simulator.faults.add({ on: "lookup", kind: "gone", mediaId });
  await openLive(page, name);
  await tapTile(placeOf(page, "Document", true));
  const toast = page.getByRole("alert").filter({ hasText: "WhatsApp no longer has document.pdf" });
  await expect(toast).toContainText(`from ${name}`);
  await expect(toast.getByRole("link")).toHaveAttribute("href", /\?reply=\d+&ask=1#composer$/);
  await expectNoFault(page);
  await page.keyboard.press("Escape");
  await expect(toast).toBeHidden();
});

test("new messages come on asking, in a frame that touches nothing of the page @without-javascript", async ({
  page,
  app,
}) => {
  const { name, says } = someone(app);
  await says("The first.");
  await openConversation(page, name, false);
  await page.locator("summary", { hasText: "Watch for new messages here" }).click();
  const news = page.frameLocator('iframe[title="New messages"]');
  await news.getByRole("link", { name: "Look for new messages" }).click();
  await expect(news.getByRole("status")).toHaveText(/^No new message\. Checked at \d\d:\d\d\.$/);
  await says("The second.");
  await news.getByRole("link", { name: "Check again" }).click();
  await expect(news.getByRole("article")).toHaveText(/The second\./);
  await news.getByRole("link", { name: "Every 20 seconds" }).click();
  await expect(news.getByRole("status")).toContainText("again every 20 seconds");
  await news.getByRole("link", { name: "Stop checking" }).click();
  await expect(news.getByRole("status")).not.toContainText("again");
  await expect(message(page, "The second.")).toHaveCount(0);
  await page.getByRole("main").getByRole("link", { name: "Check for new messages" }).click();
  await expect(message(page, "The second.")).toBeVisible();
});

test("lite pages carry no script, and their tiles load in place @with-javascript", async ({
  page,
  app,
}) => {
  const scripts: string[] = [];
  page.on("request", (request) => {
    if (request.resourceType() === "script") scripts.push(request.url());
  });
  const { name } = await sendFile(app, "photo");
  await page.goto("/conversations");
  await page.getByText("Lite pages: off").click();
  await page.getByRole("button", { name: "Turn lite pages on" }).click();
  await expect(page.getByText("Lite pages: on")).toBeVisible();
  scripts.length = 0;
  await openConversation(page, name, false);
  await expectNoFault(page);
  const place = placeOf(page, "Photo", false);
  await tapTile(place);
  await expectShown(place, "img");
  await expect(page.getByText("Watch for new messages here")).toBeVisible();
  expect(await page.locator("script, link[rel=modulepreload]").count()).toBe(0);
  expect(scripts).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByText("Lite pages: on").click();
  await page.getByRole("button", { name: "Turn lite pages off" }).click();
  await expect(page.getByText("Lite pages: off")).toBeVisible();
  expect(await page.locator("script").count()).toBeGreaterThan(0);
});

test("a browser that saves data gets lite pages, and reads why @with-javascript", async ({
  page,
}) => {
  await page.setExtraHTTPHeaders({ "Save-Data": "on" });
  await page.goto("/conversations");
  await page.getByText("Lite pages: on").click();
  await expect(page.getByText("Your browser asks to save data")).toBeVisible();
  expect(await page.locator("script").count()).toBe(0);
});
