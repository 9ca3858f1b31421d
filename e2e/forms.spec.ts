import type { Page } from "@playwright/test";
import { expect, test } from "#e2e/testing/fixtures.ts";
import type { App } from "#tests/support/app/app.ts";
import { expectShown, FAILED, openConversation, tapTile } from "#tests/support/tiles.ts";

const ACME_SUPPORT = "106540352242922";
let sender = 15550108000;

test.beforeEach(({ page, loginAs }) => loginAs(page, "agent@acme.test"));

/** A form that somebody new has filled in, with a photo and papers. */
async function sendForm(app: App) {
  const from = `${++sender}`;
  const name = `Sender ${from}`;
  const { mediaId } = await app.simulator.sendMessage({
    kind: "form",
    to: ACME_SUPPORT,
    from,
    name,
  });
  app.simulator.requests.clear();
  return { name, mediaId: mediaId ?? "" };
}

/** One of the form's files. */
function placeIn(page: Page, title: "Photo" | "Document", scripted: boolean) {
  return scripted
    ? page.locator(`.media-${title === "Photo" ? "image" : "document"}`)
    : page.frameLocator(`iframe[title^="${title} from"]`);
}

test("F106 a form's files are tiles among its answers, each revealed by itself", async ({
  page,
  app,
  scripted,
}) => {
  const { name } = await sendForm(app);
  await openConversation(page, name, scripted);
  const bubble = page.getByRole("article");
  await expect(bubble).toContainText("Damage photos");
  await expect(bubble).toContainText("AB 123");
  await expect(bubble).not.toContainText("sha256");
  expect(app.simulator.requests.list()).toEqual([]);

  const photo = placeIn(page, "Photo", scripted);
  const papers = placeIn(page, "Document", scripted);
  await tapTile(photo);
  await expectShown(photo, "img");
  await expect(papers.locator("a.tile")).toBeVisible();
  const saved = page.waitForEvent("download");
  await tapTile(papers);
  if (!scripted) await papers.locator("a.download").click();
  expect((await saved).suggestedFilename()).toBe("document.pdf");
});

test("a form's file that WhatsApp fails to send says so, and a tap tries again", async ({
  page,
  app,
  scripted,
}) => {
  const { name, mediaId } = await sendForm(app);
  await openConversation(page, name, scripted);
  app.simulator.faults.add({ on: "lookup", kind: "serverError", mediaId });
  const photo = placeIn(page, "Photo", scripted);
  await tapTile(photo);
  await expect(photo.getByRole("alert")).toContainText(FAILED);
  app.simulator.faults.clear();
  await tapTile(photo);
  await expectShown(photo, "img");
});

test("the plain link reveals the one file that was tapped @with-javascript", async ({
  page,
  app,
}) => {
  await page.route("**/assets/*.js", (route) => route.abort());
  const { name, mediaId } = await sendForm(app);
  await openConversation(page, name, false);
  await page.getByRole("link", { name: /photo\.jpg.*Tap to view/ }).click();
  await expect(page).toHaveURL(new RegExp(`\\?reveal=(\\d+)&file=${mediaId}&t=\\d+#m-\\1-1$`));
  await expectShown(page.locator(".media-image"), "img");
  await expect(page.locator(".media-document a.tile")).toBeVisible();
  await expect(page.locator(".media-document a.download")).toHaveCount(0);
});

test("F106 a form's files are listed until somebody opens them", async ({
  page,
  app,
  scripted,
}) => {
  const { name } = await sendForm(app);
  await page.goto("/expiring");
  const lines = page.getByRole("listitem").filter({ hasText: name });
  await expect(lines).toHaveText([/Photo: photo\.jpg/, /Document: document\.pdf/]);
  await lines.first().getByRole("link").click();
  await expect(page).toHaveURL(/\/conversations\/\d+\?around=(\d+)#m-\1-1$/);

  await openConversation(page, name, scripted);
  const photo = placeIn(page, "Photo", scripted);
  await tapTile(photo);
  await expectShown(photo, "img");
  await expect
    .poll(async () => {
      await page.goto("/expiring");
      return lines.allTextContents();
    })
    .toEqual([expect.stringContaining("Document: document.pdf")]);
});
