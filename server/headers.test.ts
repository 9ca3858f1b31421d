import { afterEach, expect, it } from "vitest";
import { startServer, type TestServer } from "./testing.ts";

let running: TestServer | undefined;
afterEach(() => running?.stop());

const DEFAULTS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "x-frame-options": "SAMEORIGIN",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

it.each(["/", "/assets/missing.js", "/%zz", "/media/1.data", "/throws"])(
  "sends security headers and a request id with %s",
  async (path) => {
    running = await startServer({
      handle: async (request) => {
        if (request.url.endsWith("throws")) throw new Error("broken");
        return new Response("ok");
      },
    });
    const { headers } = await fetch(running.origin + path);
    for (const [name, value] of Object.entries(DEFAULTS)) {
      const isRefusal = path !== "/" && name === "referrer-policy";
      expect(headers.get(name)).toBe(isRefusal ? "no-referrer" : value);
    }
    expect(headers.get("permissions-policy")).toContain("camera=()");
    expect(headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
    expect(headers.has("strict-transport-security")).toBe(false);
  },
);

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
