import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, it } from "vitest";
import { exchangeRaw, startServer } from "#server/testing/listener.ts";
import { clientAddressOf, ownOrigin } from "./origin.ts";

const asked = (headers: Record<string, string>, remoteAddress = "203.0.113.9") => {
  const socket = Object.defineProperty(new Socket(), "remoteAddress", { value: remoteAddress });
  return Object.assign(new IncomingMessage(socket), { headers });
};
const FORWARDED = {
  host: "10.0.0.5:3000",
  "x-forwarded-host": "inbox.example.test",
  "x-forwarded-proto": "https",
  "x-forwarded-for": "198.51.100.7",
  forwarded: "host=evil.example.test;proto=https;for=192.0.2.1",
};
const untrusting = { trustProxy: false };
const trusting = { trustProxy: true };

it("F88 ignores X-Forwarded-* and Forwarded of an untrusted peer", () => {
  expect(ownOrigin(asked(FORWARDED), untrusting)).toBe("http://10.0.0.5:3000");
  expect(clientAddressOf(asked(FORWARDED), untrusting)).toBe("203.0.113.9");
});

it("believes X-Forwarded-* of a trusted proxy, and still no Forwarded", () => {
  expect(ownOrigin(asked(FORWARDED), trusting)).toBe("https://inbox.example.test");
  expect(clientAddressOf(asked(FORWARDED), trusting)).toBe("198.51.100.7");
});

it("takes the address that the nearest proxy wrote, not one the client invented", () => {
  const request = asked({ "x-forwarded-for": "192.0.2.66, 198.51.100.7" });
  expect(clientAddressOf(request, trusting)).toBe("198.51.100.7");
});

it("falls back on the connection when a proxy's address is none", () => {
  expect(clientAddressOf(asked({ "x-forwarded-for": "unknown" }), trusting)).toBe("203.0.113.9");
});

it("writes an IPv4 address in one way", () => {
  expect(clientAddressOf(asked({}, "::ffff:203.0.113.9"), untrusting)).toBe("203.0.113.9");
});

it("puts APP_ORIGIN before all that a request says", () => {
  const settings = { appOrigin: "https://public.example.test", trustProxy: true };
  expect(ownOrigin(asked(FORWARDED), settings)).toBe("https://public.example.test");
});

it("shows the app the public address, and none of a proxy's headers", async () => {
  let seen: Request | undefined;
  const app = await startServer({
    handle: async (request) => {
      seen = request;
      return new Response("ok");
    },
    settings: { appOrigin: "https://public.example.test", trustProxy: false },
  });
  const headers = Object.entries(FORWARDED).map(([name, value]) => `${name}: ${value}\r\n`);
  await exchangeRaw(
    app.port,
    `GET /a?b=c HTTP/1.1\r\n${headers.join("")}Connection: close\r\n\r\n`,
  );

  expect(seen?.url).toBe("https://public.example.test/a?b=c");
  expect(seen?.headers.get("host")).toBe("public.example.test");
  for (const name of Object.keys(FORWARDED)) {
    if (name !== "host") expect(seen?.headers.has(name)).toBe(false);
  }
  await app.stop();
});
