import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";
import type { MediaKind } from "#simulator/samples/index.ts";
import type { App } from "#tests/support/app/app.ts";

export const FAILED = "Failed to load. Tap to retry.";

const ACME_SUPPORT = "106540352242922";

/** Where a tile lives: in the page, or without JavaScript in its own frame. */
export type Place = FrameLocator | Locator;

export const kinds = [
  { kind: "photo", title: "Photo", element: "img" },
  { kind: "sticker", title: "Sticker", element: "img" },
  { kind: "video", title: "Video", element: "video" },
  { kind: "voice", title: "Voice message", element: "audio" },
  { kind: "document", title: "Document", element: "a.download" },
] as const;

let sender = 15550107000;

/** A message with a file from somebody new. Nothing of it is in the simulator's request log. */
export async function sendFile(app: App, kind: MediaKind, to = ACME_SUPPORT) {
  const from = `${++sender}`;
  const name = `Sender ${from}`;
  const { mediaId } = await app.simulator.sendMessage({ kind, to, from, name });
  if (!mediaId) throw new Error("The phone sent no file.");
  app.simulator.requests.clear();
  return { mediaId, from, name };
}

/** A file from somebody new, open in the browser as a tile, with nothing fetched so far. */
export async function openFile(
  page: Page,
  app: App,
  kind: MediaKind,
  hydrated: boolean,
  to = ACME_SUPPORT,
) {
  const sent = await sendFile(app, kind, to);
  await openConversation(page, sent.name, hydrated);
  return sent;
}

/** Opens a person's conversation, as far as it can be tapped. */
export async function openConversation(page: Page, name: string, hydrated: boolean) {
  await page.goto("/conversations");
  await page.getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  if (hydrated) await waitForScript(page);
}

/** Until React has taken over the tile: a tap before that follows the plain link. */
export function waitForScript(page: Page) {
  return page.waitForFunction(() =>
    Object.keys(document.querySelector("a.tile") ?? {}).some((key) =>
      key.startsWith("__reactProps"),
    ),
  );
}

/** @param title what the file is called: Photo, Voice message */
export function placeOf(page: Page, title: string, scripted: boolean): Place {
  return scripted ? page.locator(".media") : page.frameLocator(`iframe[title^="${title} from"]`);
}

export function tapTile(place: Place) {
  return place.locator("a.tile").click({ noWaitAfter: true });
}

/** Whether the browser has really decoded the file. */
export async function expectShown(place: Place, element: string) {
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
