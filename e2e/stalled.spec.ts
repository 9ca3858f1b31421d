import { expect, test } from "#e2e/testing/fixtures.ts";
import { openConversation, sendFile } from "#tests/support/tiles.ts";

const ACME_SUPPORT = "106540352242922";
/** As many as a browser opens to one origin over HTTP/1.1: while all wait, nothing else gets through. */
const CONNECTIONS = 6;
/** How the app says that it gave a file up for the sake of a browser's connections. */
const GIVEN_UP = "more than 4 of the person's files don't come";

test.afterEach(({ app }) => app.simulator.faults.clear());

for (const fault of [
  { on: "download", kind: "stall", afterBytes: 4096 },
  { on: "download", kind: "never" },
] as const) {
  test(`six tiles whose downloads meet "${fault.kind}" don't freeze the inbox`, async ({
    page,
    app,
    loginAs,
    scripted,
  }) => {
    const other = await sendFile(app, "photo");
    const { from, name } = await sendFile(app, "photo");
    for (let tile = 1; tile < CONNECTIONS; tile++) {
      await app.simulator.sendMessage({ kind: "photo", to: ACME_SUPPORT, from, name });
    }
    app.simulator.faults.add(fault);
    await loginAs(page, "agent@acme.test");
    await openConversation(page, name, scripted);
    const tiles = scripted ? page.locator(".media") : page.locator("iframe.tile");
    await expect(tiles).toHaveCount(CONNECTIONS);
    for (let index = 0; index < CONNECTIONS; index++) {
      const tile = tiles.nth(index);
      const place = scripted ? tile : tile.contentFrame();
      await place.locator("a.tile").click({ noWaitAfter: true });
    }
    const downloads = () => app.simulator.requests.list().filter(({ role }) => role === "download");
    await expect.poll(() => downloads().length).toBeGreaterThan(5);
    const before = app.logs().length;

    const heading = page.getByRole("heading", { name: other.name });
    await page.getByRole("link", { name: other.name }).click({ noWaitAfter: true });
    await expect(heading).toBeVisible();
    await page.goto("/conversations");
    await expect(page.getByRole("link", { name })).toBeVisible();
    // A file made way before one met a deadline: 10 seconds for headers, 15 between two bytes.
    const [first] = app
      .logs()
      .slice(before)
      .filter(({ event }) => event === "media.fetched");
    expect(first?.outcome === "client-left" || first?.detail === GIVEN_UP).toBe(true);
  });
}
