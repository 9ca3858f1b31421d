import { once } from "node:events";
import { Agent, get, type Server } from "node:http";
import { connect } from "node:net";
import { promisify } from "node:util";
import { afterEach, expect, it } from "vitest";
import { isDraining } from "#app/process/draining.server.ts";
import { endlessBody, startServer, type TestServer } from "#server/testing/listener.ts";
import { waitUntil } from "#tests/support/wait.ts";
import { drainer } from "./drain.ts";

let running: TestServer | undefined;
afterEach(() => running?.stop());

interface Settings {
  hardCapMs?: number;
  onDatabaseClose?: () => void;
}

async function start(
  handle: (request: Request) => Promise<Response>,
  { hardCapMs, onDatabaseClose }: Settings = {},
) {
  running = await startServer({ handle });
  const steps: string[] = [];
  const drain = drainer({
    server: running.server,
    stopJobs: () => void steps.push("jobs stopped"),
    closeDatabase: async () => {
      onDatabaseClose?.();
      steps.push("database closed");
    },
    log: { info: (event: object) => void steps.push(JSON.stringify(event)), flush: () => {} },
    ...(hardCapMs === undefined ? {} : { hardCapMs }),
  });
  return { ...running, drain, steps };
}

const connectionsOf = (server: Server) => promisify(server.getConnections.bind(server))();

const refuses = (port: number) =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(false));
    socket.on("error", () => resolve(true));
  });

it("F90 finishes a request in flight, accepts no new one, then closes the database", async () => {
  let finish: ((response: Response) => void) | undefined;
  const { origin, port, drain, steps } = await start(
    () =>
      new Promise((resolve) => {
        finish = resolve;
      }),
  );
  const agent = new Agent({ keepAlive: true });
  const inFlight = once(get(origin, { agent }), "response");
  await waitUntil(() => finish);

  const drained = drain("SIGTERM");

  expect(isDraining()).toBe(true);
  expect(steps[0]).toBe("jobs stopped");
  expect(await refuses(port)).toBe(true);
  expect(steps).not.toContain("database closed");
  finish?.(new Response("done"));
  const [response] = await inFlight;
  expect(response.headers.connection).toBe("close");
  response.resume();
  await drained;
  expect(steps.at(-2)).toBe("database closed");
  expect(steps.at(-1)).toContain('"cut":0');
  agent.destroy();
});

it("F90 does not wait for connections that ask for nothing", async () => {
  const { server, origin, port, drain, steps } = await start(async () => new Response("ok"), {
    hardCapMs: 10 * 60_000,
  });
  const agent = new Agent({ keepAlive: true });
  const [response] = await once(get(origin, { agent }), "response");
  response.resume();
  await once(response, "end");
  const opened = connect(port, "127.0.0.1");
  opened.on("error", () => {});
  await waitUntil(async () => (await connectionsOf(server)) === 2);

  await drain("SIGTERM");

  expect(steps.at(-1)).toContain('"cut":0');
  agent.destroy();
});

it("F90 cuts a stream that outlasts the hard cap, and cancels it before the database closes", async () => {
  const { state, stream } = endlessBody(16);
  let cancelledAtClose = false;
  const { origin, drain, steps } = await start(async () => new Response(stream), {
    hardCapMs: 200,
    onDatabaseClose: () => {
      cancelledAtClose = state.cancelled;
    },
  });
  const [response] = await once(get(origin), "response");
  response.on("error", () => {});
  response.pause();

  await drain("SIGTERM");

  expect(cancelledAtClose).toBe(true);
  expect(steps.at(-1)).toContain('"cut":1');
});

it("stops even when the database can't be closed", async () => {
  running = await startServer({ handle: async () => new Response("ok") });
  const drain = drainer({
    server: running.server,
    stopJobs: () => {},
    closeDatabase: () => Promise.reject(new Error("connection lost")),
    log: { info: () => {}, flush: () => {} },
  });
  await expect(drain("SIGINT")).resolves.toBeUndefined();
});
