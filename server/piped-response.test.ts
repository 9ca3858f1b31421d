import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { type Pipe, pipedResponse, pipeOf } from "#app/http/piped-response.ts";
import { startServer, type TestServer } from "#server/testing/listener.ts";
import { waitUntil } from "#tests/support/wait.ts";
import type { Handle } from "./bridge.ts";

let running: TestServer | undefined;
afterEach(() => running?.stop());

/** A server whose answer has two ways out, and what becomes of both. */
async function start(
  given: { status?: number; wait?: (signal: AbortSignal) => Promise<void> } = {},
) {
  const used = { pipe: 0, stream: 0, aborted: 0 };
  const handle: Handle = async (_request, context) => {
    const { signal = new AbortController().signal } = context;
    signal.addEventListener("abort", () => {
      used.aborted += 1;
    });
    await given.wait?.(signal);
    const headers = new Headers({ "Content-Type": "image/jpeg", "X-Own": "1" });
    headers.append("Set-Cookie", "a=1");
    headers.append("Set-Cookie", "b=2");
    return pipedResponse(
      context,
      { status: given.status ?? 200, headers },
      {
        pipe(res) {
          used.pipe += 1;
          res.end("by the pipe");
        },
        stream() {
          used.stream += 1;
          return new ReadableStream();
        },
      },
    );
  };
  running = await startServer({ handle });
  return { ...running, used };
}

describe("a response with a pipe", () => {
  it("has it only where the server knows of pipes; elsewhere an ordinary body", async () => {
    const body = { pipe: () => {}, stream: () => new Blob(["a"]).stream() };
    expect(pipeOf(pipedResponse({ pipes: true }, {}, body))).toBe(body.pipe);
    const ordinary = pipedResponse({}, {}, body);
    expect(pipeOf(ordinary)).toBeUndefined();
    expect(await ordinary.text()).toBe("a");
  });

  it.each([200, 206])("goes out by it, with status %i and all headers", async (status) => {
    const { origin, used } = await start({ status });
    const answer = await fetch(origin);
    expect(await answer.text()).toBe("by the pipe");
    expect(answer.status).toBe(status);
    expect(answer.headers.get("X-Own")).toBe("1");
    expect(answer.headers.get("Content-Type")).toBe("image/jpeg");
    expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(answer.headers.has("X-Request-Id")).toBe(true);
    expect(used).toMatchObject({ pipe: 1, stream: 0 });
  });

  it("F57 sends nothing where HEAD was asked, and the answer's signal tells that it is over", async () => {
    const { origin, used } = await start();
    const answer = await fetch(origin, { method: "HEAD" });
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    expect(answer.headers.get("X-Own")).toBe("1");
    await waitUntil(() => used.aborted > 0);
    expect(used).toEqual({ pipe: 0, stream: 0, aborted: 1 });
  });

  it("F53 is not sent where the client left before", async () => {
    let asked = false;
    let left = false;
    const { events, port, used } = await start({
      wait: (signal) =>
        new Promise((resolve) => {
          asked = true;
          signal.addEventListener("abort", () => {
            left = true;
            resolve();
          });
        }),
    });
    const socket = connect(port, "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await waitUntil(() => asked);
    socket.destroy();
    await waitUntil(() => left);
    await sleep(20);
    expect(used).toEqual({ pipe: 0, stream: 0, aborted: 1 });
    expect(events.filter(({ event }) => event === "server.error")).toEqual([]);
  });

  it("answers each request on a connection that is kept", async () => {
    const { port, used } = await start();
    const { Agent } = await import("node:http");
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let times = 1; times <= 3; times++) {
      const text = await new Promise<string>((resolve, reject) => {
        const asking = httpRequest({ host: "127.0.0.1", port, agent }, (answer) => {
          let received = "";
          answer.setEncoding("utf8").on("data", (part: string) => {
            received += part;
          });
          answer.on("end", () => resolve(received));
        });
        asking.on("error", reject).end();
      });
      expect(text).toBe("by the pipe");
    }
    expect(used.pipe).toBe(3);
    agent.destroy();
  });
});

describe("a pipe that fails", () => {
  const failing = (fail: Pipe) =>
    startServer({
      handle: async (request, context) =>
        new URL(request.url).pathname === "/up"
          ? new Response("ok")
          : pipedResponse(context, {}, { pipe: fail, stream: () => new ReadableStream() }),
    });

  it("F35 cuts the connection, is reported once, and leaves the server serving", async () => {
    running = await failing((res) => {
      res.write("half");
      throw new Error("a bug in the pipe");
    });
    const { events, origin } = running;
    await expect(fetch(origin).then((answer) => answer.text())).rejects.toThrow();
    await waitUntil(() => events.some(({ event }) => event === "server.error"));
    expect(events.filter(({ event }) => event === "server.error")).toHaveLength(1);
    expect(await (await fetch(`${origin}/up`)).text()).toBe("ok");
  });

  it("F35 cuts the connection where it breaks off later", async () => {
    running = await failing((res) => {
      res.write("half");
      setTimeout(() => res.destroy(), 20);
    });
    const answer = await fetch(running.origin);
    await expect(answer.text()).rejects.toThrow();
  });
});
