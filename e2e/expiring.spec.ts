import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "#e2e/testing/fixtures.ts";
import { expectShown, openConversation, placeOf, sendFile, tapTile } from "#tests/support/tiles.ts";

test.beforeEach(({ page, loginAs }) => loginAs(page, "agent@acme.test"));

test("a file is listed until somebody opens it", async ({ page, app, scripted }) => {
  const { name } = await sendFile(app, "photo");
  await page.goto("/conversations");
  await page.getByRole("link", { name: "Files nobody has opened" }).click();
  const line = page.getByRole("listitem").filter({ hasText: name });
  await expect(line).toContainText("Photo");
  await expect(line).toContainText("6 days left");
  await line.getByRole("link").click();
  await expect(page).toHaveURL(/\/conversations\/\d+\?around=(\d+)#m-\1$/);

  await openConversation(page, name, scripted);
  const place = placeOf(page, "Photo", scripted);
  await tapTile(place);
  await expectShown(place, "img");
  await expect
    .poll(async () => {
      await page.goto("/expiring");
      return line.count();
    })
    .toBe(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds no fault in it, ${colorScheme} @with-javascript`, async ({
    page,
    app,
    loginAs,
  }) => {
    await sendFile(app, "document");
    await page.context().clearCookies();
    await loginAs(page, "admin@acme.test");
    await page.emulateMedia({ colorScheme });
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto("/expiring");
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      const fits = () => document.documentElement.scrollWidth <= window.innerWidth;
      expect(await page.evaluate(fits)).toBe(true);
    }
  });
}
