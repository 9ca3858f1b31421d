import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { csrfTokens } from "#app/auth/csrf-token.server.ts";
import routes from "#app/routes.ts";
import { startServer, type TestServer } from "#server/testing/listener.ts";

const OWN = "https://inbox.example.test";
const EVIL = "https://evil.example.test";

let app: TestServer;
let reached: string[] = [];
beforeAll(async () => {
  app = await startServer({
    handle: async (request) => {
      reached.push(request.url.replace(OWN, ""));
      return new Response("done");
    },
    settings: { appOrigin: OWN, trustProxy: false },
  });
});
afterAll(() => app.stop());

/** Not fetch: it adds Sec-Fetch headers of its own. */
async function send(method: string, path: string, headers: Record<string, string>) {
  reached = [];
  const request = httpRequest(app.origin + path, { method, headers }).end();
  const [response] = await once(request, "response");
  let body = "";
  for await (const chunk of response.setEncoding("utf8")) body += chunk;
  return { status: response.statusCode as number, body, reached };
}

/** What a browser without Sec-Fetch-Site has of a page: the cookies, and its forms' token. */
function loadPage(cookie = "session=mine") {
  const form = csrfTokens.issue(new Headers({ Cookie: cookie }));
  const key = form?.setCookie?.split(";")[0];
  const token = csrfTokens.issue(new Headers({ Cookie: `${cookie}; ${key}` }))?.token ?? "";
  return { Cookie: `${cookie}; ${key}`, token };
}

describe("F79 a request that changes something", () => {
  it.each<[string, Record<string, string>]>([
    ["its Origin is ours", { Origin: OWN }],
    ["its Origin is ours and it is an API client's", { Origin: OWN, "Sec-Fetch-Mode": "cors" }],
    ["it has no Origin and is same-origin", { "Sec-Fetch-Site": "same-origin" }],
    ["it has no Origin and a person started it", { "Sec-Fetch-Site": "none" }],
    [
      "its Origin is hidden and it is same-origin",
      { Origin: "null", "Sec-Fetch-Site": "same-origin" },
    ],
    ["an old browser names our page as Referer", { Referer: `${OWN}/login?redirectTo=%2F` }],
  ])("is let through when %s", async (_when, headers) => {
    expect(await send("POST", "/login", headers)).toMatchObject({
      status: 200,
      reached: ["/login"],
    });
  });

  it.each<[string, Record<string, string>]>([
    ["its Origin is another site", { Origin: EVIL }],
    [
      "its Origin is another site, whatever the rest says",
      { Origin: EVIL, "Sec-Fetch-Site": "same-origin", Referer: OWN },
    ],
    ["its Origin is ours over http", { Origin: "http://inbox.example.test" }],
    ["its Origin is ours on another port", { Origin: `${OWN}:8443` }],
    ["its Origin only begins like ours", { Origin: `${OWN}.evil.example.test` }],
    ["its Origin is not an origin", { Origin: "inbox.example.test" }],
    ["its Origin is hidden", { Origin: "null" }],
    [
      "its Origin is hidden by a sandboxed frame",
      { Origin: "null", "Sec-Fetch-Site": "cross-site" },
    ],
    ["it has no Origin and is cross-site", { "Sec-Fetch-Site": "cross-site" }],
    ["it has no Origin and comes from a sister domain", { "Sec-Fetch-Site": "same-site" }],
    [
      "it has no Origin, is cross-site and fakes a Referer",
      { "Sec-Fetch-Site": "cross-site", Referer: OWN },
    ],
    ["its Referer is another site", { Referer: `${EVIL}/?${OWN}` }],
    ["its Referer is no address", { Referer: "about:blank" }],
    ["it says nothing about its sender", {}],
    ["it fakes a forwarded host", { Origin: EVIL, "X-Forwarded-Host": "evil.example.test" }],
  ])("is refused before the app when %s", async (_when, headers) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const answer = await send(method, "/login", headers);
      expect(answer).toMatchObject({ status: 403, reached: [] });
      expect(answer.body).toContain(OWN);
    }
  });
});

type Route = { path?: string | undefined; children?: Route[] | undefined };

/** An address of each route, with something in the place of its parameters. */
function addressesOf(children: Route[], above = ""): string[] {
  return children.flatMap(({ path, children = [] }) => {
    const address = path ? `${above}/${path.replace(/:\w+\??|\*/g, "7")}` : above;
    return [address || "/", ...addressesOf(children, address)];
  });
}

