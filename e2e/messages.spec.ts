import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "#e2e/testing/fixtures.ts";
import type { App } from "#tests/support/app/app.ts";

const ACME_SUPPORT = "106540352242922";
const OUR_NUMBER = "15550100001";

let count = 0;

/** Somebody new, and what their phone and ours send, in the order of the calls. */
function newCustomer(app: App) {
  const from = String(15550108500 + ++count);
  const name = `Customer ${from}`;
  let second = Math.floor(Date.now() / 1000) - 60;

  async function post(field: string, value: object) {
    const metadata = { display_phone_number: OUR_NUMBER, phone_number_id: ACME_SUPPORT };
    const whole = { messaging_product: "whatsapp", metadata, ...value };
    const entry = [{ id: "102290129340398", changes: [{ field, value: whole }] }];
    const body = JSON.stringify({ object: "whatsapp_business_account", entry });
    expect(await app.simulator.postWebhook(body)).toMatchObject({ status: 200 });
  }

  const newMessage = (type: string, content: object | undefined, fields: object) => {
    const id = `wamid.${from}.${++second}`;
    return { id, timestamp: `${second}`, type, ...(content && { [type]: content }), ...fields };
  };

  return {
    from,
    name,
    /** @returns the message's id */
    async sends(type: string, content?: object, fields: object = {}) {
      const message = { from, ...newMessage(type, content, fields) };
      const contacts = [{ profile: { name }, wa_id: message.from }];
      await post("messages", { contacts, messages: [message] });
      return message.id;
    },
    /** From the WhatsApp Business app on our own phone. @returns the message's id */
    async hears(type: string, content: object, fields: object = {}) {
      const message = { from: OUR_NUMBER, to: from, ...newMessage(type, content, fields) };
      await post("smb_message_echoes", { message_echoes: [message] });
      return message.id;
    },
    async status(id: string, status: string, fields: object = {}) {
      const timestamp = `${++second}`;
      await post("messages", {
        statuses: [{ id, status, timestamp, recipient_id: from, ...fields }],
      });
    },
  };
}

async function open(page: Page, name: string) {
  // Other specs may have filled the list's first page.
  await page.goto(`/conversations?${new URLSearchParams({ q: name })}`);
  await page.getByRole("link", { name }).first().click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
}

const bubble = (page: Page, index: number) => page.getByRole("article").nth(index);

test.beforeEach(({ page, loginAs }) => loginAs(page, "agent@acme.test"));

test("a location, contacts, an order and an answer are shown", async ({ page, app }) => {
  const customer = newCustomer(app);
  await customer.sends("location", {
    latitude: 37.5,
    longitude: -122.25,
    name: "Harbour",
    url: "javascript:alert(1)",
  });
  await customer.sends("contacts", [
    { name: { formatted_name: "Lucía Gómez" }, phones: [{ phone: "+1 (555) 010-2319" }] },
  ]);
  await customer.sends("order", {
    product_items: [
      { product_retailer_id: "breakfast", quantity: 2, item_price: 12.5, currency: "EUR" },
    ],
  });
  await customer.sends("interactive", { type: "list_reply", list_reply: { title: "Sea view" } });
  await customer.sends("hologram", { anything: true });
  await open(page, customer.name);
  await expect(bubble(page, 0).locator("a.link")).toHaveAttribute(
    "href",
    "geo:37.500000,-122.250000",
  );
  await expect(bubble(page, 1).locator("a.link")).toHaveAttribute("href", "tel:+15550102319");
  await expect(bubble(page, 2)).toContainText("25.00");
  await expect(bubble(page, 3)).toContainText("Chose: Sea view");
  await expect(bubble(page, 4)).toContainText("Open WhatsApp on the phone to see it.");
});

test("F28 a file that WhatsApp couldn't deliver is explained and can't be tapped", async ({
  page,
  app,
}) => {
  const customer = newCustomer(app);
  const file = { id: "622684793470052", mime_type: "video/mp4", caption: "The whole tour" };
  const errors = [{ code: 131052, title: "Media download error" }];
  await customer.sends("video", file, { errors });
  app.simulator.requests.clear();
  await open(page, customer.name);
  await expect(bubble(page, 0)).toContainText("The whole tour");
  await expect(bubble(page, 0)).toContainText(
    /Video: WhatsApp couldn't pass on this file; 100 MB .* \(131052\)/,
  );
  await expect(bubble(page, 0)).not.toContainText("Tap to view");
  await expect(bubble(page, 0).locator("a:not(.reply), iframe, .tile")).toHaveCount(0);
  expect(app.simulator.requests.list()).toEqual([]);
});

