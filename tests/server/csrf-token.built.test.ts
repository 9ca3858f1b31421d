import { get, type IncomingMessage, type OutgoingHttpHeaders, request } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type App, startApp } from "#tests/support/app/app.ts";
import { sendFile } from "#tests/support/tiles.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.stop());

/** Not fetch: it adds Sec-Fetch headers of its own. */
async function load(path: string, headers: OutgoingHttpHeaders) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(app.url + path, { headers }, resolve).on("error", reject);
  });
  const html = await text(answer);
  const forms = html.match(/<form[^>]*method="post"[^>]*>/g) ?? [];
  const actions = forms.map((form) =>
    / action="([^"]*)"/.exec(form)?.[1]?.replaceAll("&amp;", "&"),
  );
  const cookie = answer.headers["set-cookie"]?.find((line) => line.startsWith("form="));
  return { html, actions, cookie: cookie?.split(";")[0] ?? "" };
}

function post(path: string, headers: OutgoingHttpHeaders, fields: Record<string, string>) {
  const type = { "Content-Type": "application/x-www-form-urlencoded" };
  const body = new URLSearchParams(fields).toString();
  const length = { "Content-Length": Buffer.byteLength(body) };
  return new Promise<IncomingMessage>((resolve, reject) => {
    const options = { method: "POST", headers: { ...headers, ...type, ...length } };
    const sent = request(app.url + path, options, (answer) => resolve(answer.resume()));
    sent.on("error", reject).end(body);
  });
}

const PERSON = { email: "agent@acme.test", password: "demo-password" };

it("F80 a browser that sends no Origin signs in with the form's own address, and nobody else does", async () => {
  const page = await load("/login?redirectTo=%2Fexpiring", {});
  expect(page.actions).toEqual([
    expect.stringMatching(/^\?redirectTo=%2Fexpiring&form=[\w-]{43}$/),
  ]);
  const address = `/login${page.actions[0]}`;
  const fields = { ...PERSON, redirectTo: "/expiring" };
  const refused = await post(address, { Cookie: (await load("/login", {})).cookie }, fields);
  expect([refused.statusCode, refused.headers["set-cookie"]]).toEqual([403, undefined]);

  const wrong = await post(address, { Cookie: page.cookie }, { ...fields, password: "wrong" });
  expect(wrong.statusCode).toBe(401);
  const signedIn = await post(address, { Cookie: page.cookie }, fields);
  expect([signedIn.statusCode, signedIn.headers.location]).toEqual([302, "/expiring"]);
});

it("each form of a conversation carries the token, and its redirect doesn't", async () => {
  await sendFile(app, "photo");
  const session = await app.login(PERSON.email);
  const list = await load("/conversations", { Cookie: session });
  const path = / href="(\/conversations\/\d+)/.exec(list.html)?.[1] ?? "";
  const Cookie = `${session}; ${list.cookie}`;
  const page = await load(`${path}?unread=1`, { Cookie });
  expect(page.cookie).toBe("");
  expect(page.actions).toHaveLength(4);
  for (const action of page.actions) expect(action).toMatch(/[?&]form=[\w-]{43}$/);

  const [, , read = ""] = page.actions;
  const answer = await post(path + read, { Cookie }, { intent: "read", through: "1" });
  expect([answer.statusCode, answer.headers.location]).toEqual([303, `${path}?unread=1`]);
});

it("a browser that says where a request comes from gets neither key nor token", async () => {
  const session = await app.login(PERSON.email);
  for (const path of ["/login", "/conversations"]) {
    const headers = { Cookie: path === "/login" ? "" : session, "Sec-Fetch-Site": "none" };
    const { html, actions, cookie } = await load(path, headers);
    expect(actions.length).toBeGreaterThan(0);
    expect(html).not.toContain("form=");
    expect(cookie).toBe("");
  }
});
