import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { LoadConnection } from "./load-connection.ts";

const BYTES = 10;
const ANSWER = `HTTP/1.1 200 OK\r\nContent-Length: ${BYTES}\r\n\r\n0123456789`;

/** @param answer what a server does with each request that comes */
async function connectTo(answer: (socket: Socket, request: string) => unknown) {
  const server = createServer((socket) => {
    socket.setEncoding("latin1").on("data", (request) => answer(socket, String(request)));
    socket.on("error", () => {});
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/media/1?a=b`;
  let received = 0;
  const target = { url, headers: { Cookie: "session=1" }, bytes: BYTES };
  const connection = await LoadConnection.open(target, (bytes) => {
    received += bytes;
  });
  onTestFinished(() => {
    connection.close();
    server.close();
  });
  return { connection, port, received: () => received };
}

it("asks again and again over one connection and counts the bodies", async () => {
  const requests: string[] = [];
  const { connection, port, received } = await connectTo((socket, request) => {
    requests.push(request);
    socket.write(ANSWER);
  });
  const before = performance.now();
  expect(await connection.get()).toBeGreaterThan(before);
  await connection.get();
  expect(received()).toBe(2 * BYTES);
  expect(requests[1]).toBe(
    `GET /media/1?a=b HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: session=1\r\n\r\n`,
  );
});

it("takes an answer in pieces, and the time of the first", async () => {
  let lastPieceAt = 0;
  const { connection, received } = await connectTo(async (socket) => {
    for (const piece of [ANSWER.slice(0, 20), ANSWER.slice(20, -4), ANSWER.slice(-4)]) {
      lastPieceAt = performance.now();
      socket.write(piece);
      await sleep(20);
    }
  });
  expect(await connection.get()).toBeLessThan(lastPieceAt);
  expect(received()).toBe(BYTES);
});

it.each([
  ["another status", ANSWER.replace("200 OK", "503 Busy"), /instead of 200.*\n.*503 Busy/],
  ["another length", ANSWER.replace("10", "9"), /instead of 200 with 10 bytes/],
  ["no length", ANSWER.replace("Content-Length: 10", "Connection: close"), /instead of 200/],
  ["more bytes", `${ANSWER}a`, /longer than it says/],
])("refuses %s", async (_what, answer, message) => {
  const { connection } = await connectTo((socket) => socket.write(answer));
  await expect(connection.get()).rejects.toThrow(message);
});

it("refuses an answer that breaks off, and knows that the connection is of no more use", async () => {
  const { connection } = await connectTo((socket) => socket.end(ANSWER.slice(0, -1)));
  expect(connection.closed).toBe(false);
  await expect(connection.get()).rejects.toThrow("GET /media/1?a=b HTTP/1.1: the connection");
  expect(connection.closed).toBe(true);
});
