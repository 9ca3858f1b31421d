import { localPath } from "#app/auth/redirect-to.ts";
import { expect, test } from "#e2e/testing/fixtures.ts";
import { hostileRedirects } from "#tests/support/redirects.ts";

/** Paths that a browser or the router could take for a host's. */
const OWN_PATHS = [
  "//evil.test/conversations",
  "///evil.test",
  "/\\evil.test",
  "//evil.test/%2e%2e",
  "//evil.test//conversations/1",
  "/conversations//evil.test",
  "/conversations/..//evil.test",
  "/%2f%2fevil.test",
  "/%5cevil.test/..",
  "//conversations",
  "/conversations/%0d%0aSet-Cookie:a=b",
];

test("F84 a browser stays with us on every way back from the sign-in @with-javascript", async ({
  page,
  app,
}) => {
  await page.goto("/login");
  const strays = await page.evaluate(
    (paths) =>
      paths.filter((path) => {
        const link = document.createElement("a");
        link.setAttribute("href", path);
        const origins = [link.origin, new URL(path, location.href).origin];
        return origins.some((origin) => origin !== location.origin);
      }),
    hostileRedirects.map(localPath),
  );
  expect(strays).toEqual([]);

  for (const redirectTo of hostileRedirects.filter((_, index) => index % 40 === 0)) {
    await page.goto(`/login?${new URLSearchParams({ redirectTo })}`);
    const kept = await page.locator("[name=redirectTo]").inputValue();
    expect(new URL(kept, app.url).origin).toBe(app.url);
  }
});

test("F84 no address of ours leads to another host, in a header or on the page @without-javascript", async ({
  page,
  app,
  loginAs,
}) => {
  for (const isSignedIn of [false, true]) {
    if (isSignedIn) await loginAs(page, "agent@acme.test");
    for (const path of OWN_PATHS) {
      const answer = await page.request.get(app.url + path, { maxRedirects: 0 });
      const location = answer.headers().location ?? "/";
      expect(new URL(location, app.url).origin, path).toBe(app.url);
      expect(await answer.text(), path).not.toMatch(/ (?:href|action|src|value)="[/\\]{2}/);
      expect(answer.headers()["set-cookie"] ?? "").not.toContain("a=b");
    }
  }
});
