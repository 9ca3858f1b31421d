import type { Page } from "@playwright/test";
import type { App } from "#tests/support/app/app.ts";

/** Signs a seeded person in, without the form, in the place of whoever was. */
export async function signInAs(page: Page, app: App, email: string): Promise<void> {
  const cookies = (await app.login(email)).split("; ").map((cookie) => {
    const [name = "", ...value] = cookie.split("=");
    return { name, value: value.join("="), url: app.url };
  });
  await page.context().addCookies(cookies);
}
