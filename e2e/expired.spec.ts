import { test as base, expect } from "#e2e/testing/fixtures.ts";
import { keepNothing } from "#e2e/testing/retention.ts";
import { type App, startApp } from "#tests/support/app/app.ts";
import { copySeededFolder } from "#tests/support/app/seed.ts";
import { removeTemporaryFolder, temporaryFolder } from "#tests/support/app/temporary-folder.ts";
import { expectShown, openFile, placeOf, tapTile } from "#tests/support/tiles.ts";

const ACME_SUPPORT = "106540352242922";

/** An app for whose first number every file has expired when it arrives. */
const test = base.extend<object, { app: App }>({
  app: [
    async ({ browserName: _ }, use) => {
      const dataDir = temporaryFolder();
      await copySeededFolder(dataDir);
      await keepNothing(dataDir, ACME_SUPPORT);
      const app = await startApp({ dataDir, seed: false });
      await use(app);
      await app.stop();
      removeTemporaryFolder(dataDir);
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

test.beforeEach(({ page, loginAs }) => loginAs(page, "agent@acme.test"));

for (const { kind, title, element } of [
  { kind: "photo", title: "Photo", element: "img" },
  { kind: "document", title: "Document", element: "a.download" },
] as const) {
  test(`F28 the tile of an expired ${kind} says so, and WhatsApp is asked when the person tries anyway`, async ({
    page,
    app,
    scripted,
  }) => {
    await openFile(page, app, kind, scripted);
    const place = placeOf(page, title, scripted);
    await expect(place.locator("a.tile")).toContainText(/Expired at WhatsApp\s*Try anyway/);
    await expect(place.locator("a.tile")).not.toContainText("Tap to view");
    await page.waitForLoadState("networkidle");
    expect(app.simulator.requests.list()).toEqual([]);

    await tapTile(place);
    await expectShown(place, element);
    const first = () => app.simulator.requests.list()[0];
    await expect.poll(first).toMatchObject({ role: "lookup", status: 200 });
  });
}

test("F28 an expired file that WhatsApp has deleted is said to be gone, once the person tried", async ({
  page,
  app,
  scripted,
}) => {
  const { mediaId } = await openFile(page, app, "photo", scripted);
  app.simulator.faults.add({ on: "lookup", kind: "gone", mediaId });
  const place = placeOf(page, "Photo", scripted);
  await tapTile(place);
  await expect(place.getByRole("alert")).toContainText("WhatsApp no longer has this file.");
  await place.getByRole("link", { name: "Ask to send it again" }).click();
  await expect(page).toHaveURL(/\/conversations\/\d+\?reply=\d+&ask=1#composer$/);
});
