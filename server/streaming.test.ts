import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { startServer } from "#server/testing/listener.ts";
import { waitUntil } from "#tests/support/wait.ts";

const ACCEPT_ALL = { "Accept-Encoding": "br, gzip" };

it("hands on the first part of a streamed page before the rest exists", async () => {
  let finish = () => {};
  const rest = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const app = await startServer({
    handle: async () => {
      const stream = new ReadableStream<Uint8Array>({
        async start(controller) {
          controller.enqueue(new TextEncoder().encode("<p>Loading"));
          await rest;
          controller.enqueue(new TextEncoder().encode("<p>Done"));
          controller.close();
        },
      });
      const headers = { "Content-Type": "text/html", "Cache-Control": "no-store, no-transform" };
      return new Response(stream, { headers });
    },
  });

  const [response] = await once(
    get(`${app.origin}/media/1/view`, { headers: ACCEPT_ALL }),
    "response",
  );
  const [first] = await once(response.setEncoding("utf8"), "data");
  expect(first).toBe("<p>Loading");
  finish();
  const [second] = await once(response, "data");
  expect(second).toBe("<p>Done");
  await app.stop();
});

it("cancels a compressed page when its reader leaves, and goes on serving", async () => {
  let cancelled = false;
  const stream = new ReadableStream({
    async pull(controller) {
      await sleep(5);
      controller.enqueue(randomBytes(4096));
    },
    cancel() {
      cancelled = true;
    },
  });
  const headers = { "Content-Type": "text/html" };
  const app = await startServer({
    handle: async (request) =>
      new URL(request.url).pathname === "/up"
        ? new Response("ok")
        : new Response(stream, { headers }),
  });
  const request = get(app.origin, { headers: { "Accept-Encoding": "gzip" } });
  const [response] = await once(request, "response");
  expect(response.headers["content-encoding"]).toBe("gzip");
  await once(response, "data");

  request.destroy();

  await waitUntil(() => cancelled);
  await sleep(50);
  expect(await (await fetch(`${app.origin}/up`)).text()).toBe("ok");
  expect(app.events).not.toContainEqual(expect.objectContaining({ event: "server.error" }));
  await app.stop();
});
