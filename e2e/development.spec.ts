import { test as base, expect as baseExpect, type Page } from "@playwright/test";
import { type Development, startDevelopment } from "#e2e/testing/development.ts";
import { onPageError } from "#e2e/testing/page-errors.ts";
import { startNode } from "#tests/support/app/program.ts";
import { expectShown, placeOf, tapTile, waitForScript } from "#tests/support/tiles.ts";

/** Each loads the list and a conversation. */
const ROUNDS = 6;
/** On a busy machine a start takes a while, and so does the next look at an edited file. */
const TIMEOUT_MS = 300_000;
const expect = baseExpect.configure({ timeout: 120_000 });
const CUSTOMER = "Cara Customer";

/** One `npm run dev` for all tests. */
const test = base.extend<object, { dev: Development }>({
  dev: [
    async ({ browserName: _ }, use) => {
      const dev = await startDevelopment();
      await sendPhoto(dev);
      await use(dev);
      await dev.stop();
    },
    { scope: "worker", timeout: TIMEOUT_MS },
  ],
  baseURL: ({ dev }, use) => use(dev.url),
});

test.describe("npm run dev @with-javascript", () => {
  test.setTimeout(TIMEOUT_MS);

  test("brings each of twelve loads to life, with nothing to complain of", async ({ page }) => {
    const complaints = listComplaints(page);
    await signIn(page);
    for (let round = 1; round <= ROUNDS; round++) {
      await test.step(`round ${round}`, async () => {
        await page.goto("/conversations");
        const link = page.getByRole("link", { name: CUSTOMER });
        await waitForReact(page, `a[href^="/conversations/"]`);
        await mark(page);
        await link.click();
        await expect(page.getByRole("heading", { name: CUSTOMER })).toBeVisible();
        await expectMarked(page);

        await page.reload();
        await waitForScript(page);
        await mark(page);
        const place = placeOf(page, "Photo", true);
        await tapTile(place);
        await expectShown(place, "img");
        await expectMarked(page);
      });
    }
    expect(complaints).toEqual([]);
  });

  test("has the walls of production, and lets Vite give nothing but the browser's files", async ({
    dev,
    request,
  }) => {
    const page = await request.get("/login");
    expect(page.headers()).toMatchObject({
      "content-security-policy": expect.stringContaining(
        "default-src 'none'; script-src 'self' 'nonce-",
      ),
      "cross-origin-opener-policy": "same-origin",
      "x-frame-options": "SAMEORIGIN",
    });
    const foreign = { headers: { Origin: "https://evil.example.test" } };
    expect((await request.post("/login", foreign)).status()).toBe(403);
    expect((await request.get("/media/1.data")).status()).toBe(404);
    expect((await request.get("/app/root.tsx")).status()).toBe(200);
    const elsewhere = { headers: { Host: "evil.example.test" } };
    expect((await request.get("/app/root.tsx", elsewhere)).status()).toBe(403);
    for (const file of ["/etc/passwd", `${dev.folder}/package.json`, `${dev.folder}/.data/lock`]) {
      expect((await request.get(`/@fs${file}?raw`)).status(), file).toBe(403);
    }
    expect((await request.get("/server/boot.ts")).headers()["content-type"]).toMatch(/text\/html/);
  });

  test("shows an edited component in the open page, whose draft stays", async ({ dev, page }) => {
    await openConversation(page);
    const text = page.getByRole("textbox", { name: "Message" });
    await text.fill("A draft.");
    const putBack = dev.edit(
      "app/ui/thread/composer.tsx",
      `placeholder="Write a message"`,
      `placeholder="Write something"`,
    );
    await expect(text).toHaveAttribute("placeholder", "Write something");
    putBack();
    await expect(text).toHaveAttribute("placeholder", "Write a message");
    await expect(text).toHaveValue("A draft.");
    await expectMarked(page);
  });

  test("takes a new route in, and what is edited of its loader and model", async ({
    dev,
    page,
    request,
  }) => {
    addRoute(dev);
    await expect.poll(async () => (await request.get("/probe")).status()).toBe(200);
    await page.goto("/probe");
    await waitForReact(page, "input");
    await mark(page);
    await page.getByLabel("Draft").fill("A draft.");
    const heading = page.getByRole("heading");
    await expect(heading).toHaveText("A loader and a model");
    dev.edit("app/routes/probe.tsx", "A loader", "An edited loader");
    await expect(heading).toHaveText("An edited loader and a model");
    dev.edit("app/models/probe.server.ts", "a model", "an edited model");
    await expect(heading).toHaveText("An edited loader and an edited model");
    await expect(page.getByLabel("Draft")).toHaveValue("A draft.");
    await expectMarked(page);
  });

  test("takes an edited wall in with the next request", async ({ dev, request }) => {
    const policy = async () => (await request.get("/up")).headers()["cross-origin-opener-policy"];
    const putBack = dev.edit(
      "server/walls/security-headers.ts",
      `"Cross-Origin-Opener-Policy": "same-origin"`,
      `"Cross-Origin-Opener-Policy": "unsafe-none"`,
    );
    await expect.poll(policy).toBe("unsafe-none");
    putBack();
    await expect.poll(policy).toBe("same-origin");
  });

  test("shows what keeps the app from loading, and the page once that is mended", async ({
    dev,
    page,
  }) => {
    const putBack = dev.edit("server/walls/refusals.ts", "export ", "export export ");
    await expect.poll(dev.program.output).toContain("server/walls/refusals.ts:");
    await page.goto("/login");
    await expect(page.getByRole("heading", { name: "The app doesn't load" })).toBeVisible();
    await expect(page.getByText(/refusals\.ts:\d+:\d+/).first()).toBeVisible();
    putBack();
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  });

  test("opens the database anew where an edit is of what the process holds", async ({
    dev,
    page,
  }) => {
    await openConversation(page);
    dev.edit("db/handles.server.ts", "import ", "// Edited.\nimport ");
    await expect.poll(dev.program.output).toContain("db/handles.server.ts changed");
    await expectMarked(page);
    await page.reload();
    await expect(page.getByRole("heading", { name: CUSTOMER })).toBeVisible();
  });

  test("starts again by itself where an edit is of its own configuration", async ({
    dev,
    request,
  }) => {
    dev.edit("vite.config.ts", "import ", "// Edited.\nimport ");
    await expect.poll(dev.program.output).toContain("vite.config.ts changed: starting again");
    const status = () =>
      request.get("/up").then(
        (answer) => answer.status(),
        () => null,
      );
    await expect.poll(status).toBe(200);
  });

  test("says which port is taken", async ({ dev }) => {
    const second = startNode(["scripts/dev.mjs"], dev.env, dev.folder);
    expect(await second.exited).toBe(1);
    expect(second.output()).toContain(`Another program uses port ${dev.env.PORT}`);
  });

  // The last: what others of this file would need is gone.
  test("ends with all that it started at Ctrl-C", async ({ dev }) => {
    dev.program.process.kill("SIGINT");
    expect(await dev.program.exited).toBe(0);
    for (const url of [dev.url, dev.simulatorUrl]) await expect(fetch(url)).rejects.toThrow();
  });
});

