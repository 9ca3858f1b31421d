import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type App, startApp } from "#tests/support/app/app.ts";
import { startNode } from "#tests/support/app/program.ts";
import { waitUntil } from "#tests/support/wait.ts";

/** It is connected to at the first query only, and here nothing asks it. */
const NO_DATABASE = "postgres://nobody@127.0.0.1:9/none";
const CONFIGURED = {
  HOST: "127.0.0.1",
  PORT: "0",
  DATABASE_URL: NO_DATABASE,
  SESSION_SECRET: "test-session-secret-test-session-secret",
  WHATSAPP_APP_SECRET: "test-app-secret",
  WHATSAPP_VERIFY_TOKEN: "test-verify-token",
  WHATSAPP_ACCESS_TOKEN: "test-access-token",
};

const UNSIGNED = '{"object":"whatsapp_business_account"}';

let app: App | undefined;
afterEach(async () => {
  await app?.stop();
  app = undefined;
});

async function run(env: Record<string, string>) {
  const program = startNode(["build/server/server.js"], env);
  const code = await program.exited;
  return { code, output: program.output() };
}

describe("a server that can't start", () => {
  it("F4 F99 names every problem of its configuration at once, without a stack", async () => {
    const { code, output } = await run({ ...CONFIGURED, WHATSAPP_APP_SECRET: "", PORT: "http" });
    expect(code).toBe(1);
    expect(output).toContain("WHATSAPP_APP_SECRET is not set");
    expect(output).toMatch(/^ {2}PORT /m);
    expect(output).not.toMatch(/^\s+at /m);
  });

  it("says that its port is taken, without a stack", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const { code, output } = await run({ ...CONFIGURED, PORT: `${port}` });
    expect(code).toBe(1);
    expect(output).toContain(`127.0.0.1, port ${port}`);
    expect(output).not.toMatch(/^\s+at /m);
    other.close();
  });

  it("says that another process uses its embedded database, without a stack", async () => {
    app = await startApp({ databaseUrl: "", seed: false });
    const { code, output } = await run({
      ...CONFIGURED,
      DATABASE_URL: "",
      DATA_DIR: app.dataDir ?? "",
    });
    expect(code).toBe(1);
    expect(output).toContain("in use by another process");
    expect(output).not.toMatch(/^\s+at /m);
  });
});

describe("F90 a running server", () => {
  it("drains at SIGTERM, with its database, and exits with 0", async () => {
    app = await startApp({ seed: false });
    await expectDrained(app, "SIGTERM");
  });

  it("drains at SIGINT and exits with 0", async () => {
    await expectDrained(await start(), "SIGINT");
  });

  it("finishes the request it has", async () => {
    const { process, logs, url } = await start();
    const client = await halfWebhook(url);
    const exited = once(process, "exit");
    process.kill("SIGTERM");
    await waitUntil(() => logs().some(({ event }) => event === "server.draining"));

    client.socket.write(UNSIGNED.slice(1));

    await once(client.socket, "close");
    expect(client.received()).toMatch(/HTTP\/1\.1 401 .*Connection: close/s);
    expect(await exited).toEqual([0, null]);
  });

  it("says at once that it is no longer ready", async () => {
    const { process, logs, url } = await start();
    const client = connectTo(url);
    const { host } = new URL(url);
    client.socket.write(`GET /up HTTP/1.1\r\nHost: ${host}\r\n\r\nGET /ready HTTP/1.1\r\n`);
    await waitUntil(() => client.received().includes("ok\n"));
    process.kill("SIGTERM");
    await waitUntil(() => logs().some(({ event }) => event === "server.draining"));

    client.socket.write(`Host: ${host}\r\n\r\n`);

    await once(client.socket, "close");
    expect(client.received()).toMatch(/HTTP\/1\.1 503 .*shutting down/s);
  });

  it("exits at once at a second signal", async () => {
    const { process, logs, url } = await start();
    await halfWebhook(url);
    const exited = once(process, "exit");
    process.kill("SIGTERM");
    await waitUntil(() => logs().some(({ event }) => event === "server.draining"));

    process.kill("SIGTERM");

    expect(await exited).toEqual([143, null]);
  });
});

async function expectDrained({ process, logs }: App, signal: "SIGTERM" | "SIGINT") {
  const exited = once(process, "exit");
  process.kill(signal);
  expect(await exited).toEqual([0, null]);
  expect(logs().at(-1)).toMatchObject({ event: "server.stopped", cut: 0 });
}

async function start(): Promise<App> {
  app = await startApp({ databaseUrl: NO_DATABASE, seed: false });
  return app;
}

function connectTo(url: string) {
  const socket = connect(Number(new URL(url).port), "127.0.0.1").setEncoding("latin1");
  let received = "";
  socket.on("error", () => {});
  socket.on("data", (text: string) => {
    received += text;
  });
  return { socket, received: () => received };
}

/** A webhook whose headers the server has, and of whose body one byte. */
async function halfWebhook(url: string) {
  const client = connectTo(url);
  const headers = [
    "POST /webhooks/whatsapp HTTP/1.1",
    `Host: ${new URL(url).host}`,
    "Content-Type: application/json",
    `Content-Length: ${UNSIGNED.length}`,
    "Expect: 100-continue",
  ];
  client.socket.write(`${headers.join("\r\n")}\r\n\r\n`);
  await waitUntil(() => client.received().includes("100 Continue"));
  client.socket.write(UNSIGNED.slice(0, 1));
  return client;
}
