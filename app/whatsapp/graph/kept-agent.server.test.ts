import type { ServerResponse } from "node:http";
import { type buildConnector, request } from "undici";
import { describe, expect, it } from "vitest";
import { startTlsHost } from "#tests/support/tls-host.ts";
import { waitFor } from "#tests/support/wait.ts";
import { createKeptAgent, type Keeping } from "./kept-agent.server.ts";

/** A host that answers all at once, when as many requests as expected are there. */
async function setUp(expected: number, keeping: Partial<Keeping>, broken = { times: 0 }) {
  const waiting: ServerResponse[] = [];
  let answered = 0;
  const host = await startTlsHost((_, res) => {
    waiting.push(res);
    answered += 1;
    if (answered >= expected) for (const open of waiting.splice(0)) open.end("answer");
  });
  const connect: buildConnector.connector = (options, callback) => {
    if (broken.times-- > 0) callback(new Error("no network"), null);
    else host.connector(options, callback);
  };
  const dispatcher = createKeptAgent(connect, keeping);
  const ask = async () => (await request(host.url, { dispatcher })).body.text();
  return {
    host,
    ask,
    burst: () => Promise.all(Array.from({ length: expected }, ask)),
    async [Symbol.asyncDispose]() {
      await dispatcher.destroy();
      await host[Symbol.asyncDispose]();
    },
  };
}

describe("connections after a burst", () => {
  it("are kept, a few of them, and the rest goes soon", async () => {
    await using world = await setUp(12, { most: 3, surplusMs: 20 });
    await world.burst();
    expect(world.host.sockets).toHaveLength(12);
    await waitFor(() => expect(world.host.open()).toBe(3));
    for (let times = 0; times < 3; times++) await world.ask();
    expect(world.host.sockets).toHaveLength(12);
    expect(world.host.open()).toBe(3);
  });

  it("are all gone after a while", async () => {
    await using world = await setUp(5, { most: 3, surplusMs: 20, keptMs: 40 });
    await world.burst();
    await waitFor(() => expect(world.host.open()).toBe(0));
  });

  it("are kept in the place of some that could not be opened", async () => {
    const broken = { times: 0 };
    await using world = await setUp(3, { most: 2, surplusMs: 20 }, broken);
    const first = world.ask();
    await waitFor(() => expect(world.host.requests).toHaveLength(1));
    broken.times = 3;
    for (let times = 0; times < 3; times++) await expect(world.ask()).rejects.toThrow("no network");
    await Promise.all([first, world.ask(), world.ask()]);
    await waitFor(() => expect(world.host.open()).toBe(2));
    await Promise.all([world.ask(), world.ask()]);
    expect(world.host.sockets).toHaveLength(3);
  });
});
