import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { ask, type Client } from "./client.ts";

const BODY = "0123456789".repeat(20_000);
const ANSWER = `HTTP/1.1 200 OK\r\nContent-Length: ${BODY.length}\r\n\r\n`;

/** What a client sees of a server that writes this, and then ends the connection if it is told so. */
async function seen(client: Client, writes: string, ends = true) {
  let request = "";
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (data) => {
      request = data.toString("latin1");
      socket.write(writes);
      if (ends) socket.end();
    });
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const { answer, endedBy } = await ask(`http://127.0.0.1:${port}/media/1`, "a=b", client);
  return { request, endedBy, status: answer?.status, body: answer?.body.toString("latin1") };
}

it.each([{}, { pauseMs: 1 }, { stopAfterBytes: 50_000, stopMs: 50 }])(
  "reads all with %j",
  async (client) => {
    const { body, endedBy } = await seen(client, ANSWER + BODY);
    expect(body === BODY).toBe(true);
    expect(endedBy).toBe("server");
  },
);

it("sends the cookie, the method and the Range over a connection for one answer", async () => {
  const { request, body } = await seen({ method: "HEAD", range: "bytes=0-1" }, ANSWER);
  expect(request).toMatch(
    /^HEAD \/media\/1 HTTP\/1\.1\r\nHost: 127\.0\.0\.1:\d+\r\nCookie: a=b\r\n/,
  );
  expect(request).toContain("Connection: close\r\nRange: bytes=0-1\r\n\r\n");
  expect(body).toBe("");
});

it("leaves after so many bytes", async () => {
  const { status, body, endedBy } = await seen({ leaveAfterBytes: 60 }, ANSWER + BODY);
  expect(status).toBe(200);
  expect(body?.length).toBeLessThan(BODY.length);
  expect(endedBy).toBe("client");
});

it("leaves after a while, also without an answer", async () => {
  const silent = await seen({ leaveAfterMs: 30 }, "", false);
  expect(silent).toMatchObject({ status: undefined, endedBy: "client" });
  const stalled = await seen({ leaveAfterMs: 30 }, `${ANSWER}0123`, false);
  expect(stalled).toMatchObject({ status: 200, body: "0123", endedBy: "client" });
});
