import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "#e2e/testing/fixtures.ts";
import { expectShown, openConversation, placeOf, sendFile, tapTile } from "#tests/support/tiles.ts";

const ACME_SUPPORT = "106540352242922";
const REFUSES =
  /WhatsApp refuses the access token of Acme Support since .+ Its files can't be opened until the token is replaced\./;
const notice = (page: Page) => page.getByRole("status").filter({ hasText: REFUSES });

test.afterEach(({ app }) => app.simulator.faults.clear());

test("F30 an access token that WhatsApp refuses is told to admins until it works again, and signs nobody out", async ({
  page,
  app,
  browser,
  loginAs,
  scripted,
}) => {
  const { name } = await sendFile(app, "photo");
  const context = await browser.newContext({ baseURL: app.url, javaScriptEnabled: scripted });
  const admin = await context.newPage();
  await loginAs(admin, "admin@acme.test");
  await loginAs(page, "agent@acme.test");
  await admin.goto("/conversations");
  await expect(notice(admin)).toHaveCount(0);

  app.simulator.faults.add({ on: "lookup", kind: "tokenExpired" });
  const place = placeOf(page, "Photo", scripted);
  await openConversation(page, name, scripted);
  await tapTile(place);
  await expect(place.getByRole("alert")).toContainText("WhatsApp refused to hand out this file.");
  await page.goto("/conversations");
  await expect(page.getByRole("link", { name })).toBeVisible();
  await expect(page.getByRole("status")).toHaveCount(0);

  // The failure is answered first, and noted after.
  await expect(async () => {
    await admin.goto("/conversations");
    await expect(notice(admin)).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(notice(admin)).toContainText(`WHATSAPP_ACCESS_TOKEN_${ACME_SUPPORT}`);
  await expect(notice(admin)).toContainText("HTTP 401, code 190/463");
  await openConversation(admin, name, scripted);
  await expect(notice(admin)).toBeVisible();
  expect((await page.request.get("/conversations")).url()).not.toContain("/login");

  app.simulator.faults.clear();
  await openConversation(page, name, scripted);
  await tapTile(place);
  await expectShown(place, "img");
  await expect(async () => {
    await admin.goto("/conversations");
    await expect(admin.getByRole("link", { name })).toBeVisible();
    await expect(notice(admin)).toHaveCount(0, { timeout: 500 });
  }).toPass();
  await context.close();
});

test("the notice of a refused access token fits a small screen, and axe finds no fault in it @with-javascript", async ({
  page,
  app,
  loginAs,
}) => {
  const { name } = await sendFile(app, "photo");
  app.simulator.faults.add({ on: "lookup", kind: "tokenExpired" });
  await loginAs(page, "admin@acme.test");
  await openConversation(page, name, true);
  await tapTile(page.locator(".media"));
  await expect(page.getByRole("alert")).toBeVisible();
  await page.setViewportSize({ width: 360, height: 740 });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto("/conversations");
    await expect(notice(page)).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect((await new AxeBuilder({ page }).include("[role=status]").analyze()).violations).toEqual(
      [],
    );
  }
});
