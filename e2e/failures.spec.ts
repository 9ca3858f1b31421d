import type { Page } from "@playwright/test";
import { failureNotices } from "#app/media/file/failure.ts";
import { expect, test } from "#e2e/testing/fixtures.ts";
import {
  expectShown,
  FAILED,
  openFile,
  type Place,
  placeOf,
  tapTile,
} from "#tests/support/tiles.ts";

const ACME = { to: "106540352242922", agent: "agent@acme.test" };
/** A number of its own for what is remembered of a number: nobody else's files wait for it. */
const GLOBEX = { to: "206540352242922", agent: "agent@globex.test" };

const cases = [
  { kind: "gone", fault: { on: "lookup", kind: "gone" }, ...ACME },
  { kind: "refused", fault: { on: "lookup", kind: "permission" }, ...ACME },
  {
    kind: "throttled",
    fault: { on: "lookup", kind: "throttle", retryAfterSeconds: 1 },
    ...GLOBEX,
  },
] as const;

/** The page that the tile's plain link leads to. */
async function followPlainLink(page: Page) {
  const href = await page.locator(".page-link > a.tile").getAttribute("href");
  await page.goto(new URL(href ?? "", page.url()).href);
}

test.afterEach(({ app }) => app.simulator.faults.clear());

for (const { kind, fault, to, agent } of cases) {
  const { status, message, retryable } = failureNotices[kind];

  test(`the failure "${kind}" reads the same in its tile, behind the plain link and to programs`, async ({
    page,
    app,
    loginAs,
    scripted,
  }) => {
    await loginAs(page, agent);
    const { mediaId } = await openFile(page, app, "photo", scripted, to);
    app.simulator.faults.add({ ...fault, mediaId });
    const place = placeOf(page, "Photo", scripted);
    await tapTile(place);
    await expectFailure(place);
    await followPlainLink(page);
    await expectFailure(place);
    const answer = await page.request.get(`/media/${mediaId}?t=1`);
    expect(answer.status()).toBe(status);
    expect(await answer.json()).toMatchObject({ kind, title: message, retryable });
  });

  async function expectFailure(place: Place) {
    const tile = place.locator("a.tile");
    await expect(tile).toContainText(message);
    await expect(tile.getByText(FAILED)).toHaveCount(retryable ? 1 : 0);
  }
}

for (const [title, fault] of [
  ["fails", { on: "download", kind: "serverError" }],
  ["alters on the way", { on: "download", kind: "wrongHash" }],
] as const) {
  test(`a download that WhatsApp ${title} says why, and a tap tries again`, async ({
    page,
    app,
    loginAs,
    scripted,
  }) => {
    await loginAs(page, ACME.agent);
    const { mediaId } = await openFile(page, app, "photo", scripted);
    app.simulator.faults.add({ ...fault, mediaId });
    const place = placeOf(page, "Photo", scripted);
    const tile = place.locator("a.tile");
    await tapTile(place);
    for (const way of ["in place", "behind the plain link"]) {
      await test.step(way, async () => {
        await expect(tile).toContainText(FAILED);
        await expect(tile).toContainText(failureNotices.upstream.message);
      });
      if (way === "in place") await followPlainLink(page);
    }
    app.simulator.faults.clear();
    await tapTile(place);
    await expectShown(place, "img");
  });
}
