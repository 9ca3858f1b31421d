import type { Page } from "@playwright/test";
import { expect, test } from "#e2e/testing/fixtures.ts";
import { samples } from "#simulator/samples/index.ts";
import type { App } from "#tests/support/app/app.ts";

const ACME_SUPPORT = "106540352242922";

let count = 0;

test.beforeEach(({ page, loginAs }) => loginAs(page, "agent@acme.test"));

/** A conversation with somebody new, open in the browser. */
async function openConversation(page: Page, app: App, scripted: boolean) {
  const from = String(15550106000 + ++count);
  const name = `Writer ${from}`;
  await app.simulator.sendMessage({ kind: "text", text: "Hi", to: ACME_SUPPORT, from, name });
  await page.goto("/conversations");
  await page.getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  if (scripted) await waitForScript(page);
  app.simulator.requests.clear();
  return { from, name };
}

/** Until React has taken over the composer. */
function waitForScript(page: Page) {
  return page.waitForFunction(() =>
    Object.keys(document.querySelector("#composer textarea") ?? {}).some((key) =>
      key.startsWith("__reactProps"),
    ),
  );
}

const sends = (app: App) =>
  app.simulator.requests
    .list()
    .filter(({ role, message }) => role === "send" && (message as { type?: string }).type);
const write = (page: Page, text: string) =>
  page.getByRole("textbox", { name: "Message" }).fill(text);
const send = (page: Page) => page.getByRole("button", { name: "Send", exact: true }).click();
const bubble = (page: Page, text: string) =>
  page.getByRole("article").filter({ hasText: text }).last();

test("a reply reaches the customer once, and how far it got comes by itself", async ({
  page,
  app,
  scripted,
}) => {
  await openConversation(page, app, scripted);
  await expect(page.getByText(/^You can reply until/)).toBeVisible();
  await write(page, "Hello from us");
  await send(page);
  await expect(bubble(page, "Hello from us")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("");
  expect(sends(app)).toMatchObject([{ message: { text: { body: "Hello from us" } } }]);
  await app.simulator.statusesDelivered();
  await page.reload();
  await expect(bubble(page, "Hello from us")).toContainText("Delivered");
  expect(sends(app)).toHaveLength(1);
});

test("a photo passes to the customer with its words, and is a tile", async ({
  page,
  app,
  scripted,
}) => {
  await openConversation(page, app, scripted);
  await write(page, "The receipt");
  const photo = { name: "receipt.jpg", mimeType: "image/jpeg", buffer: samples.photo.bytes };
  await page.getByLabel("Attach a file").setInputFiles(photo);
  await send(page);
  await expect(bubble(page, "The receipt")).toBeVisible();
  const upload = app.simulator.requests.list().find(({ role }) => role === "upload");
  expect(upload?.file).toMatchObject({ mimeType: "image/jpeg", size: samples.photo.bytes.length });
  expect(sends(app)).toMatchObject([{ message: { type: "image" } }]);
});

test("a refused message says why, and goes out when it is sent again", async ({
  page,
  app,
  scripted,
}) => {
  const { from: recipient } = await openConversation(page, app, scripted);
  app.simulator.faults.add({ on: "send", kind: "refuse", code: 131056, times: 1, recipient });
  await write(page, "Too soon");
  await send(page);
  await expect(bubble(page, "Too soon")).toContainText("Too many messages went to this customer");
  await page.getByRole("button", { name: "Send again" }).click();
  await expect(page.getByRole("button", { name: "Send again" })).toHaveCount(0);
  await expect(bubble(page, "Too soon")).not.toContainText("Too many messages");
  expect(sends(app)).toHaveLength(2);
});

test("what can't be sent comes back with the words, and with what they answer", async ({
  page,
  app,
  scripted,
}) => {
  await openConversation(page, app, scripted);
  const id = await page.locator("[id^=m-]").last().getAttribute("id");
  await page.goto(`${new URL(page.url()).pathname}?reply=${id?.slice(2)}`);
  if (scripted) await waitForScript(page);
  await write(page, "x".repeat(4097));
  await send(page);
  await expect(page.getByRole("alert")).toContainText("1 character too long");
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("x".repeat(4097));
  await expect(page.getByRole("link", { name: "Cancel the quote" })).toBeVisible();
  await write(page, "Short");
  await send(page);
  await expect(bubble(page, "Short")).toContainText("In answer to");
  await expect(page.getByRole("alert")).toHaveCount(0);
});
