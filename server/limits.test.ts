import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { exchangeRaw, startServer, type TestServer } from "#server/testing/listener.ts";
import { LIMITS, type Limits } from "./limits.ts";

let running: TestServer | undefined;
afterEach(() => running?.stop());

async function start(limits: Partial<Limits> = {}) {
  running = await startServer({
    handle: async (request) => new Response(await request.text().catch(() => "unread")),
    limits: { checkEveryMs: 50, ...limits },
  });
  return running;
}
const ASK = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

it("F60 answers 431 to headers of more than 16 KB", async () => {
  const { port } = await start();
  const ask = (size: number) =>
    exchangeRaw(
      port,
      `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: ${"x".repeat(size)}\r\n\r\n`,
    );

  expect(await ask(12 * 1024)).toMatch(/^HTTP\/1\.1 200 /);
  expect(await ask(16 * 1024)).toMatch(/^HTTP\/1\.1 431 /);
});

it("F7 answers 408 to a body that trickles", async () => {
  const { port, events } = await start({ headersTimeoutMs: 300, requestTimeoutMs: 300 });
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  socket.on("error", () => {});
  socket.write("POST /webhooks/whatsapp HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
  const drip = setInterval(() => socket.write("x"), 50);

  const [answer] = await once(socket, "data");

  clearInterval(drip);
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  await once(socket, "close");
  expect(events).not.toContainEqual(expect.objectContaining({ event: "server.error" }));
});

const UPLOAD =
  "Host: a\r\nOrigin: http://a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000";

/** Sends a request that goes on at a pace, and gives the first part of the answer. */
async function sendSlowly(port: number, head: string, bytes: number, everyMs: number) {
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  socket.on("error", () => {});
  socket.write(`${head}\r\n\r\n`);
  const drip = setInterval(() => socket.writable && socket.write("x".repeat(bytes)), everyMs);
  const [answer] = await once(socket, "data");
  clearInterval(drip);
  socket.destroy();
  return String(answer);
}
const SLOW = { requestTimeoutMs: 200, uploadTimeoutMs: 60_000, uploadPartMs: 500 };

it.each(["/conversations/7", "/conversations/7.data?x=1", "/Conversations/7"])(
  "waits for a file on its way to %s for longer than for other bodies",
  async (path) => {
    const { port } = await start({ ...SLOW, uploadPartBytes: 1_000 });
    const head = `POST ${path} HTTP/1.1\r\n${UPLOAD}`;
    expect(await sendSlowly(port, head, 5_000, 50)).toMatch(/^HTTP\/1\.1 200 /);
  },
);

it("F7 answers 408 to a file that comes far too slowly", async () => {
  const { port, events } = await start({ ...SLOW, uploadPartBytes: 10_000 });
  const head = `POST /conversations/7 HTTP/1.1\r\n${UPLOAD}`;
  expect(await sendSlowly(port, head, 10, 50)).toMatch(/^HTTP\/1\.1 408 /);
  expect(events).not.toContainEqual(expect.objectContaining({ event: "server.error" }));
});

it("F7 answers 408 to a file that takes too long in all", async () => {
  const { port } = await start({ ...SLOW, uploadTimeoutMs: 600, headersTimeoutMs: 300 });
  const head = `POST /conversations/7 HTTP/1.1\r\n${UPLOAD}`;
  expect(await sendSlowly(port, head, 1, 20)).toMatch(/^HTTP\/1\.1 408 /);
});

it.each([
  ["/login", UPLOAD],
  ["/conversations/7/news", UPLOAD],
  ["/conversations/7", UPLOAD.replace("multipart/form-data", "text/plain")],
])("F7 gives the body of a POST to %s no longer than any other", async (path, headers) => {
  const { port } = await start({ ...SLOW, uploadPartBytes: 1 });
  const head = `POST ${path} HTTP/1.1\r\n${headers}`;
  expect(await sendSlowly(port, head, 100, 20)).toMatch(/^HTTP\/1\.1 408 /);
});

it("answers 408 to headers that never end", async () => {
  const { port } = await start({ headersTimeoutMs: 100 });
  expect(await exchangeRaw(port, "GET / HTTP/1.1\r\nHost: a\r\n")).toMatch(/^HTTP\/1\.1 408 /);
});

it("closes a connection on which nothing moves", async () => {
  running = await startServer({
    handle: () => new Promise(() => {}),
    limits: { idleSocketTimeoutMs: 100 },
  });
  expect(await exchangeRaw(running.port, ASK)).toBe("");
});

it("F97 keeps an idle connection for longer than the minute that proxies do", () => {
  expect(LIMITS.keepAliveTimeoutMs).toBeGreaterThan(65_000);
});

it("F97 keeps an idle connection however short the time for headers is", async () => {
  const { port } = await start({ headersTimeoutMs: 100, requestTimeoutMs: 100 });
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  socket.write(ASK);
  await once(socket, "data");
  await sleep(400);

  socket.write(ASK);

  const [answer] = await once(socket, "data");
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  socket.destroy();
});

it("takes no more connections than it can carry", async () => {
  const { port } = await start({ maxConnections: 1 });
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  socket.write(ASK);
  await once(socket, "data");

  expect(await exchangeRaw(port, ASK)).toBe("");

  socket.write(ASK);
  expect((await once(socket, "data"))[0]).toMatch(/^HTTP\/1\.1 200 /);
  socket.destroy();
});
