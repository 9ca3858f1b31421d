import { readFile } from "node:fs/promises";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "#e2e/testing/fixtures.ts";
import { expectShown, openFile, placeOf, tapTile } from "#tests/support/tiles.ts";

test("an admin finds in the audit log what they have just viewed, and downloads it", async ({
  page,
  app,
  loginAs,
  scripted,
}) => {
  await loginAs(page, "admin@acme.test");
  const { mediaId } = await openFile(page, app, "photo", scripted);
  const place = placeOf(page, "Photo", scripted);
  await tapTile(place);
  await expectShown(place, "img");

  // It is written down just after its last byte has gone.
  const line = page.getByRole("listitem").filter({ hasText: mediaId });
  await expect(async () => {
    await page.goto("/admin/audit");
    await expect(line).toHaveCount(1, { timeout: 500 });
  }).toPass();
  await expect(line).toContainText("Viewed: Photo");
  await expect(line).toContainText("Ada Admin");
  await expect(line).toContainText(/status 200 · \d+ kB · complete/);

  await page.getByLabel("Kind").selectOption("Administration: all");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/kind=administration/);
  await expect(line).toHaveCount(0);
  await page.getByLabel("Kind").selectOption("Viewing files");
  await page.getByLabel("Person").selectOption("Ada Admin");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(line).toHaveCount(1);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download all as CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^audit-\d{4}-\d\d-\d\d\.csv$/);
  const [header = "", ...records] = (await readFile(await download.path(), "utf8")).split("\r\n");
  const columns = header.replace("\ufeff", "").split(",");
  const viewed = records.map((record) => record.split(",")).find((row) => row.includes(mediaId));
  expect(Object.fromEntries(columns.map((name, at) => [name, viewed?.[at]]))).toMatchObject({
    kind: "media.viewed",
    actor_email: "admin@acme.test",
    file_type: "image",
    status: "200",
    bytes: expect.stringMatching(/^\d{4,}$/),
    outcome: "complete",
  });

  await line.getByRole("link").click();
  await expect(page).toHaveURL(/\/conversations\/\d+\?around=(\d+)#m-\1$/);
});

test("an agent gets neither the audit log nor its file", async ({ page, loginAs }) => {
  await loginAs(page, "agent@acme.test");
  for (const path of ["/admin/audit", "/admin/audit.csv"]) {
    expect((await page.request.get(path)).status()).toBe(403);
  }
  await page.goto("/admin/audit");
  await expect(page.getByRole("heading", { name: "Audit log" })).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds no fault in the audit log, ${colorScheme} @with-javascript`, async ({
    page,
    app,
    loginAs,
  }) => {
    await loginAs(page, "admin@acme.test");
    const { mediaId } = await openFile(page, app, "document", true);
    await page.request.get(`/media/${mediaId}`);
    await page.emulateMedia({ colorScheme });
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      for (const path of ["/admin/audit", "/admin/audit?from=soon&to=2026-02-30"]) {
        await page.goto(path);
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        const fits = () => document.documentElement.scrollWidth <= window.innerWidth;
        expect(await page.evaluate(fits)).toBe(true);
      }
    }
    await expect(page.getByRole("alert")).toContainText("“From” is no date");
  });
}
