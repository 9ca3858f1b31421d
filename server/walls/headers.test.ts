import { afterEach, expect, it } from "vitest";
import { exchangeRaw, startServer, type TestServer } from "#server/testing/listener.ts";

let running: TestServer | undefined;
afterEach(() => running?.stop());

const WALLS = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "origin-agent-cluster": "?1",
  "x-permitted-cross-domain-policies": "none",
};
const REFUSAL = {
  ...WALLS,
  "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'self'",
  "x-frame-options": "SAMEORIGIN",
  "referrer-policy": "no-referrer",
};

it.each([
  ["an answer of the app", "/", WALLS],
  ["a redirect", "/redirects", WALLS],
  ["a missing asset", "/assets/missing.js", REFUSAL],
  ["a malformed address", "/%zz", REFUSAL],
  ["a refused form of media", "/media/1.data", REFUSAL],
  ["an answer that fails", "/throws", REFUSAL],
])("F68 puts the browser's walls around %s", async (_what, path, walls) => {
  running = await startServer({
    handle: async (request) => {
      if (request.url.endsWith("throws")) throw new Error("broken");
      if (request.url.endsWith("redirects")) return Response.redirect(`${request.url}/to`);
      return new Response("ok");
    },
  });
  const { headers } = await fetch(running.origin + path, { redirect: "manual" });
  expect(Object.fromEntries(headers)).toMatchObject(walls);
  expect(headers.get("permissions-policy")).toContain("camera=()");
  expect(headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
  expect(headers.has("strict-transport-security")).toBe(false);
});

it("F7 F68 puts them around the answer to a body that doesn't arrive", async () => {
  running = await startServer({
    handle: () => new Promise(() => {}),
    limits: { requestTimeoutMs: 50 },
  });
  const answer = await exchangeRaw(
    running.port,
    "POST /webhooks/whatsapp HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n0",
  );
  const lines = answer.toLowerCase().split("\r\n");
  expect(lines[0]).toContain("408");
  const walls = Object.entries(WALLS).map(([name, value]) => `${name}: ${value.toLowerCase()}`);
  expect(lines).toEqual(expect.arrayContaining(walls));
});

it("lets a route be stricter", async () => {
  const headers = { "Referrer-Policy": "no-referrer" };
  running = await startServer({ handle: async () => new Response("ok", { headers }) });
  expect((await fetch(running.origin)).headers.get("referrer-policy")).toBe("no-referrer");
});

it("F68 asks for https for a year once people come over https", async () => {
  running = await startServer({
    handle: async () => new Response("ok"),
    settings: { appOrigin: "https://inbox.example.test", trustProxy: false },
  });
  const { headers } = await fetch(running.origin);
  expect(headers.get("strict-transport-security")).toBe("max-age=31536000");
});
