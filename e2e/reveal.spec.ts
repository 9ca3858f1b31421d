import type { FrameLocator, Locator, Page } from "@playwright/test";
import type { App } from "./app.ts";
import { expect, test } from "./fixtures.ts";
import type { MediaKind } from "./whatsapp-simulator/samples/index.ts";

const ACME_SUPPORT = "106540352242922";
const FAILED = "Failed to load. Tap to retry.";
const kinds = [
  { kind: "photo", title: "Photo", element: "img" },
  { kind: "sticker", title: "Sticker", element: "img" },
  { kind: "video", title: "Video", element: "video" },
  { kind: "voice", title: "Voice message", element: "audio" },
  { kind: "document", title: "Document", element: "a.download" },
] as const;

let sender = 15550107000;

/** A message from somebody new, open in the agent's browser, with nothing fetched so far. */
async function openConversation(page: Page, app: App, kind: MediaKind, hydrated: boolean) {
  const from = `${++sender}`;
  const name = `Sender ${from}`;
  const { mediaId } = await app.simulator.sendMessage({ kind, to: ACME_SUPPORT, from, name });
  if (!mediaId) throw new Error("The phone sent no file.");
  app.simulator.requests.clear();
  await page.goto("/conversations");
  await page.getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  if (hydrated) await waitForScript(page);
  return { mediaId, name };
}

/** Until React has taken over the tile: a tap before that follows the plain link. */
function waitForScript(page: Page) {
  return page.waitForFunction(() =>
    Object.keys(document.querySelector("a.tile") ?? {}).some((key) =>
      key.startsWith("__reactProps"),
    ),
  );
}

/** Where the tile lives: in the page, or without JavaScript in its own frame. */
function placeOf(page: Page, title: string, scripted: boolean) {
  return !scripted ? page.frameLocator(`iframe[title^="${title} from"]`) : page.locator(".media");
}

const tapTile = (place: FrameLocator | Locator) =>
  place.locator("a.tile").click({ noWaitAfter: true });

/** Whether the browser has really decoded the file. */
async function expectShown(place: FrameLocator | Locator, element: string) {
  const media = place.locator(element);
  await expect(media).toBeVisible();
  if (element === "img") {
    await expect
      .poll(() => media.evaluate((img: HTMLImageElement) => img.naturalWidth))
      .toBeGreaterThan(0);
  } else if (element !== "a.download") {
    await expect
      .poll(() => media.evaluate((av: HTMLMediaElement) => av.duration))
      .toBeGreaterThan(1);
  }
}

test.beforeEach(({ page, loginAs }) => loginAs(page, "agent@acme.test"));

for (const { kind, title, element } of kinds) {
  test.describe(kind, () => {
    test("is a tile that fetches nothing until it is tapped", async ({ page, app, scripted }) => {
      await openConversation(page, app, kind, scripted);
      await page.waitForLoadState("networkidle");
      expect(app.simulator.requests.list()).toEqual([]);
      await expect(page.getByText(FAILED)).toHaveCount(0);
    });

    test("is revealed by a tap, and fetched afresh by the next", async ({
      page,
      app,
      scripted,
    }) => {
      await openConversation(page, app, kind, scripted);
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

    test("says when WhatsApp no longer has it, and a tap tries again", async ({
      page,
      app,
      scripted,
    }) => {
      const { mediaId } = await openConversation(page, app, kind, scripted);
      app.simulator.faults.add({ on: "lookup", kind: "gone", mediaId });
      const place = placeOf(page, title, scripted);
      await tapTile(place);
      await expect(place.getByRole("alert")).toContainText(FAILED);
      await expect(place.getByRole("alert")).toContainText("no longer has this file");
      app.simulator.faults.clear();
      await tapTile(place);
      await expectShown(place, element);
    });
  });
}

test("a spinner shows while WhatsApp thinks", async ({ page, app, scripted }) => {
  const { mediaId } = await openConversation(page, app, "photo", scripted);
  app.simulator.faults.add({ on: "lookup", kind: "slow", ms: 1_500, mediaId });
  const place = placeOf(page, "Photo", scripted);
  await tapTile(place);
  await expect(place.getByRole("progressbar")).toBeVisible();
  await expectShown(place, "img");
  await expect(place.getByRole("progressbar")).toBeHidden();
});

test("a document is saved under the name it was sent with", async ({ page, app, scripted }) => {
  await openConversation(page, app, "document", scripted);
  const place = placeOf(page, "Document", scripted);
  const saved = page.waitForEvent("download");
  await tapTile(place);
  // Without JavaScript the tap asks WhatsApp, and the link that comes saves the file.
  if (!scripted) await place.locator("a.download").click();
  expect((await saved).suggestedFilename()).toBe("document.pdf");
});

test("a picture that breaks on the way says so @with-javascript", async ({ page, app }) => {
  const { mediaId } = await openConversation(page, app, "photo", true);
  app.simulator.faults.add({ on: "download", kind: "wrongHash", mediaId });
  await tapTile(page.locator(".media"));
  await expect(page.getByRole("alert")).toContainText(FAILED);
});

test("the plain link reveals where the script never arrives @with-javascript", async ({
  page,
  app,
}) => {
  await page.route("**/assets/*.js", (route) => route.abort());
  const { mediaId } = await openConversation(page, app, "photo", false);
  await page.getByRole("link", { name: /Tap to view/ }).click();
  await expect(page).toHaveURL(/\?reveal=\d+&t=\d+#m-\d+$/);
  await expectShown(page.locator(".media"), "img");

  app.simulator.faults.add({ on: "download", kind: "gone", mediaId });
  app.simulator.faults.add({ on: "lookup", kind: "gone", mediaId });
  // The remembered address has gone stale: the picture itself notices.
  await page.getByRole("link", { name: "Reload" }).click();
  await page.reload();
  await expect(page.getByRole("alert")).toContainText(FAILED);
});

test("a view opened on its own leads back to the conversation", async ({ page, app }) => {
  const { mediaId, name } = await openConversation(page, app, "photo", false);
  await page.goto(`/media/${mediaId}/view`);
  await expectShown(page.locator("body"), "img");
  await page.getByRole("link", { name: "Back to the conversation" }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
});
