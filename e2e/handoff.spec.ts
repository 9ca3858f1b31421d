import type { Request } from "@playwright/test";
import { HANDOFF_HEADER } from "#app/http/handoff.ts";
import { expect, test } from "#e2e/testing/fixtures.ts";
import { someone } from "#e2e/testing/someone.ts";

test.beforeEach(({ page, loginAs }) => loginAs(page, "agent@acme.test"));

const isHandoff = (request: Request) => HANDOFF_HEADER.toLowerCase() in request.headers();
const pathOf = (request: Request) => new URL(request.url()).pathname;

test("where scripts run, the first page asks for its data once, and the next brings them @with-javascript", async ({
  page,
  app,
}) => {
  const { name, says } = someone(app);
  await says("Hello.");
  const handoffs: string[] = [];
  page.on("request", (request) => {
    if (isHandoff(request)) handoffs.push(pathOf(request));
  });

  await page.goto("/conversations");
  await says("This came by itself.");
  await expect(page.getByRole("link", { name })).toContainText("This came by itself.");
  expect(handoffs).toEqual(["/conversations"]);

  await page.reload();
  await says("And so did this.");
  await expect(page.getByRole("link", { name })).toContainText("And so did this.");
  expect(handoffs).toEqual(["/conversations"]);
});

test("where none run, a page asks for nothing but its style sheet and its icon @without-javascript", async ({
  page,
  app,
}) => {
  const { name, says } = someone(app);
  await says("Hello.");
  await page.goto("/conversations", { waitUntil: "networkidle" });
  const asked = new Set<string>();
  page.on("request", (request) => asked.add(pathOf(request) + (isHandoff(request) ? " data" : "")));
  await page.getByRole("link", { name }).click();
  await page.waitForLoadState("networkidle");
  await expect(page.getByRole("article")).toHaveCount(1);
  // Without a window a browser has no place for it, and may not ask.
  asked.delete("/favicon.svg");
  expect([...asked].sort()).toEqual([
    expect.stringMatching(/^\/assets\/app-[\w-]+\.css$/),
    expect.stringMatching(/^\/conversations\/\d+$/),
  ]);
});

test("a page whose data can't be had stays as it came, and the next asks again @with-javascript", async ({
  page,
  app,
}) => {
  const { name, says } = someone(app);
  await says("Hello.");
  await page.route("/conversations", (route, request) =>
    isHandoff(request) ? route.abort() : route.continue(),
  );
  await page.goto("/conversations", { waitUntil: "networkidle" });
  const next = page.waitForRequest(isHandoff);
  await page.getByRole("link", { name }).click();
  await next;
  await says("This came by itself.");
  await expect(page.getByRole("article")).toHaveText([/Hello\./, /This came by itself\./]);
});

test("what came between a page and its data shows, and the page lives @with-javascript", async ({
  page,
  app,
}) => {
  const { name, says } = someone(app);
  await says("Hello.");
  await page.route("/conversations", async (route, request) => {
    if (isHandoff(request)) await says("This came in between.");
    await route.continue();
  });
  await page.goto("/conversations");
  await expect(page.getByRole("link", { name })).toContainText("This came in between.");
  await says("This came by itself.");
  await expect(page.getByRole("link", { name })).toContainText("This came by itself.");
});
