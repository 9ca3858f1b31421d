import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "#e2e/testing/fixtures.ts";
import type { App } from "#tests/support/app/app.ts";
import { expectShown, openConversation, tapTile } from "#tests/support/tiles.ts";

const ACME_SUPPORT = "106540352242922";

test.beforeEach(({ page, loginAs }) => loginAs(page, "agent@acme.test"));

/** Messages of one customer in one webhook, by default a minute apart, the last of them just now,
 * so that the conversation leads the list whatever else the inbox holds. */
async function send(app: App, from: string, messages: object[], secondsApart = 60) {
  const name = `Customer ${from}`;
  const start = Math.floor(Date.now() / 1000) - (messages.length - 1) * secondsApart;
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "15550100001", phone_number_id: ACME_SUPPORT },
    contacts: [{ profile: { name }, wa_id: from }],
    messages: messages.map((message, index) => ({
      from,
      id: `wamid.${from}.${index}`,
      timestamp: `${start + index * secondsApart}`,
      ...message,
    })),
  };
  const entry = [{ id: "102290129340398", changes: [{ field: "messages", value }] }];
  const body = JSON.stringify({ object: "whatsapp_business_account", entry });
  expect(await app.simulator.postWebhook(body)).toMatchObject({ status: 200 });
  return { name, wamid: (index: number) => `wamid.${from}.${index}` };
}

const text = (body: string) => ({ type: "text", text: { body } });

/** Whether it can be seen within the part of the page that scrolls. */
async function expectInBox(page: Page, selector: string) {
  await expect(page.locator(selector)).toBeInViewport();
  await expect
    .poll(async () => {
      const box = await page.getByRole("region", { name: "Messages" }).boundingBox();
      const it = await page.locator(selector).boundingBox();
      return box && it && it.y >= box.y && it.y + it.height <= box.y + box.height;
    })
    .toBe(true);
}

for (const width of [360, 1280]) {
  test(`a long conversation opens where it is unread, and leads to every part of it, at ${width} px`, async ({
    page,
    app,
    scripted,
  }) => {
    await page.setViewportSize({ width, height: 640 });
    const from = `1555010${scripted ? 81 : 82}${width === 360 ? "01" : "02"}`;
    const bodies = Array.from({ length: 70 }, (_, index) => text(`Message number ${index}.`));
    const answer = { context: { from, id: `wamid.${from}.3` } };
    const messages = bodies.map((body, index) => (index === 69 ? { ...body, ...answer } : body));
    const { name } = await send(app, from, messages);
    await openConversation(page, name, false);
    const address = new URL(page.url()).pathname;
    await page.goto(`${address}#unread`);
    const thread = page.getByRole("region", { name: "Messages" });
    await expect(page.locator("#unread")).toHaveText("70 unread messages");
    await expectInBox(page, "#unread");
    await expect(thread.getByText("Message number 69.")).toHaveCount(0);
    if (scripted) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

    await page.getByRole("link", { name: "Newest" }).click();
    await expect(thread.getByText("Message number 69.")).toBeInViewport();
    await page.getByRole("link", { name: /In answer to/ }).click();
    await expect(page).toHaveURL(/\?around=(\d+)#m-\1$/);
    await expectInBox(page, `li:has-text("Message number 3.")`);
    await page.getByRole("link", { name: "Newer messages" }).click();
    await expect(page.locator("#older")).toBeInViewport();
    await page.getByRole("link", { name: "Older messages" }).click();
    await expect(thread.getByText("Message number 0.")).toHaveCount(1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}

test("pictures that came together are one album, of which each is revealed by itself", async ({
  page,
  app,
  scripted,
}) => {
  const files = await Promise.all(
    [1, 2].map(() =>
      app.simulator.sendMessage({ kind: "photo", to: ACME_SUPPORT, from: "15550108300" }),
    ),
  );
  const images = files.map(({ mediaId: id }) => ({
    type: "image",
    image: { id, mime_type: "image/jpeg", caption: `Picture ${id}` },
  }));
  const { name } = await send(app, scripted ? "15550108301" : "15550108302", images, 1);
  app.simulator.requests.clear();
  await openConversation(page, name, scripted);
  await expect(page.getByRole("article")).toHaveCount(1);
  const cells = page.locator(".album > li");
  await expect(cells).toHaveCount(2);
  expect(app.simulator.requests.list()).toEqual([]);

  const cell = cells.nth(1);
  await tapTile(scripted ? cell : cell.frameLocator("iframe"));
  await expectShown(scripted ? cell : cell.frameLocator("iframe"), "img");
  await expect(cells.nth(0).locator("img")).toHaveCount(0);

  const id = (await cell.getAttribute("id"))?.slice(2);
  await page.goto(`${new URL(page.url()).pathname}?reveal=${id}&t=1#m-${id}`);
  await expectShown(cell, "img");
  await expect(cells.nth(0).locator("img")).toHaveCount(0);
});
