import { readdir, readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "#e2e/testing/fixtures.ts";
import { samples } from "#simulator/samples/index.ts";

/** Larger files in the temp folder are other programs'; our own canary files are small. */
const MAX_SEARCHED_BYTES = 64 * 1024 * 1024;

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
  expect(await filesWith(canary, app.dataDir ?? "", 0)).toEqual([]);
  expect(await filesWith(canary, tmpdir(), startedAt)).toEqual([]);
});

/** The files below a folder, changed since then, that contain the text. */
async function filesWith(text: string, folder: string, since: number): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const facts = await stat(file).catch(() => undefined);
    if (!facts || facts.mtimeMs < since || facts.size > MAX_SEARCHED_BYTES) continue;
    const content = await readFile(file).catch(() => Buffer.alloc(0));
    if (content.includes(text)) found.push(file);
  }
  return found;
}
