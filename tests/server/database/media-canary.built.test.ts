import { afterAll, beforeAll, expect, it } from "vitest";
import { type App, startApp } from "#tests/support/app/app.ts";
import { everythingKept } from "#tests/support/app/kept.ts";
import { waitFor } from "#tests/support/wait.ts";

const ACME_SUPPORT = "106540352242922";
const CANARY = "canary-bytes-of-a-customers-file";

let app: App;
beforeAll(async () => {
  app = await startApp({ env: { LOG_LEVEL: "trace" } });
});
afterAll(() => app?.stop());

it("F98 leaves no byte of a file in the database or the log, however it was asked for", async () => {
  const bytes = Buffer.from(`${CANARY} `.repeat(20_000));
  const sent = await app.simulator.sendMessage({ kind: "document", to: ACME_SUPPORT, bytes });
  const address = `${app.url}/media/${sent.mediaId}`;
  const headers = { Cookie: await app.login("agent@acme.test") };
  const ask = (init: RequestInit = {}, suffix = "") =>
    fetch(address + suffix, { ...init, headers: { ...headers, ...init.headers } });

  expect(await (await ask()).text()).toContain(CANARY);
  expect(await (await ask({ headers: { Range: "bytes=0-99" } })).text()).toContain(CANARY);
  expect((await ask({ method: "HEAD" })).status).toBe(200);
  expect((await ask({}, "/view")).status).toBe(200);
  const left = await ask();
  await left.body?.cancel();
  app.simulator.faults.add({ on: "download", kind: "wrongHash" });
  await expect(ask().then((answer) => answer.arrayBuffer())).rejects.toThrow();

  await waitFor(async () => expect(await recordedViews()).toHaveLength(4));
  expect(app.output()).not.toContain(CANARY);
  const kept = await everythingKept(app);
  expect(kept).toContain("document.pdf");
  expect(kept).not.toContain(CANARY);
});

/** One line of the log for each fetch that was written down. */
async function recordedViews(): Promise<unknown[]> {
  return app.logs().filter(({ event }) => event === "media.fetched");
}
