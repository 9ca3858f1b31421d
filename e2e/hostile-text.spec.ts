import type { Page } from "@playwright/test";
import { HANDOFF_HEADER } from "#app/http/handoff.ts";
import { ADMIN_SECTIONS } from "#app/ui/admin/admin-sections.ts";
import { test as base, expect } from "#e2e/testing/fixtures.ts";
import { startHostileApp } from "#e2e/testing/hostile-app.ts";
import { expectInert, type Watch, watch } from "#e2e/testing/inert.ts";
import { someone } from "#e2e/testing/someone.ts";
import { writePayloads } from "#e2e/testing/xss-customers.ts";
import { xssPayloads } from "#e2e/testing/xss-payloads.ts";
import type { MediaKind } from "#simulator/samples/index.ts";
import type { App } from "#tests/support/app/app.ts";
import { kinds, placeOf, tapTile } from "#tests/support/tiles.ts";

const ACME_SUPPORT = "106540352242922";
const HOSTILE_NAME = `"'></title></script><x-canary onclick=alert(1)><!--`;
const FILE_NAME = `photo\u202egpj."><x-canary onclick=alert(1)>`;
/** For pages that show one of them at a time. */
const SOME = xssPayloads.filter((_, index) => index % 12 === 0);

const test = base.extend<{ watched: Watch }>({
  app: [
    async ({ browserName: _ }, use) => {
      const app = await startHostileApp(HOSTILE_NAME);
      await writePayloads(app, xssPayloads);
      await use(app);
      await app.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  watched: async ({ page, app, loginAs, scripted }, use) => {
    await loginAs(page, "admin@acme.test");
    // From here on this browser's pages have their data embedded.
    await page.request.get("/conversations", { headers: { [HANDOFF_HEADER]: "1" } });
    await use(await watch(page, app.url, scripted));
  },
});

test("F64 F65 F71 hostile text is only text in conversations and their list", async ({
  page,
  watched,
}) => {
  const rows = await readList(page, watched);
  expect(rows.length).toBeGreaterThan(xssPayloads.length);
  let shown = "";
  for (const { href } of rows.filter(({ name }) => name.startsWith("Group"))) {
    await visit(page, href, watched);
    shown += await page.evaluate(() => document.querySelector("main")?.textContent);
  }
  for (const { href } of rows.filter(({ name }) => /<\/(title|script)|-->/i.test(name))) {
    await visit(page, href, watched);
  }
  for (const payload of xssPayloads) expect.soft(asShown(shown)).toContain(asShown(payload));
});

test("F64 what is searched for, and what is found, is only text", async ({ page, watched }) => {
  for (const words of ["canary", "alert", "script", ...SOME]) {
    await visit(page, `/conversations?${new URLSearchParams({ q: words })}`, watched);
    await expect(page.getByRole("searchbox")).toHaveValue(/\S/);
  }
});

test("F64 hostile names of people, numbers and the company are only text in administration", async ({
  page,
  watched,
}) => {
  for (const path of ["/account", ...ADMIN_SECTIONS.map(({ path }) => path)]) {
    await visit(page, path, watched);
    await expect(page.locator("main")).toContainText("onclick=alert(1)");
  }
  for (const path of ["/admin/numbers", "/admin/people"]) {
    await visit(page, path, watched);
    await page.getByRole("listitem").getByRole("link").first().click();
    await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue(/onclick=alert\(1\)/);
    await expectInert(page, watched);
  }
});

test("F64 what an address says is only text", async ({ page, watched }) => {
  for (const said of SOME) {
    const parameters = ["account", "page", "unread", "around", "reveal", "reply", "after", "every"];
    const query = new URLSearchParams(parameters.map((name) => [name, said]));
    await visit(page, `/conversations?${query}&${encodeURIComponent(said)}#${said}`, watched);
    await visit(page, `/nowhere/${encodeURIComponent(said)}`, watched);
    await visit(page, `/login?${new URLSearchParams({ redirectTo: said })}`, watched);
  }
});

test("F64 F70 hostile names of files are only text where they are listed and shown", async ({
  page,
  app,
  watched,
  scripted,
}) => {
  for (let href: string | null = "/expiring"; href; ) {
    await visit(page, href, watched);
    href = await nextOf(page, "More files");
  }
  const shown = "a.download, img, video, audio";
  for (const { kind, title } of kinds) {
    const { mediaId, name } = await sendHostileFile(app, kind);
    await visit(page, `/media/${mediaId}/view`, watched);
    await expect(page.locator(shown).first()).toBeAttached();
    await openSearched(page, name);
    const place = placeOf(page, title, scripted);
    await tapTile(place);
    await expect(place.locator(shown).first()).toBeAttached();
    await expectInert(page, watched);
  }
});

test("F64 what an agent writes is only text, sent or given back", async ({
  page,
  app,
  watched,
}) => {
  const { name, says } = someone(app);
  await says("Hello.");
  await openSearched(page, name);
  const all = xssPayloads.join("\n");
  for (const text of [all, all.slice(0, 4_000)]) {
    await page.getByRole("textbox", { name: "Message" }).fill(text);
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect(
      text === all ? page.getByRole("alert") : page.getByRole("article").nth(1),
    ).toBeVisible();
    await expectInert(page, watched);
  }
  // The script goes on showing what it has, and a page of its own shows it again.
  await page.reload();
  await expect(page.getByRole("article")).toHaveCount(2);
  await expectInert(page, watched);
});

test("F64 F71 hostile text that comes while a page is open is only text @with-javascript", async ({
  page,
  app,
  watched,
}) => {
  const { name, from, says } = someone(app);
  await says("Hello.");
  await visit(page, "/conversations", watched);
  await page.getByRole("link", { name }).first().click();
  await expect(page.getByRole("article")).toHaveCount(1);
  for (const text of SOME) await says(`canary ${text}`);
  await expect(page.getByRole("article")).toHaveCount(1 + SOME.length);
  await expectInert(page, watched);
  await app.simulator.sendMessage({ kind: "text", to: ACME_SUPPORT, from, name: HOSTILE_NAME });
  await expect(page.getByRole("heading", { name: HOSTILE_NAME })).toBeVisible();
  await expectInert(page, watched);
});

let files = 0;

/** A file whose name, caption and type are hostile, and which WhatsApp has. */
async function sendHostileFile(app: App, kind: MediaKind) {
  const from = `${15550119500 + ++files}`;
  const name = `Filer ${from}`;
  const mediaField = { filename: FILE_NAME, caption: HOSTILE_NAME, mime_type: HOSTILE_NAME };
  const sent = await app.simulator.sendMessage({ kind, to: ACME_SUPPORT, from, name, mediaField });
  return { mediaId: sent.mediaId, name };
}

async function openSearched(page: Page, name: string): Promise<void> {
  await page.goto(`/conversations?${new URLSearchParams({ q: name })}`);
  await page.getByRole("link", { name }).first().click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
}

async function readList(page: Page, watched: Watch) {
  const rows: { href: string; name: string }[] = [];
  let href: string | null = "/conversations";
  while (href) {
    await visit(page, href, watched);
    rows.push(
      ...(await page.locator("a.row").evaluateAll((links) =>
        links.map((link) => ({
          href: link.getAttribute("href") ?? "",
          name: link.querySelector("bdi")?.textContent ?? "",
        })),
      )),
    );
    href = await nextOf(page, "More conversations");
  }
  return rows;
}

/** Opens a page, lets its script take it over where it has one, and looks at it. */
async function visit(page: Page, href: string, watched: Watch): Promise<void> {
  await page.goto(href);
  if (watched.scripted) await page.waitForFunction(isTakenOver);
  await expectInert(page, watched);
}

function isTakenOver(): boolean {
  const hasProps = (element: Element) =>
    Object.keys(element).some((key) => key.startsWith("__reactProps"));
  return document.scripts.length === 0 || [...document.querySelectorAll("body *")].some(hasProps);
}

async function nextOf(page: Page, name: string): Promise<string | null> {
  const next = page.getByRole("link", { name, exact: true });
  return (await next.count()) > 0 ? next.getAttribute("href") : null;
}

function asShown(text: string): string {
  return text.toWellFormed().replaceAll("\u0000", "\ufffd").replace(/\s+/g, " ").trim();
}
