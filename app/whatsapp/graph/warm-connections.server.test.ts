import { Socket } from "node:net";
import { Agent, type buildConnector, request } from "undici";
import { describe, expect, it } from "vitest";
import { settle } from "#tests/support/settle.ts";
import { startTlsHost } from "#tests/support/tls-host.ts";
import { waitFor } from "#tests/support/wait.ts";
import { createWarmConnections, MAX_WARM, type WarmOptions } from "./warm-connections.server.ts";

/** Warm connections to a host with TLS, and a client that uses them. */
async function setUp(options: WarmOptions = {}) {
  const host = await startTlsHost();
  const warm = createWarmConnections(host.connector, options);
  const dispatcher = new Agent({ connect: warm.connect, connections: null });
  return {
    host,
    warm,
    ask: async (path = "/file") => {
      const { body } = await request(host.url + path, { dispatcher });
      return body.text();
    },
    /** Waits until a number of connections are warm. */
    opened: async (count: number) => {
      warm.warmUp(host.url, count);
      await waitFor(() => expect(host.sockets).toHaveLength(count));
      // Their last word, TLS session tickets, is on its way to us.
      await settle();
    },
    async [Symbol.asyncDispose]() {
      warm.close();
      await dispatcher.destroy();
      await host[Symbol.asyncDispose]();
    },
  };
}

describe("a warm connection", () => {
  it("is used by the next request", async () => {
    await using world = await setUp();
    await world.opened(1);
    expect(await world.ask()).toBe("answer");
    expect(world.host.sockets).toHaveLength(1);
  });

  it("carries no byte of HTTP, from its opening to its end", async () => {
    await using world = await setUp();
    world.warm.warmUp(world.host.url);
    await waitFor(() => expect(world.host.sockets).toHaveLength(MAX_WARM));
    const heard: Buffer[] = [];
    for (const socket of world.host.sockets) socket.prependListener("data", (c) => heard.push(c));
    world.warm.close();
    await waitFor(() => expect(world.host.open()).toBe(0));
    expect(heard).toEqual([]);
    expect(world.host.requests).toEqual([]);
  });

  it("is given to one request only", async () => {
    await using world = await setUp();
    await world.opened(1);
    await Promise.all([world.ask(), world.ask()]);
    expect(world.host.sockets).toHaveLength(2);
  });

  it("is not used any more when the other side has closed it", async () => {
    await using world = await setUp();
    await world.opened(1);
    for (const socket of world.host.sockets) socket.end();
    await waitFor(() => expect(world.host.open()).toBe(0));
    expect(await world.ask()).toBe("answer");
    expect(world.host.sockets).toHaveLength(2);
  });

  it("is joined by a request that comes while it is being opened", async () => {
    await using world = await setUp();
    world.warm.warmUp(world.host.url, 1);
    expect(await world.ask()).toBe("answer");
    expect(world.host.sockets).toHaveLength(1);
  });

  it("is one of two at most, however often they are asked for", async () => {
    await using world = await setUp();
    for (let times = 0; times < 20; times++) world.warm.warmUp(world.host.url, 20);
    await world.opened(MAX_WARM);
    world.warm.warmUp(world.host.url, 20);
    await world.ask();
    expect(world.host.sockets).toHaveLength(MAX_WARM);
  });

  it("ends when nobody uses it for a while", async () => {
    await using world = await setUp({ idleMs: 20 });
    world.warm.warmUp(world.host.url);
    await waitFor(() => expect(world.host.sockets).toHaveLength(MAX_WARM));
    await waitFor(() => expect(world.host.open()).toBe(0));
    expect(await world.ask()).toBe("answer");
  });

  it("ends at a shutdown", async () => {
    await using world = await setUp();
    await world.opened(MAX_WARM);
    world.warm.close();
    await waitFor(() => expect(world.host.open()).toBe(0));
    expect(await world.ask()).toBe("answer");
    expect(world.host.sockets).toHaveLength(MAX_WARM + 1);
  });
});

/** Warm connections on a network that answers when it is told, and a clock to move. */
function onNetwork() {
  const clock = { now: 1_000_000 };
  const attempts: buildConnector.Callback[] = [];
  const warm = createWarmConnections((_, callback) => void attempts.push(callback), {
    now: () => clock.now,
  });
  const fail = () => {
    for (const callback of attempts.splice(0)) callback(new Error("no network"), null);
  };
  /** @returns how many attempts are then under way */
  const warmUp = async () => {
    warm.warmUp("https://graph.test");
    await settle();
    return attempts.length;
  };
  const connect = () =>
    new Promise((resolve) => {
      const place = { protocol: "https:", hostname: "graph.test", port: "" };
      warm.connect(place, (...[error]) => resolve(error));
    });
  return { attempts, clock, close: warm.close, connect, fail, warmUp };
}

describe("on a slow network", () => {
  it("a connection ends as soon as it is open when the shutdown came before", async () => {
    const { attempts, close, warmUp } = onNetwork();
    await warmUp();
    close();
    const sockets = attempts.map((callback) => {
      const socket = new Socket();
      callback(null, socket);
      return socket;
    });
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true, true]);
  });

  it("a request gets another connection when the warm one ends at that moment", async () => {
    const { attempts, connect, warmUp } = onNetwork();
    await warmUp();
    const socket = new Socket();
    for (const callback of attempts.splice(0, 1)) callback(null, socket);
    void connect();
    socket.destroy();
    await settle();
    expect(attempts).toHaveLength(MAX_WARM);
  });

  it("no connection is opened after the shutdown", async () => {
    const { close, warmUp } = onNetwork();
    close();
    expect(await warmUp()).toBe(0);
  });

  it("a request waits for no attempt that may hang", async () => {
    const { attempts, clock, connect, warmUp } = onNetwork();
    await warmUp();
    clock.now += 1_000;
    void connect();
    expect(attempts).toHaveLength(MAX_WARM + 1);
  });
});

describe("without a network", () => {
  it("is tried only when somebody asks, after pauses that grow to five minutes", async () => {
    const { clock, fail, warmUp } = onNetwork();
    const pauses: number[] = [];
    for (let times = 0; times < 9; times++) {
      expect(await warmUp()).toBe(MAX_WARM);
      fail();
      const failedAt = clock.now;
      while ((await warmUp()) === 0) clock.now += 1_000;
      pauses.push((clock.now - failedAt) / 1000);
      fail();
      clock.now += 300_000;
    }
    expect(pauses.slice(0, 2)).toEqual([5, 20]);
    expect(Math.max(...pauses)).toBe(300);
  });

  it("fails a request that waits for it as an attempt of its own would have", async () => {
    const { attempts, connect, fail, warmUp } = onNetwork();
    await warmUp();
    const connecting = connect();
    expect(attempts).toHaveLength(MAX_WARM);
    fail();
    expect(await connecting).toEqual(new Error("no network"));
  });
});
