import { afterAll, beforeAll, expect, it } from "vitest";
import { type App, startApp } from "#tests/support/app/app.ts";

/** The seeded number that agent@acme.test may see. */
const FIRST_NUMBER = "106540352242922";

let app: App;
beforeAll(async () => {
  app = await startApp({ server: "remix-serve" });
});
afterAll(() => app?.stop());

it("runs under stock remix-serve: takes a webhook, signs in and lists the conversations", async () => {
  app.simulator.setWebhookUrl(`${app.url}/webhooks/whatsapp`);
  await app.simulator.sendMessage({ kind: "text", to: FIRST_NUMBER, name: "Ana Sample" });
  const login = await fetch(`${app.url}/login`, {
    method: "POST",
    headers: { Origin: app.url },
    body: new URLSearchParams({
      email: "agent@acme.test",
      password: "demo-password",
      redirectTo: "/conversations",
    }),
    redirect: "manual",
  });
  expect(login.status).toBe(302);
  expect(login.headers.get("location")).toBe("/conversations");
  const cookie = login.headers.getSetCookie().map((value) => value.split(";")[0]);

  const page = await fetch(`${app.url}/conversations`, { headers: { Cookie: cookie.join("; ") } });

  expect(page.status).toBe(200);
  const html = await page.text();
  expect(html).toMatch(/<a [^>]*href="\/conversations\/\d+/);
  expect(html).toContain("Ana Sample");
});

it("is up and ready under stock remix-serve", async () => {
  expect((await fetch(`${app.url}/up`)).status).toBe(200);
  expect(await (await fetch(`${app.url}/ready`)).json()).toEqual({ ready: true, problems: [] });
});

it("gives its pages a nonce of their own under stock remix-serve, which hands none over", async () => {
  const page = await fetch(`${app.url}/login`);
  const [, nonce] = /'nonce-([^']+)'/.exec(page.headers.get("content-security-policy") ?? "") ?? [];
  expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
  expect(await page.text()).toContain(`nonce="${nonce}"`);
});
