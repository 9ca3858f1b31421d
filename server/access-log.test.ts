import { expect, it } from "vitest";
import { exchangeRaw, startServer } from "#server/testing/listener.ts";
import { waitUntil } from "#tests/support/wait.ts";

it("F95 logs one line a request, without its query", async () => {
  const { origin, events, stop } = await startServer({
    handle: async () => new Response("hello", { status: 201 }),
  });

  const response = await fetch(`${origin}/conversations/7?q=what-a-person-typed`);
  await response.text();

  const line = await waitUntil(() => events.find(({ event }) => event === "http.request"));
  expect(line).toMatchObject({
    requestId: response.headers.get("x-request-id"),
    method: "GET",
    path: "/conversations/7",
    status: 201,
    complete: true,
  });
  expect(line.bytes).toBeGreaterThan("hello".length);
  expect(line.ms).toBeGreaterThanOrEqual(0);
  expect(JSON.stringify(events)).not.toContain("what-a-person-typed");
  await stop();
});

it.each([
  "/invite/1.a-token",
  "/Invite/1.a-token.data?x",
  "//invite/1.a-token",
  "/%69nvite/1.a-token",
  "/invite%2f1.a-token",
  "/x/../invite/1.a-token",
  "/invite\\1.a-token",
  "/invite/1.a-token%zz",
  "http://host/invite/1.a-token",
  "HTTP://a-token@host/invite/1.a-token",
  "ftp://host//invite/1.a-token",
])("F95 leaves out the link of an invitation, in any of its forms: %s", async (path) => {
  const { port, events, stop } = await startServer({ handle: async () => new Response("hello") });
  await exchangeRaw(port, `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
  const line = await waitUntil(() => events.find(({ event }) => event === "http.request"));
  expect(line.path).toBe("/invite/…");
  expect(JSON.stringify(events)).not.toContain("a-token");
  await stop();
});