test("an answer leads to what it answers, and a reaction stands under it until it is taken away", async ({
  page,
  app,
}) => {
  const customer = newCustomer(app);
  const question = await customer.hears("text", { body: "Which room?" });
  const context = { from: OUR_NUMBER, id: question };
  await customer.sends("text", { body: "The blue one" }, { context });
  await customer.sends("reaction", { message_id: question, emoji: "👍" });
  await open(page, customer.name);
  await expect(page.getByRole("article")).toHaveCount(2);
  await expect(page.getByRole("list", { name: "Reactions" })).toContainText("👍");
  await bubble(page, 1)
    .getByRole("link", { name: /Which room\?/ })
    .click();
  await expect(page).toHaveURL(/#m-\d+$/);
  await expect(page.locator(":target")).toContainText("Which room?");

  await customer.sends("reaction", { message_id: question });
  await page.reload();
  await expect(page.getByRole("list", { name: "Reactions" })).toHaveCount(0);
});

test("an edited message shows its new words, a deleted one none", async ({ page, app }) => {
  const customer = newCustomer(app);
  const edited = await customer.sends("text", { body: "At nine" });
  const deleted = await customer.sends("text", { body: "Never mind" });
  await customer.sends("edit", {
    original_message_id: edited,
    message: { type: "text", text: { body: "At ten" }, context: { id: "M0" } },
  });
  await customer.sends("revoke", { original_message_id: deleted });
  await open(page, customer.name);
  await expect(page.getByRole("article")).toHaveCount(2);
  await expect(bubble(page, 0)).toContainText(/At ten\s*Edited/);
  await expect(bubble(page, 1)).toContainText("This message was deleted by its sender.");
  await expect(page.getByRole("main")).not.toContainText(/At nine|Never mind/);
});

test("a group is a conversation of its own, with a name over each message", async ({
  page,
  app,
}) => {
  const ana = newCustomer(app);
  const ben = newCustomer(app);
  const group_id = Buffer.from(`group:${ana.from}`).toString("base64");
  await ana.sends("text", { body: `Who comes? ${ana.from}` }, { group_id });
  await ben.sends("text", { body: "Me" }, { group_id });
  await page.goto("/conversations");
  await page.getByRole("link", { name: "Group" }).first().click();
  await expect(bubble(page, 0)).toContainText(`${ana.name}Who comes?`);
  await expect(bubble(page, 1)).toContainText(`${ben.name}Me`);
});

test("ticks tell how far a message of ours got, and a failure what to do", async ({
  page,
  app,
}) => {
  const customer = newCustomer(app);
  const read = await customer.hears("text", { body: "Hello from the phone" });
  await customer.status(read, "read");
  await customer.status(read, "delivered");
  const failed = await customer.hears("text", { body: "Are you there?" });
  await customer.sends("text", { body: "Hello" });
  await customer.status(failed, "failed", {
    errors: [{ code: 131047, title: "Re-engagement message" }],
  });
  await open(page, customer.name);
  await expect(bubble(page, 0)).toContainText(/Hello from the phone.*Read/);
  await expect(bubble(page, 1)).toContainText("Not sent");
  await expect(bubble(page, 1)).toContainText(/24 hours.*template.*\(131047\)/);
});

test("a conversation of many types has no fault that axe finds @with-javascript", async ({
  page,
  app,
}) => {
  const customer = newCustomer(app);
  const id = await customer.sends("text", { body: "Hello" });
  const ours = await customer.hears("text", { body: "Hi" }, { context: { id } });
  await customer.status(ours, "read");
  const failed = await customer.hears("text", { body: "Still there?" });
  await customer.status(failed, "failed", { errors: [{ code: 131026, title: "Undeliverable" }] });
  await customer.sends("reaction", { message_id: ours, emoji: "👍" });
  await customer.sends("location", { latitude: 1, longitude: 2, name: "Harbour" });
  await customer.sends("contacts", [{ name: { formatted_name: "Ben" } }]);
  await customer.sends("order", { product_items: [{ quantity: 1, product_retailer_id: "room" }] });
  await customer.sends("request_welcome");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await open(page, customer.name);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  }
});
