import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, expect, it } from "vitest";
import { endlessBody, startServer, type TestServer } from "#server/testing/listener.ts";
import { waitUntil } from "#tests/support/wait.ts";
import type { Handle } from "./bridge.ts";

const MIB = 1024 * 1024;
/** What the kernel takes in on a loopback connection before it says stop, generously. */
const KERNEL_BUFFERS = 32 * MIB;

let running: TestServer | undefined;
const start = async (handle: Handle) => {
  running = await startServer({ handle });
  return running;
};
afterEach(() => running?.stop());

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

async function connectAndAsk(port: number, path = "/") {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
  return socket;
}

it("F54 pulls no more of a 200 MB stream than a client that does not read can take", async () => {
  const { state, stream } = endlessBody(64 * 1024, 200 * MIB);
  const { port } = await start(async () => new Response(stream));
  const socket = (await connectAndAsk(port)).pause();

  await waitUntil(async () => {
    const before = state.pulled;
    await sleep(200);
    return before > 0 && state.pulled === before;
  });

  expect(state.pulled).toBeLessThan(KERNEL_BUFFERS);
  socket.destroy();
  await waitUntil(() => state.cancelled);
});

it("F53 aborts the context's signal when the client leaves, also after a garbage collection", async () => {
  let asked = false;
  let aborted = false;
  const { port } = await start((_request, context) => {
    asked = true;
    context.signal?.addEventListener("abort", () => {
      aborted = true;
    });
    return new Promise(() => {});
  });
  const socket = await connectAndAsk(port);
  await waitUntil(() => asked);
  for (let round = 0; round < 3; round++) {
    collectGarbage();
    await sleep(10);
  }

  socket.destroy();

  await waitUntil(() => aborted);
});

it("F53 cancels the body of an answer that comes after the client has left", async () => {
  const { state, stream } = endlessBody();
  let signal: AbortSignal | undefined;
  const { port, events } = await start(async (_request, context) => {
    signal = context.signal;
    if (signal) await once(signal, "abort");
    return new Response(stream);
  });
  const socket = await connectAndAsk(port);
  await waitUntil(() => signal !== undefined);

  socket.destroy();

  await waitUntil(() => state.cancelled);
  expect(events).not.toContainEqual(expect.objectContaining({ event: "server.error" }));
});

it("F57 sends the headers of a HEAD and cancels its body", async () => {
  const { state, stream } = endlessBody();
  const { origin } = await start(
    async () => new Response(stream, { headers: { "Content-Type": "image/jpeg" } }),
  );

  const response = await fetch(origin, { method: "HEAD" });

  expect(response.headers.get("content-type")).toBe("image/jpeg");
  await waitUntil(() => state.cancelled);
  expect(state.pulled).toBeLessThan(MIB);
});

it("reports nothing when the app fails because the client has left", async () => {
  let asked = false;
  let failed = false;
  const { port, events } = await start(async (_request, context) => {
    asked = true;
    if (context.signal) await once(context.signal, "abort");
    failed = true;
    throw new Error("aborted");
  });
  const socket = await connectAndAsk(port);
  await waitUntil(() => asked);

  socket.destroy();

  await waitUntil(() => failed);
  await sleep(20);
  expect(events).not.toContainEqual(expect.objectContaining({ event: "server.error" }));
});
