import { get, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { HANDOFF_HEADER } from "#app/http/handoff.ts";
import { BUSY_CUSTOMER, fillBusyConversation } from "#tests/server/testing/busy-conversation.ts";
import { fillBusyInbox } from "#tests/server/testing/busy-inbox.ts";
import { type App, startApp } from "#tests/support/app/app.ts";

/** What comes in the first round trips of a new connection: 10 packets. */
const BUDGET_BYTES = 14 * 1024;
/** With what its script takes over, for a browser that has run one. */
const SCRIPTED_BUDGET_BYTES = 19 * 1024;

let app: App;
let cookie: string;
let address: string;
beforeAll(async () => {
  app = await startApp();
  await fillBusyInbox(app);
  expect(await fillBusyConversation(app)).toEqual({ files: 15 });
  app.simulator.requests.clear();
  cookie = await app.login("agent@acme.test");
  const list = await ask("/conversations", cookie);
  const link = new RegExp(
    `(/conversations/\\d+)(?:#unread)?"[^>]*>(?:(?!</a>).)*${BUSY_CUSTOMER}`,
    "s",
  );
  address = link.exec(list.text)?.[1] ?? "";
});
afterAll(() => app?.stop());

/** One request as a browser makes it; `bytes`: as they went over the wire. */
async function ask(path: string, cookie: string): Promise<{ bytes: number; text: string }> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(
      app.url + path,
      { headers: { cookie, "accept-encoding": "gzip", "sec-fetch-site": "none" } },
      resolve,
    ).on("error", reject);
  });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers["content-encoding"]).toBe("gzip");
  const body = await buffer(answer);
  return { bytes: body.length, text: gunzipSync(body).toString() };
}

/** @returns the Cookie header of a browser that has chosen lite pages */
async function lite(): Promise<string> {
  const { headers } = await fetch(`${app.url}/lite`, {
    method: "POST",
    headers: { Origin: app.url },
    body: new URLSearchParams({ lite: "on" }),
    redirect: "manual",
  });
  return `${cookie}; ${headers.getSetCookie()[0]?.split(";")[0]}`;
}

/** @returns the Cookie header of a browser that runs scripts */
async function scripted(): Promise<string> {
  const { headers } = await fetch(`${app.url}/login`, { headers: { [HANDOFF_HEADER]: "1" } });
  return `${cookie}; ${headers.getSetCookie()[0]?.split(";")[0]}`;
}

/** The bytes of HTML and CSS of the busy conversation, with 25 others beside it. */
async function weigh(cookie: string): Promise<number> {
  const page = await ask(address, cookie);
  expect(page.text.match(/<article/g)?.length).toBe(48);
  expect(page.text.match(/ id="m-\d+"/g)).toHaveLength(50);
  expect(page.text.match(/<iframe/g)?.length).toBeGreaterThanOrEqual(15);
  expect(page.text.match(/<a class="row"/g)).toHaveLength(25);
  expect(page.text).toContain('<textarea id="composer-text"');
  // With the page itself, no more than three requests.
  const loaded = page.text.match(/<link rel="(?!modulepreload)[^>]*>|<[^>]* src="[^>]*>/g);
  expect(loaded?.length).toBeLessThanOrEqual(2);
  const sheet = /rel="stylesheet" href="([^"]+)"/.exec(page.text)?.[1] ?? "";
  return page.bytes + (await ask(sheet, cookie)).bytes;
}

it("a conversation of 50 messages with 15 files, beside a full list, fits into 14 KiB where no script runs", async () => {
  expect(await weigh(cookie)).toBeLessThanOrEqual(BUDGET_BYTES);
  expect(await weigh(await lite())).toBeLessThanOrEqual(BUDGET_BYTES);
});

it("with all that a script takes over it fits into 19 KiB, and asks WhatsApp nothing", async () => {
  const cookie = await scripted();
  expect((await ask(address, cookie)).text).toContain("streamController.enqueue");
  expect(await weigh(cookie)).toBeLessThanOrEqual(SCRIPTED_BUDGET_BYTES);
  expect(app.simulator.requests.list()).toEqual([]);
});