describe("F79 F80 another site's request to any route", () => {
  const addresses = [...new Set(addressesOf(routes))];
  const refused = addresses.filter((address) => address !== "/webhooks/whatsapp");

  it("is tried at every route but the webhook's, which is signed", () => {
    expect(refused).toEqual(expect.arrayContaining(["/login", "/logout", "/conversations/7"]));
    expect(refused.length).toBe(addresses.length - 1);
  });

  it.each(refused)("%s is refused before the app, with and without an Origin", async (address) => {
    const senders: Record<string, string>[] = [
      { Origin: EVIL },
      { Origin: "null" },
      { "Sec-Fetch-Site": "cross-site" },
      { Referer: `${EVIL}/` },
      {},
    ];
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      for (const headers of senders) {
        for (const form of [address, `${address}.data`, `${address}?_data=routes%2Flogin`]) {
          const Cookie = "session=mine";
          const answer = await send(method, form, { ...headers, Cookie });
          expect(answer, `${method} ${form}`).toMatchObject({ reached: [] });
          // No file takes any of these methods, and there are no data forms, whoever sends them.
          const others = address.includes("/media/") ? [405] : form === address ? [] : [400, 404];
          expect([403, ...others]).toContain(answer.status);
        }
      }
    }
  });
});

describe("F79 F80 a browser that says nothing of where a form comes from", () => {
  const { Cookie, token } = loadPage();
  const address = `/login?redirectTo=%2F&form=${token}`;

  it("is let through with the token of the form, which goes no further", async () => {
    const answer = await send("POST", address, { Cookie });
    expect(answer).toMatchObject({ status: 200, reached: ["/login?redirectTo=%2F"] });
    const alone = await send("POST", `/logout?form=${token}`, { Cookie });
    expect(alone).toMatchObject({ status: 200, reached: ["/logout"] });
    expect(await send("GET", address, {})).toMatchObject({ reached: ["/login?redirectTo=%2F"] });
  });

  it.each<[string, string, Record<string, string>]>([
    ["the token without the cookie", address, {}],
    ["the token with the session alone", address, { Cookie: "session=mine" }],
    ["the cookie without the token", "/login?redirectTo=%2F", { Cookie }],
    ["the token of another cookie", `/login?form=${loadPage().token}`, { Cookie }],
    ["the token of another session", address, { Cookie: Cookie.replace("mine", "another's") }],
    ["the cookie's own value for a token", `/login?form=${Cookie.slice(-43)}`, { Cookie }],
    ["an empty token", "/login?form=", { Cookie }],
    ["a token cut short", address.slice(0, -1), { Cookie }],
    ["a token with more to it", `${address}A`, { Cookie }],
    ["an empty cookie", address, { Cookie: "session=mine; form=" }],
  ])("is refused before the app with %s", async (_what, path, headers) => {
    expect(await send("POST", path, headers)).toMatchObject({ status: 403, reached: [] });
  });

  it.each<Record<string, string>>([
    { Origin: EVIL },
    { Origin: "null" },
    { "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "same-site" },
    { Referer: `${EVIL}/` },
    { Referer: "about:blank" },
  ])("is no browser that says %j: there a token changes nothing", async (headers) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const answer = await send(method, address, { Cookie, ...headers });
      expect(answer).toMatchObject({ status: 403, reached: [] });
    }
  });
});

it("lets Meta's webhook through, which is signed instead", async () => {
  const answer = await send("POST", "/webhooks/whatsapp", {});
  expect(answer).toMatchObject({ status: 200, reached: ["/webhooks/whatsapp"] });
});

it.each([
  ["PUT", "/webhooks/whatsapp"],
  ["POST", "/webhooks/whatsapp/"],
  ["POST", "/webhooks/whatsapp/../../login"],
  ["POST", "/webhooks/whatsapp%2f..%2f..%2flogin"],
  ["POST", "//webhooks/whatsapp"],
])("exempts nothing near the webhook: %s %s", async (method, path) => {
  expect(await send(method, path, { Origin: EVIL })).toMatchObject({ status: 403, reached: [] });
});

it.each(["GET", "HEAD"])("asks nothing of %s, which changes nothing", async (method) => {
  expect(await send(method, "/login", { Origin: EVIL })).toMatchObject({
    status: 200,
    reached: ["/login"],
  });
});
