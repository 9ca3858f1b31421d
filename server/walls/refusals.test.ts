import { afterAll, beforeAll, expect, it } from "vitest";
import { exchangeRaw, startServer, type TestServer } from "#server/testing/listener.ts";

let app: TestServer;
let reached: string[] = [];
beforeAll(async () => {
  app = await startServer({
    handle: async (request) => {
      reached.push(new URL(request.url).pathname);
      return new Response("app");
    },
  });
});
afterAll(() => app.stop());

/** A path as it is, and in an address: a request's target may be either. */
const inBothForms = (path: string) => [path, `http://other.example.test${path}`];

async function ask(path: string, method = "GET", host = "127.0.0.1") {
  reached = [];
  const answer = await exchangeRaw(
    app.port,
    `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${app.origin}\r\nConnection: close\r\n\r\n`,
  );
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  return { status: Number(head.split(" ")[1]), head: head.toLowerCase(), body, reached };
}

it.each([
  "/media/1.data",
  "/media/1/view.data",
  "/media/1/.data",
  "/media/1.DATA",
  "/MEDIA/1.data",
  "/%6dedia/1.data",
  "/media/1%2edata",
  "/media/1%2Edat%61",
  "/x/../media/1.data",
  "/x/%2e%2e/media/1.data",
  "/media\\1.data",
  "/media/1.data?t=1",
  "/media/1?_data=routes%2Ffiles%2Fmedia.%24mediaId",
  "/media/1?t=1&%5fdata=x",
  "/api/whatsapp/media/1.data",
  "/api/whatsapp/media/1?_data",
  "/webhooks/whatsapp.data",
  "/webhooks/whatsapp?_data=x",
  "/metrics.data",
  "/admin/audit.csv.data",
  "/admin/audit.csv/.data",
  "/conversations/1?_data=routes%2Finbox%2Fconversations",
  "/?_data=root",
])("F75 refuses the data form %s before the app", async (path) => {
  for (const target of inBothForms(path)) {
    const answer = await ask(target);
    expect(answer, target).toMatchObject({ status: 404, reached: [] });
    expect(answer.head).toContain("cache-control: no-store");
  }
});

it.each([
  "/conversations/1.data",
  "/_root.data",
  "/login.data?_routes=root",
  "/admin/audit.data",
  "/media/1",
  "/media/1.data.jpg",
])("lets %s through", async (path) => {
  const reached = [path.replace(/\?.*/, "")];
  for (const target of inBothForms(path)) {
    expect(await ask(target), target).toMatchObject({ status: 200, reached });
  }
});

it.each([
  ["a stray percent sign", "/media/%zz"],
  ["bytes that are not UTF-8", "/media/%ff"],
  ["an encoded NUL", "/media/1%00"],
  ["an encoded line break", "/media/1%0d%0aSet-Cookie:x"],
  ["a fragment", "/login#top"],
])("F59 answers 400 to %s", async (_what, path) => {
  for (const target of inBothForms(path)) {
    expect(await ask(target), target).toMatchObject({ status: 400, reached: [] });
  }
});

it("answers 400 to the target that stands for the whole server", async () => {
  expect(await ask("*", "OPTIONS")).toMatchObject({ status: 400, reached: [] });
});

it.each(["evil.example.test/x?", "a b", "user@host", "h:99999999", "[::1", "%00"])(
  "answers 400 to the host %j",
  async (host) => {
    expect(await ask("/", "GET", host)).toMatchObject({ status: 400, reached: [] });
  },
);

it.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])(
  "F63 answers 405 to %s on media",
  async (method) => {
    const paths = ["/media/1", "/api/whatsapp/media/1", "/media/1/view"];
    for (const path of paths.flatMap(inBothForms)) {
      const answer = await ask(path, method);
      expect(answer).toMatchObject({ status: 405, reached: [] });
      expect(answer.head).toContain("allow: get, head");
    }
  },
);

it.each(["PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])(
  "F73 answers 405 to %s, which Remix would take for a form",
  async (method) => {
    for (const target of ["/conversations/1", `${app.origin}/conversations/1`, app.origin]) {
      const answer = await ask(target, method, new URL(app.origin).host);
      expect(answer, target).toMatchObject({ status: 405, reached: [] });
      expect(answer.head).toContain("allow: get, head, post");
    }
  },
);

it("answers 405 to TRACE instead of failing", async () => {
  expect(await ask("/", "TRACE")).toMatchObject({ status: 405, reached: [] });
});

it.each(["/media/1.data", "/media/%zz"])("F67 answers %s as strictly as media", async (path) => {
  const heads = await Promise.all(
    inBothForms(path).map(async (target) => (await ask(target)).head),
  );
  for (const header of [
    "cache-control: no-store, no-transform",
    "content-security-policy: default-src 'none'; sandbox",
    "cross-origin-resource-policy: same-origin",
    "referrer-policy: no-referrer",
    "x-content-type-options: nosniff",
  ]) {
    for (const head of heads) expect(head).toContain(header);
  }
});

it("F62 refuses a request with two lengths", async () => {
  const answer = await exchangeRaw(
    app.port,
    "POST /webhooks/whatsapp HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
  );
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(reached).not.toContain("/smuggled");
});
