import { expect, test } from "#e2e/testing/fixtures.ts";
import { samples } from "#simulator/samples/index.ts";
import { everythingKept } from "#tests/support/app/kept.ts";

// Where traces are asked for, one would keep the photo, in a file of the test's own.
test.use({ trace: "off" });

test("F98 a photo from the phone is revealed, and its bytes stay nowhere", async ({
  page,
  app,
  loginAs,
  scripted,
}, info) => {
  const startedAt = Date.now();
  const canary = `canary-${info.project.name.replaceAll(" ", "-")}-${startedAt}`;
  // A JPEG's viewer ignores what follows its end.
  const photo = Buffer.concat([samples.photo.bytes, Buffer.from(canary)]);

  await page.goto(app.simulator.url);
  await page.getByLabel("Photo").check();
  await page.locator("input[type=file]").setInputFiles({
    name: "receipt.jpg",
    mimeType: "image/jpeg",
    buffer: photo,
  });
  await page.getByLabel("Name", { exact: false }).first().fill(`Carla ${startedAt}`);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText(/answered 200/)).toBeVisible();

  await loginAs(page, "agent@acme.test");
  await page.goto("/conversations");
  await page.getByRole("link", { name: `Carla ${startedAt}` }).click();
  const place = !scripted ? page.frameLocator("iframe.tile").last() : page.locator(".media").last();
  await place.locator("a.tile").click({ noWaitAfter: true });
  await expect
    .poll(() => place.locator("img").evaluate((img: HTMLImageElement) => img.naturalWidth))
    .toBeGreaterThan(0);

  const src = await place.locator("img").getAttribute("src");
  const cookie = (await page.context().cookies(app.url))
    .map((c) => `${c.name}=${c.value}`)
    .join("; ");
  const get = (headers: Record<string, string>, method = "GET") =>
    fetch(`${app.url}${src}`, { method, headers: { Cookie: cookie, ...headers } });
  const whole = await get({});
  expect(whole.status).toBe(200);
  expect(Buffer.from(await whole.arrayBuffer()).equals(photo)).toBe(true);
  expect((await (await get({ Range: "bytes=-40" })).text()).endsWith(canary)).toBe(true);
  expect((await get({}, "HEAD")).status).toBe(200);

  expect(app.output()).not.toContain(canary);
  const kept = await everythingKept(app);
  expect(kept.includes(`Carla ${startedAt}`)).toBe(true);
  // Not toContain, which would print all of it.
  expect(kept.includes(canary)).toBe(false);
});
