import { afterAll, beforeAll, expect, it } from "vitest";
import { type App, startApp } from "#tests/support/app/app.ts";
import { waitFor } from "#tests/support/wait.ts";

const ACME_SUPPORT = "106540352242922";
const METRICS_TOKEN = "test-metrics-token";

let app: App;
let cookie: string;
beforeAll(async () => {
  app = await startApp({ env: { METRICS_TOKEN } });
  cookie = await app.login("agent@acme.test");
});
afterAll(() => app?.stop());

const get = async (path: string) => {
  const answer = await fetch(app.url + path, { headers: { Cookie: cookie } });
  return { status: answer.status, text: await answer.text() };
};

async function warm(): Promise<number> {
  const headers = { Authorization: `Bearer ${METRICS_TOKEN}` };
  const text = await (await fetch(`${app.url}/metrics`, { headers })).text();
  return Number(/^tapview_whatsapp_connections\{state="warm"\} (\d+)$/m.exec(text)?.[1]);
}

it("F108 a page with a file opens connections to WhatsApp, asks nothing, and the tap uses them", async () => {
  expect(await warm()).toBe(0);
  const { mediaId } = await app.simulator.sendMessage({ kind: "document", to: ACME_SUPPORT });
  const { text: list } = await get("/conversations");
  expect(await warm()).toBe(0);
  const [conversation] = list.match(/\/conversations\/\d+/) ?? [];
  const { text: page } = await get(String(conversation));
  expect(page).toContain(`/media/${mediaId}`);
  await waitFor(async () => expect(await warm()).toBe(2));
  expect(app.simulator.requests.counts()).toMatchObject({ lookup: 0, download: 0 });
  expect((await get(`/media/${mediaId}`)).status).toBe(200);
  expect(await warm()).toBeLessThan(2);
  expect(app.simulator.requests.counts()).toMatchObject({ lookup: 1, download: 1 });
});
