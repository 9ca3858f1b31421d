import type { BrowserContextOptions, Page } from "@playwright/test";
import { signInAs } from "#e2e/testing/sign-in.ts";
import type { WithoutHop } from "#simulator/faults/kinds/definition.ts";
import type { LookupFaultInput } from "#simulator/faults/lookup.ts";
import type { App } from "#tests/support/app/app.ts";
import { waitForScript } from "#tests/support/tiles.ts";
import { CARE, SALES, SUPPORT } from "./screenshot-story.ts";

const AGENT = "agent@acme.test";
const ADMIN = "admin@acme.test";
const SCREEN = { viewport: { width: 360, height: 640 } };

interface TileState {
  name: string;
  /** Default Acme Support, seen by its agent. */
  to?: string;
  viewer?: string;
  fault?: WithoutHop<LookupFaultInput>;
  /** What stands in the tile after the tap; without it nobody taps. */
  shows?: "progressbar" | "img" | "alert";
  /** Who taps instead of the viewer, as if the viewer's rights had been taken away meanwhile. */
  tappedBy?: string;
}

const states: TileState[] = [
  { name: "waiting" },
  { name: "loading", fault: { kind: "never" }, shows: "progressbar" },
  { name: "shown", shows: "img" },
  { name: "failed", fault: { kind: "serverError" }, shows: "alert" },
  { name: "gone", fault: { kind: "gone" }, shows: "alert" },
  { name: "forbidden", to: SALES, viewer: ADMIN, tappedBy: AGENT, shows: "alert" },
  { name: "expired", to: CARE, viewer: "agent@globex.test" },
];

/** Writes docs/pictures/tile-STATE.png for each state of a photo's tile. @param open a page of that person */
export async function pictureTiles(
  app: App,
  open: (email: string, options: BrowserContextOptions) => Promise<Page>,
): Promise<void> {
  let from = 15550107500;
  for (const { name, to = SUPPORT, viewer = AGENT, fault, shows, tappedBy } of states) {
    from += 1;
    const customer = { to, from: `${from}`, name: `Customer ${from}` };
    const { mediaId } = await app.simulator.sendMessage({ ...customer, kind: "photo" });
    if (fault) {
      const own = { ...fault, on: "lookup", mediaId: mediaId ?? "" };
      app.simulator.faults.add(own as LookupFaultInput);
    }
    const page = await open(viewer, SCREEN);
    if (tappedBy) {
      // Else the page is told at once that it is no longer theirs, and goes before its picture.
      await page.route("**/events", (route) => route.abort());
      await page.reload();
    }
    await openConversation(page, customer.name);
    if (tappedBy) await signInAs(page, app, tappedBy);
    if (shows) await tap(page, shows);
    await page
      .locator(".media")
      .first()
      .screenshot({ path: `docs/pictures/tile-${name}.png` });
    await page.context().close();
  }
}

/** Opens a customer's conversation, and waits until a tap works in place. */
export async function openConversation(page: Page, name: string): Promise<void> {
  await page.locator('a[href*="/conversations/"]', { hasText: name }).click();
  await page.locator(".media").first().waitFor();
  await waitForScript(page);
}

/** Taps the first tile, until that stands in it; and leaves it alone then, as a finger does. */
export async function tap(page: Page, shows: "progressbar" | "img" | "alert"): Promise<void> {
  const media = page.locator(".media").first();
  await media.locator("a.tile").first().click({ noWaitAfter: true });
  const shown = media.getByRole(shows).first();
  await shown.waitFor();
  if (shows === "img") await shown.evaluate((image: HTMLImageElement) => image.decode());
  await page.mouse.move(0, 0);
}
