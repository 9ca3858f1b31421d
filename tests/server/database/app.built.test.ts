import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { startApp } from "#tests/support/app/app.ts";

const servers = ["own", "remix-serve"] as const;

it.each(servers)("the build runs under the server %s, and a person can sign in", async (server) => {
  const app = await startApp({ server });
  try {
    const Cookie = await app.login("agent@acme.test");
    const inbox = await fetch(`${app.url}/conversations`, { headers: { Cookie } });
    expect(inbox.status).toBe(200);
    expect(await inbox.text()).toContain("Alex Agent");
    await expect(app.login("agent@acme.test", "wrong-password")).rejects.toThrow("not signed in");
  } finally {
    await app.stop();
  }
});

it("F90 the app ends with 0 when it is asked to, and leaves nothing behind", async () => {
  const app = await startApp();
  expect(await app.stop()).toBe(0);
  await expect(fetch(`${app.url}/up`)).rejects.toThrow();
  if (app.dataDir) expect(existsSync(app.dataDir)).toBe(false);
});

it("F99 the app that can't start says every reason, and no stack", async () => {
  const starting = startApp({ env: { SESSION_SECRET: "short", WHATSAPP_APP_SECRET: "" } });
  const { message } = await starting.then(
    () => Promise.reject(new Error("It started.")),
    (error: Error) => error,
  );
  expect(message).toContain("SESSION_SECRET every secret needs at least 32 characters");
  expect(message).toContain("WHATSAPP_APP_SECRET is not set");
  expect(message).not.toMatch(/^\s+at /m);
});
