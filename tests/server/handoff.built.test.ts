import { get, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ASK_FOR_HANDOFF, HANDOFF_HEADER } from "#app/http/handoff.ts";
import { type App, startApp } from "#tests/support/app/app.ts";
import { sendFile } from "#tests/support/tiles.ts";

let app: App;
let session: string;
let conversation: string;
beforeAll(async () => {
  app = await startApp();
  await sendFile(app, "photo");
  session = await app.login("agent@acme.test");
  const { body } = await load("/conversations", { cookie: session });
  conversation = / href="(\/conversations\/\d+)/.exec(body)?.[1] ?? "";
});
afterAll(() => app?.stop());

/** Not fetch: it adds Sec-Fetch headers of its own. */
async function load(path: string, headers: OutgoingHttpHeaders) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(app.url + path, { headers }, resolve).on("error", reject);
  });
  const scriptCookie = answer.headers["set-cookie"]?.find((line) => line.startsWith("script="));
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: await text(answer),
    scriptCookie,
  };
}

function askForHandoff(path: string, cookie: string, site = "same-origin") {
  return load(path, { cookie, [HANDOFF_HEADER]: "1", "Sec-Fetch-Site": site });
}

/** Whether a page carries its data, and whether its script asks for them. */
function waysOf({ body }: { body: string }) {
  return {
    inline: body.includes("streamController.enqueue"),
    asks: body.includes(ASK_FOR_HANDOFF),
  };
}

it("a page brings its data to a browser that has asked for data before, and to no other", async () => {
  const first = await load(conversation, { cookie: session });
  expect(waysOf(first)).toEqual({ inline: false, asks: true });

  const data = await askForHandoff(conversation, session);
  expect(data.status).toBe(200);
  expect(data.headers["content-type"]).toBe("text/x-script");
  expect(data.headers["cache-control"]).toBe("private, no-store");
  expect(data.headers.vary).toContain(`Cookie, Save-Data, ${HANDOFF_HEADER}`);
  expect(data.body).toMatch(/^\[.*"routes\/inbox\/conversations\.\$conversationId"/);
  expect(data.scriptCookie).toMatch(/; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/);

  const next = await load(conversation, { cookie: `${session}; ${data.scriptCookie}` });
  expect(waysOf(next)).toEqual({ inline: true, asks: false });
  const forged = await load(conversation, { cookie: `${session}; script=rubbish` });
  expect(waysOf(forged)).toEqual({ inline: false, asks: true });
});

it("the data go to nobody who doesn't get the page", async () => {
  const stranger = await askForHandoff(conversation, await app.login("agent@globex.test"));
  expect(stranger.status).toBe(404);
  expect(stranger.headers["content-type"]).toMatch(/^text\/html/);
  expect(stranger.scriptCookie).toBeUndefined();

  const nobody = await askForHandoff(conversation, "");
  expect(nobody.status).toBe(302);
  expect(nobody.headers.location).toBe(`/login?redirectTo=${encodeURIComponent(conversation)}`);
  expect(nobody.body).toBe("");
});

it.each(["cross-site", "same-site", "none"])(
  "the data don't go to a request that is %s",
  async (site) => {
    const page = await askForHandoff(conversation, session, site);
    expect(page.headers["content-type"]).toMatch(/^text\/html/);
    expect(page.scriptCookie).toBeUndefined();
  },
);

it("what can't be asked for again without harm has its data inline", async () => {
  const missing = await load("/conversations/999999", { cookie: session });
  expect([missing.status, waysOf(missing)]).toEqual([404, { inline: true, asks: false }]);

  const refused = await fetch(`${app.url}/login`, {
    method: "POST",
    headers: { Origin: app.url },
    body: new URLSearchParams({ email: "agent@acme.test", password: "wrong" }),
  });
  const body = await refused.text();
  expect([refused.status, waysOf({ body })]).toEqual([401, { inline: true, asks: false }]);

  const page = await load(conversation, { cookie: session });
  const reveal = / href="(\?reveal=[^#"]*)/.exec(page.body)?.[1]?.replaceAll("&amp;", "&");
  app.simulator.requests.clear();
  const revealed = await load(conversation + reveal, { cookie: session });
  expect(waysOf(revealed)).toEqual({ inline: true, asks: false });
  expect(app.simulator.requests.list()).not.toEqual([]);
});

it("a page without any script asks for nothing", async () => {
  const lite = await load(conversation, { cookie: session, "Save-Data": "on" });
  expect(waysOf(lite)).toEqual({ inline: false, asks: false });
});
