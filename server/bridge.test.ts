import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { AppLoadContext } from "@remix-run/node";
import { afterEach, expect, it } from "vitest";
import { exchangeRaw, startServer, type TestServer } from "#server/testing/listener.ts";
import { waitUntil } from "#tests/support/wait.ts";
import type { Handle } from "./bridge.ts";

const MIB = 1024 * 1024;

let running: TestServer | undefined;
const start = async (handle: Handle) => {
  running = await startServer({ handle });
  return running;
};
afterEach(() => running?.stop());

it("answers 500 with a number to look up, and no internals, when the app throws", async () => {
  const { origin, events } = await start(async () => {
    throw new Error("secret detail");
  });

  const response = await fetch(origin);
  const body = await response.text();

  const logged = events.find(({ event }) => event === "server.error");
  expect(response.status).toBe(500);
  expect(body).not.toContain("secret detail");
  expect(body).toContain(String(logged?.id));
  expect(response.headers.get("x-request-id")).toBe(logged?.id);
  expect(logged).toMatchObject({ message: "secret detail" });
});

it("F35 cuts the connection when a body fails after the headers, and goes on serving", async () => {
  const { origin, events } = await start(async (request) => {
    if (new URL(request.url).pathname === "/up") return new Response("ok");
    const stream = new ReadableStream({
      async pull(controller) {
        controller.enqueue(new Uint8Array(1024));
        await sleep(20);
        controller.error(new Error("upstream broke"));
      },
    });
    return new Response(stream, { headers: { "Content-Length": "4096" } });
  });

  const response = await fetch(origin);

  await expect(response.arrayBuffer()).rejects.toThrow();
  expect(events).toContainEqual(
    expect.objectContaining({ event: "server.error", message: "upstream broke" }),
  );
  expect(await (await fetch(`${origin}/up`)).text()).toBe("ok");
});

it("sends an answer's every Set-Cookie", async () => {
  const headers = new Headers([
    ["Set-Cookie", "a=1"],
    ["Set-Cookie", "b=2"],
  ]);
  const { origin } = await start(async () => new Response("ok", { headers }));

  expect((await fetch(origin)).headers.getSetCookie()).toEqual(["a=1", "b=2"]);
});

it("hands over the client's address, and that it takes piped bodies", async () => {
  const contexts: AppLoadContext[] = [];
  const { origin } = await start(async (_request, context) => {
    contexts.push(context);
    return new Response("ok");
  });

  await fetch(origin);

  expect(contexts).toMatchObject([{ clientAddress: "127.0.0.1", pipes: true }]);
});

it("keeps a connection usable when the app answers without reading the body", async () => {
  const { port } = await start(async (request) => {
    const isUpload = request.method === "POST";
    return new Response(isUpload ? "too large" : "next", { status: isUpload ? 413 : 200 });
  });
  const head = `POST /webhooks/whatsapp HTTP/1.1\r\nHost: a\r\nContent-Length: ${5 * MIB}\r\n\r\n`;
  const upload = head + "x".repeat(5 * MIB);

  const received = await exchangeRaw(
    port,
    `${upload}GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
  );

  expect(received).toMatch(/^HTTP\/1\.1 413 .*too large.*HTTP\/1\.1 200 .*next/s);
});

it("F62 answers pipelined requests in their order", async () => {
  const { port } = await start(async (request) => {
    const { pathname } = new URL(request.url);
    await sleep(pathname === "/first" ? 100 : 0);
    return new Response(`[${pathname}]`);
  });
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  let received = "";
  socket.on("data", (chunk: string) => {
    received += chunk;
  });
  const ask = (path: string) => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;

  socket.write(ask("/first") + ask("/second"));

  await waitUntil(() => received.includes("[/second]"));
  expect(received.indexOf("[/first]")).toBeGreaterThan(-1);
  expect(received.indexOf("[/first]")).toBeLessThan(received.indexOf("[/second]"));
  socket.destroy();
});