async function sendPhoto({ simulatorUrl }: Development): Promise<void> {
  const message = { kind: "photo", to: "106540352242922", from: "15550112000", name: CUSTOMER };
  const sent = await fetch(`${simulatorUrl}/_simulator/send`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(message),
  });
  expect(sent.status).toBe(200);
}

function addRoute(dev: Development): void {
  dev.write("app/models/probe.server.ts", `export const word = "a model";\n`);
  dev.write(
    "app/routes/probe.tsx",
    `import { useLoaderData } from "@remix-run/react";
import { word } from "#app/models/probe.server.ts";
export const loader = () => ({ words: \`A loader and \${word}\` });
export default function Probe() {
  const { words } = useLoaderData<typeof loader>();
  return <main><h1>{words}</h1><input aria-label="Draft" /></main>;
}
`,
  );
  dev.edit("app/routes.ts", `route("*",`, `route("probe", "routes/probe.tsx"),\n  route("*",`);
}

async function signIn(page: Page): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("E-mail address").fill("agent@acme.test");
  await page.getByLabel("Password").fill("demo-password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("link", { name: CUSTOMER })).toBeVisible();
}

/** Opens the conversation as a page of its own, and marks the page. */
async function openConversation(page: Page): Promise<void> {
  await signIn(page);
  const address = await page.getByRole("link", { name: CUSTOMER }).getAttribute("href");
  await page.goto(address ?? "");
  await waitForScript(page);
  await mark(page);
}

/** What a browser's console says of a page that isn't right: errors, and violations of its policy. */
function listComplaints(page: Page): string[] {
  const complaints: string[] = [];
  onPageError(page, (message) => complaints.push(message), { console: true });
  return complaints;
}

function waitForReact(page: Page, selector: string) {
  return page.waitForFunction(
    (selector) =>
      Object.keys(document.querySelector(selector) ?? {}).some((key) =>
        key.startsWith("__reactProps"),
      ),
    selector,
  );
}

/** A page that is loaded anew has no mark. */
function mark(page: Page) {
  return page.evaluate(() => void Object.assign(window, { isMarked: true }));
}

async function expectMarked(page: Page): Promise<void> {
  expect(await page.evaluate(() => "isMarked" in window)).toBe(true);
}
