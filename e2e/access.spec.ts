import { expect, test } from "#e2e/testing/fixtures.ts";

const ACME_SUPPORT = "106540352242922";
const ACME_SALES = "106540352242923";
const GLOBEX = "206540352242922";

test("another company's file is not found, like one that never was", async ({
  page,
  app,
  loginAs,
}) => {
  const { mediaId } = await app.simulator.sendMessage({ kind: "photo", to: GLOBEX });
  await loginAs(page, "admin@acme.test");
  const foreign = await page.request.get(`/media/${mediaId}`);
  const missing = await page.request.get("/media/999999999999999");
  expect([foreign.status(), missing.status()]).toEqual([404, 404]);
  expect(await foreign.body()).toEqual(await missing.body());
  expect((await page.request.get(`/media/${mediaId}/view`)).status()).toBe(404);
  expect((await page.request.get(`/api/whatsapp/media/${mediaId}`)).status()).toBe(404);
});

test("a file on a number of which one is no member is forbidden, and an admin sees it", async ({
  page,
  app,
  loginAs,
}) => {
  const { mediaId } = await app.simulator.sendMessage({ kind: "photo", to: ACME_SALES });
  await loginAs(page, "agent@acme.test");
  for (const address of [`/media/${mediaId}`, `/media/${mediaId}/view`]) {
    expect((await page.request.get(address)).status()).toBe(403);
  }
  await page.context().clearCookies();
  await loginAs(page, "admin@acme.test");
  expect((await page.request.get(`/media/${mediaId}`)).status()).toBe(200);
});

test("the list and the conversations are the company's own", async ({ page, app, loginAs }) => {
  await app.simulator.sendMessage({ kind: "text", to: GLOBEX, from: "15550105001", name: "Gina" });
  await app.simulator.sendMessage({
    kind: "text",
    to: ACME_SALES,
    from: "15550105002",
    name: "Sal",
  });
  await loginAs(page, "agent@globex.test");
  await page.goto("/conversations");
  await page.getByRole("link", { name: /Gina/ }).click();
  await expect(page.getByRole("heading", { name: "Gina" })).toBeVisible();
  const address = new URL(page.url()).pathname;
  await page.context().clearCookies();
  await loginAs(page, "agent@acme.test");
  expect((await page.goto(address))?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "Not found" })).toBeVisible();
  await page.goto("/conversations");
  await expect(page.getByRole("link", { name: /Gina|Sal/ })).toHaveCount(0);
});

test("whoever opens a file's address signed out signs in and gets it", async ({ page, app }) => {
  const { mediaId } = await app.simulator.sendMessage({ kind: "photo", to: ACME_SUPPORT });
  const image = await page.request.get(`/media/${mediaId}`, {
    headers: { "Sec-Fetch-Dest": "image" },
  });
  expect(image.status()).toBe(401);
  await page.goto(`/media/${mediaId}/view`);
  await expect(page).toHaveURL(/\/login\?redirectTo=/);
  await page.getByLabel("E-mail address").fill("agent@acme.test");
  await page.getByLabel("Password").fill("wrong-password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("wrong");
  await page.getByLabel("E-mail address").fill("Agent@Acme.test");
  await page.getByLabel("Password").fill("demo-password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(new RegExp(`/media/${mediaId}/view`));
  await expect(page.locator("img")).toBeVisible();
});

test("F86 signing out ends the session, also for its old cookie", async ({
  page,
  app,
  loginAs,
}) => {
  await loginAs(page, "agent@acme.test");
  await page.goto("/conversations");
  const cookies = await page.context().cookies();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login$/);
  await page.context().addCookies(cookies);
  await page.goto("/conversations");
  await expect(page).toHaveURL(/\/login/);
  expect(app.simulator.requests.open()).toEqual([]);
});
