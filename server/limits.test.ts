import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
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

/** Sends a request in parts, with a clock of its own: each part arrives in one time for a part. */
async function sendInTime({ server, port }: TestServer, head: string, parts: string[]) {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const accepted = once(server, "connection");
  const client = connect(port, "127.0.0.1").setEncoding("latin1");
  client.on("error", () => {});
  const answered = once(client, "data");
  const [socket] = await accepted;
  const asked = once(server, "request");
  client.write(`${head}\r\n\r\n`);
  await asked;
  for (const part of parts) {
    const before = socket.bytesRead;
    client.write(part);
    while (socket.bytesRead < before + part.length) await sleep(1);
    vi.advanceTimersByTime(SLOW.uploadPartMs);
  }
  const [answer] = await answered;
  client.destroy();
  return String(answer);
}

it.each(["/conversations/7", "/conversations/7.data?x=1", "/Conversations/7"])(
  "waits for a file on its way to %s for longer than for other bodies",
  async (path) => {
    const server = await start({ ...SLOW, uploadPartBytes: 5_000 });
    const head = `POST ${path} HTTP/1.1\r\n${UPLOAD}`;
    const parts = Array(20).fill("x".repeat(5_000));
    expect(await sendInTime(server, head, parts)).toMatch(/^HTTP\/1\.1 200 /);
  },
);

it("F7 answers 408 to a file that comes far too slowly", async () => {
  const server = await start({ ...SLOW, uploadPartBytes: 5_000 });
  const head = `POST /conversations/7 HTTP/1.1\r\n${UPLOAD}`;
  const parts = ["x".repeat(5_000), "x".repeat(4_999)];
  expect(await sendInTime(server, head, parts)).toMatch(/^HTTP\/1\.1 408 /);
  expect(server.events).not.toContainEqual(expect.objectContaining({ event: "server.error" }));
});

it("F7 answers 408 to a file that takes too long in all", async () => {
  const { port } = await start({
    ...{ requestTimeoutMs: 200, uploadTimeoutMs: 600, headersTimeoutMs: 300 },
    ...{ uploadPartMs: 500, uploadPartBytes: 0 },
  });
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
  const { server, port } = await start();
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  socket.write(ASK);
  await once(socket, "data");
  const { headersTimeout, requestTimeout } = server;
  Object.assign(server, { headersTimeout: 1, requestTimeout: 1 });
  // Node looks every 50 ms.
  await sleep(200);
  Object.assign(server, { headersTimeout, requestTimeout });

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
