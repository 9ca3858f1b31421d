import { HANDOFF_HEADER } from "#app/http/handoff.ts";
import { expect, test } from "#e2e/testing/fixtures.ts";

const ACME_SUPPORT = "106540352242922";

test("F69 after signing out, Back shows nothing private", async ({ page, app, loginAs }) => {
  const name = "Olga Outgoing";
  const text = "only for the signed in";
  await app.simulator.sendMessage({
    kind: "text",
    to: ACME_SUPPORT,
    from: "15550104001",
    name,
    text,
  });
  await loginAs(page, "agent@acme.test");
  await page.goto("/conversations");
  await page.getByRole("link", { name }).click();
  await expect(page.getByRole("main").getByText(text)).toBeVisible();
  const signedOut = page.waitForResponse((answer) => answer.url().endsWith("/logout"));
  await page.getByRole("button", { name: "Sign out" }).first().click();
  const cleared = await (await signedOut).headerValue("Clear-Site-Data");
  expect(cleared).toBe('"cache", "storage"');
  await expect(page).toHaveURL(/\/login/);
  await page.goBack({ waitUntil: "load" });
  await expect(page).toHaveURL(/\/login/);
  await expect(page.getByText(text)).toHaveCount(0);
  await expect(page.getByText(name)).toHaveCount(0);
});

test("F71 what is embedded for hydration can't leave its script", async ({
  page,
  app,
  loginAs,
}) => {
  const name = "</script><script>document.title='name ran'</script>";
  const text = "</script><img src=x onerror=\"document.title='text ran'\"><!--<script>\u2028";
  await app.simulator.sendMessage({
    kind: "text",
    to: ACME_SUPPORT,
    from: "15550104002",
    name,
    text,
  });
  await loginAs(page, "agent@acme.test");
  // From here on this browser's pages have their data embedded.
  await page.request.get("/conversations", { headers: { [HANDOFF_HEADER]: "1" } });
  await page.goto("/conversations");
  await page.getByRole("link", { name: "name ran" }).click();
  await page.waitForURL(/\/conversations\/\d+/);
  const answer = await page.reload();
  const html = (await answer?.text()) ?? "";
  expect(html).toContain("streamController.enqueue");
  expect(html).not.toContain("<script>document.title");
  expect(html).not.toContain("<img src=x");
  await expect(page.getByRole("main").getByText("text ran")).toBeVisible();
  expect(await page.title()).not.toMatch(/^(name|text) ran/);
});
