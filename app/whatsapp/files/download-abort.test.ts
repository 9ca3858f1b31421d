import { getEventListeners } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { fileBytes, startFileHost } from "#tests/support/file-host.ts";
import { waitUntil } from "#tests/support/wait.ts";
import type { DownloadBody } from "./download.ts";

/** F53's limit of 250 ms, in turns of this process, of which the host is one part: a busy machine makes them longer, not more. */
const CLOSED_WITHIN = 50;
const TURN_MS = 5;
const PART = fileBytes(1, 100_000);

/** A host that leaves its answers to the test. */
async function startHost() {
  const answers: ServerResponse[] = [];
  const host = await startFileHost((_, res) => answers.push(res));
  return Object.assign(host, {
    next: () => waitUntil(() => answers.shift()),
    async closed() {
      for (let turn = 0; host.open.size > 0; turn++) {
        expect(turn).toBeLessThan(CLOSED_WITHIN);
        await sleep(TURN_MS);
      }
    },
  });
}

/** A download of which a part has come and the rest will not. */
async function openHalf(host: Awaited<ReturnType<typeof startHost>>, signal?: AbortSignal) {
  const asked = host.download("/", signal);
  const res = await host.next();
  res.writeHead(200, { "content-length": 2 * PART.length }).write(PART);
  return { res, body: (await asked).body };
}

/** Reads, and tells what is heard. */
function listenTo(body: DownloadBody) {
  const heard: string[] = [];
  let bytes = 0;
  body.read({
    data(chunk) {
      bytes += chunk.length;
    },
    end: () => void heard.push("end"),
    error: ({ message }) => void heard.push(message),
  });
  return { heard, all: () => waitUntil(() => bytes === PART.length) };
}

describe("F53 a download that is aborted", () => {
  it("before it begins, asks nothing", async () => {
    await using host = await startHost();
    const signal = AbortSignal.abort(new Error("left"));
    expect(() => host.download("/", signal)).toThrow("left");
    await sleep(50);
    expect(host.sockets).toEqual([]);
  });

  it("before it is connected, fails at once and asks nothing", async () => {
    const asked: unknown[] = [];
    await using host = await startFileHost((req) => asked.push(req.url));
    const leaving = new AbortController();
    const opened = host.download("/", leaving.signal);
    leaving.abort(new Error("left"));
    await expect(opened).rejects.toThrow("left");
    await sleep(50);
    expect(asked).toEqual([]);
  });

  it("before the headers, closes the connection", async () => {
    await using host = await startHost();
    const leaving = new AbortController();
    const opened = host.download("/", leaving.signal);
    await host.next();
    leaving.abort(new Error("left"));
    await expect(opened).rejects.toThrow("left");
    await host.closed();
  });

  it("with a body that nobody reads yet, closes the connection and tells the reader later", async () => {
    await using host = await startHost();
    const leaving = new AbortController();
    const { body } = await openHalf(host, leaving.signal);
    leaving.abort(new Error("left"));
    await host.closed();
    expect(listenTo(body).heard).toEqual(["left"]);
  });

  it("in mid-body, closes the connection and tells the reader once", async () => {
    await using host = await startHost();
    const leaving = new AbortController();
    const { body } = await openHalf(host, leaving.signal);
    const { all, heard } = listenTo(body);
    await all();
    leaving.abort(new Error("left"));
    await host.closed();
    expect(heard).toEqual(["left"]);
  });

  it("while it is paused, closes the connection", async () => {
    await using host = await startHost();
    const leaving = new AbortController();
    const { body } = await openHalf(host, leaving.signal);
    const { all, heard } = listenTo(body);
    await all();
    body.pause();
    leaving.abort(new Error("left"));
    await host.closed();
    body.resume();
    expect(heard).toEqual(["left"]);
  });

  it("with a reason that is no error, fails with an error all the same", async () => {
    await using host = await startHost();
    const leaving = new AbortController();
    const { body } = await openHalf(host, leaving.signal);
    leaving.abort("gone");
    expect(listenTo(body).heard).toEqual(["aborted"]);
  });

  it("after its end, keeps the connection and is not told of it", async () => {
    await using host = await startHost();
    const leaving = new AbortController();
    const { body, res } = await openHalf(host, leaving.signal);
    const { heard } = listenTo(body);
    res.end(PART);
    await waitUntil(() => heard.length > 0);
    leaving.abort(new Error("left"));
    await sleep(50);
    expect(heard).toEqual(["end"]);
    expect(host.open.size).toBe(1);
  });

  it.each(["its end", "an error", "being destroyed"])(
    "lets go of the signal after %s",
    async (how) => {
      await using host = await startHost();
      const { signal } = new AbortController();
      const { body, res } = await openHalf(host, signal);
      const { heard } = listenTo(body);
      expect(getEventListeners(signal, "abort")).toHaveLength(1);
      if (how === "its end") res.end(PART);
      else if (how === "an error") res.destroy();
      else body.destroy();
      await waitUntil(() => heard.length > 0 || how === "being destroyed");
      expect(getEventListeners(signal, "abort")).toEqual([]);
    },
  );
});

describe("a download whose body is destroyed", () => {
  it.each(["unread", "in mid-body", "paused"])("closes the connection, %s", async (when) => {
    await using host = await startHost();
    const { body } = await openHalf(host);
    const listening = when === "unread" ? undefined : listenTo(body);
    await listening?.all();
    if (when === "paused") body.pause();
    body.destroy();
    await host.closed();
    body.destroy();
    expect(listening?.heard ?? []).toEqual([]);
  });

  it("tells neither its end nor an error of the connection afterwards", async () => {
    await using host = await startHost();
    const { body, res } = await openHalf(host);
    const { all, heard } = listenTo(body);
    await all();
    body.destroy();
    res.destroy();
    await sleep(50);
    expect(heard).toEqual([]);
  });
});

describe("F49 a download whose connection is lost", () => {
  it.each(["unread", "in mid-body", "paused"])("tells the reader once, %s", async (when) => {
    await using host = await startHost();
    const { body, res } = await openHalf(host);
    const listening = when === "unread" ? undefined : listenTo(body);
    await listening?.all();
    if (when === "paused") body.pause();
    res.socket?.resetAndDestroy();
    await host.closed();
    await sleep(50);
    const { heard } = listening ?? listenTo(body);
    if (when === "paused") body.resume();
    await waitUntil(() => heard.length > 0);
    expect(heard).toHaveLength(1);
    expect(heard).not.toContain("end");
  });

  it("before the headers, fails to open", async () => {
    await using host = await startHost();
    const opened = host.download("/");
    (await host.next()).destroy();
    await expect(opened).rejects.toThrow();
  });

  it("F35 with less than was declared, is an error and no end", async () => {
    await using host = await startHost();
    const { body, res } = await openHalf(host);
    const { all, heard } = listenTo(body);
    await all();
    res.socket?.end();
    await waitUntil(() => heard.length > 0);
    expect(heard).not.toContain("end");
  });
});
