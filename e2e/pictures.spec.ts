import type { Page } from "@playwright/test";
import { expect, test } from "#e2e/testing/fixtures.ts";
import type { App } from "#tests/support/app/app.ts";
import { expectShown, openConversation, openFile, placeOf, tapTile } from "#tests/support/tiles.ts";

const ACME_SUPPORT = "106540352242922";
let sender = 15550150000;

test.beforeEach(({ page, loginAs }) => loginAs(page, "agent@acme.test"));

/** Three photos from somebody new, within a minute. */
async function openAlbum(page: Page, app: App, scripted: boolean) {
  const from = String(++sender);
  const name = `Sender ${from}`;
  for (let photo = 0; photo < 3; photo++) {
    await app.simulator.sendMessage({ kind: "photo", to: ACME_SUPPORT, from, name });
  }
  app.simulator.requests.clear();
  await openConversation(page, name, scripted);
}

const downloads = (app: App) =>
  app.simulator.requests.list().filter(({ role }) => role === "download").length;

test("an album keeps its grid when one of it is revealed", async ({ page, app, scripted }) => {
  await openAlbum(page, app, scripted);
  const cells = page.locator(".album > li");
  const place = scripted ? cells.first() : cells.first().frameLocator("iframe");
  await tapTile(place);
  await expectShown(place, "img");
  const [first, second] = [await cells.first().boundingBox(), await cells.nth(1).boundingBox()];
  expect(first?.width).toBe(second?.width);
  expect(first?.y).toBe(second?.y);
  expect(downloads(app)).toBe(1);
});

test("an album is shown at once, each of its pictures by a fetch", async ({
  page,
  app,
  scripted,
}) => {
  await openAlbum(page, app, scripted);
  await page.getByRole("link", { name: "Show all" }).click();
  const cells = page.locator(".album > li");
  for (const index of [0, 1, 2]) {
    const place = scripted ? cells.nth(index) : cells.nth(index).frameLocator("iframe");
    await expectShown(place, "img");
  }
  expect(downloads(app)).toBe(3);
});

test("a picture is enlarged over the page without another fetch, and Esc leads back @with-javascript", async ({
  page,
  app,
}) => {
  await openAlbum(page, app, true);
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(page.getByRole("link", { name: "Enlarge" })).toHaveCount(3);
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  const link = page.getByRole("link", { name: "Enlarge" }).first();
  await link.click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  const drawn = () =>
    dialog.locator("canvas").evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext("2d")?.getImageData(5, 5, 1, 1) ?? { data: [] };
      return data[3];
    });
  expect(await drawn()).toBe(255);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await dialog.getByRole("button", { name: "Next" }).click();
  expect(await drawn()).toBe(255);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(link).toBeFocused();
  expect(downloads(app)).toBe(3);
});

test("a picture is enlarged on a page of its own, and the way back keeps the place @without-javascript", async ({
  page,
  app,
}) => {
  const { mediaId } = await openFile(page, app, "photo", false);
  const place = placeOf(page, "Photo", false);
  await tapTile(place);
  await place.getByRole("link", { name: "Enlarge" }).click();
  await expect(page).toHaveURL(new RegExp(`/media/${mediaId}/view\\?t=\\d+&large$`));
  await expectShown(page.locator("body"), "img");
  await page.getByRole("link", { name: "Back to the conversation" }).click();
  await expect(page).toHaveURL(/\/conversations\/\d+\?around=\d+&reveal=\d+&t=\d+#m-\d+$/);
  await expectShown(page.locator(".media"), "img");
});

test("a portrait has its own shape @with-javascript", async ({ page, app }) => {
  await openFile(page, app, "photo", true);
  const place = placeOf(page, "Photo", true);
  await tapTile(place);
  await expectShown(place, "img");
  const shape = await place.locator("img").evaluate((img: HTMLImageElement) => {
    const { width, height } = img.getBoundingClientRect();
    return { drawn: width / height, own: img.naturalWidth / img.naturalHeight };
  });
  expect(shape.drawn).toBeCloseTo(shape.own, 1);
});

test("a voice note plays with the tap that reveals it", async ({ page, app, scripted }) => {
  await openFile(page, app, "voice", scripted);
  const place = placeOf(page, "Voice message", scripted);
  await tapTile(place);
  const time = () =>
    place.locator("audio").evaluate((audio: HTMLAudioElement) => audio.currentTime);
  await expect.poll(time).toBeGreaterThan(0);
});
