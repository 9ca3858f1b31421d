import { expect, test } from "#e2e/testing/fixtures.ts";
import { expectShown, FAILED, kinds, openFile, placeOf, tapTile } from "#tests/support/tiles.ts";

test.beforeEach(({ page, loginAs }) => loginAs(page, "agent@acme.test"));

for (const { kind, title, element } of kinds) {
  test.describe(kind, () => {
    test("is a tile that fetches nothing until it is tapped", async ({ page, app, scripted }) => {
      await openFile(page, app, kind, scripted);
      await page.waitForLoadState("networkidle");
      expect(app.simulator.requests.list()).toEqual([]);
      await expect(page.getByText(FAILED)).toHaveCount(0);
    });

    test("is revealed by a tap, and fetched afresh by the next", async ({
      page,
      app,
      scripted,
    }) => {
      await openFile(page, app, kind, scripted);
      const place = placeOf(page, title, scripted);
      await tapTile(place);
      await expectShown(place, element);
      const source = element === "a.download" ? "href" : "src";
      const first = await place.locator(element).getAttribute(source);
      expect(first).toMatch(/^\/media\/\d+\?t=\d+$/);
      await place.getByRole("link", { name: "Reload" }).click({ noWaitAfter: true });
      await expect(place.locator(element)).not.toHaveAttribute(source, first ?? "");
      await expectShown(place, element);
    });

    test("says when WhatsApp fails, and a tap tries again", async ({ page, app, scripted }) => {
      const { mediaId } = await openFile(page, app, kind, scripted);
      app.simulator.faults.add({ on: "lookup", kind: "serverError", mediaId });
      const place = placeOf(page, title, scripted);
      await tapTile(place);
      await expect(place.getByRole("alert")).toContainText(FAILED);
      await expect(place.getByRole("alert")).toContainText("WhatsApp failed to deliver this file.");
      app.simulator.faults.clear();
      await tapTile(place);
      await expectShown(place, element);
    });
  });
}

test("a spinner shows while WhatsApp thinks @with-javascript", async ({ page, app }) => {
  await openFile(page, app, "photo", true);
  let answer = () => {};
  const thinking = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("/media/*", async (route) => {
    await thinking;
    await route.continue();
  });
  const place = placeOf(page, "Photo", true);
  await tapTile(place);
  await expect(place.getByRole("progressbar")).toBeVisible();
  answer();
  await expectShown(place, "img");
  await expect(place.getByRole("progressbar")).toBeHidden();
});

test("a spinner shows while the page of a file waits for WhatsApp @without-javascript", async ({
  page,
  app,
}) => {
  const { mediaId } = await openFile(page, app, "photo", false);
  const place = placeOf(page, "Photo", false);
  // Answered before the app's deadline of ten seconds, and long enough to be seen.
  app.simulator.faults.add({ on: "lookup", kind: "slow", ms: 5_000, mediaId });
  await tapTile(place);
  await expect(place.getByRole("progressbar")).toBeVisible();
  await expectShown(place, "img");
  await expect(place.getByRole("progressbar")).toBeHidden();
});

test("a document is saved under the name it was sent with", async ({ page, app, scripted }) => {
  await openFile(page, app, "document", scripted);
  const place = placeOf(page, "Document", scripted);
  const saved = page.waitForEvent("download");
  await tapTile(place);
  // Without JavaScript the tap asks WhatsApp, and the link that comes saves the file.
  if (!scripted) await place.locator("a.download").click();
  expect((await saved).suggestedFilename()).toBe("document.pdf");
});

test("a picture that breaks on the way says so @with-javascript", async ({ page, app }) => {
  const { mediaId } = await openFile(page, app, "photo", true);
  app.simulator.faults.add({ on: "download", kind: "wrongHash", mediaId });
  await tapTile(page.locator(".media"));
  await expect(page.getByRole("alert")).toContainText(FAILED);
});

test("a portrait has a portrait's room, and its time stays in sight @with-javascript", async ({
  page,
  app,
}) => {
  await openFile(page, app, "photo", true);
  await page.route("/media/*", (route) =>
    route.fulfill({
      contentType: "image/svg+xml",
      body: '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="1200"/>',
    }),
  );
  const place = placeOf(page, "Photo", true);
  const meta = page.locator(".bubble .meta");
  await tapTile(place);
  await expectShown(place, "img");
  await expect(place.getByRole("progressbar")).toBeHidden();
  const picture = await place.locator("img").boundingBox();
  expect(picture?.height).toBeGreaterThan(350);
  await expect(meta).toBeInViewport();
});

test("the plain link reveals where the script never arrives @with-javascript", async ({
  page,
  app,
}) => {
  await page.route("**/assets/*.js", (route) => route.abort());
  const { mediaId } = await openFile(page, app, "photo", false);
  await page.getByRole("link", { name: /Tap to view/ }).click();
  await expect(page).toHaveURL(/\?reveal=\d+&t=\d+#m-\d+$/);
  await expectShown(page.locator(".media"), "img");

  app.simulator.faults.add({ on: "download", kind: "gone", mediaId });
  app.simulator.faults.add({ on: "lookup", kind: "gone", mediaId });
  // The remembered address has gone stale: the picture itself notices.
  await page.getByRole("link", { name: "Reload" }).click();
  await page.reload();
  await expect(page.getByRole("alert")).toContainText("WhatsApp no longer has this file.");
});

test("a view opened on its own leads back to the conversation", async ({ page, app }) => {
  const { mediaId, name } = await openFile(page, app, "photo", false);
  await page.goto(`/media/${mediaId}/view`);
  await expectShown(page.locator("body"), "img");
  await page.getByRole("link", { name: "Back to the conversation" }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
});
