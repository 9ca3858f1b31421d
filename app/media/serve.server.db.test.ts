import { once } from "node:events";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { mediaStreams } from "#app/process/metrics.server.ts";
import { FILE, startServing } from "./testing/serve.ts";

const { ask, mediaId, newFile, noted, stop, user, view, views, whatsapp } = await startServing();
beforeEach(newFile);
afterAll(stop);

const openStreams = async () => (await mediaStreams.get()).values[0]?.value ?? 0;

describe("serveMedia", () => {
  it("streams the file unchanged, and writes the view down", async () => {
    const before = await openStreams();
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Type")).toBe("image/jpeg");
    expect(answer.headers.get("Content-Length")).toBe(String(FILE.length));
    expect(Buffer.from(await answer.arrayBuffer()).equals(FILE)).toBe(true);
    expect(await view()).toMatchObject({
      userId: user.id,
      mediaId: mediaId(),
      status: 200,
      bytes: FILE.length,
      outcome: "complete",
    });
    expect(await noted()).toEqual({ viewedAt: expect.any(Date), size: FILE.length });
    expect(whatsapp).toMatchObject({ lookups: 1, downloads: 1 });
    expect(await openStreams()).toBe(before);
  });

  it("F56 hands out the part that was asked for", async () => {
    const answer = await ask({ headers: { Range: "bytes=299990-" } });
    expect(answer.status).toBe(206);
    expect(answer.headers.get("Content-Range")).toBe("bytes 299990-299999/300000");
    expect(Buffer.from(await answer.arrayBuffer()).equals(FILE.subarray(-10))).toBe(true);
    expect(await view()).toMatchObject({ status: 206, bytes: 10, outcome: "complete" });
  });

  it("F57 answers HEAD from the look-up, without a download or a view", async () => {
    const answer = await ask({ method: "HEAD" });
    expect(answer.status).toBe(200);
    expect(answer.body).toBeNull();
    expect(answer.headers.get("Content-Length")).toBe(String(FILE.length));
    expect(whatsapp).toMatchObject({ lookups: 1, downloads: 0 });
    expect(await views()).toEqual([]);
  });

  it("F50 passes none of WhatsApp's headers on", async () => {
    whatsapp.download = (res) =>
      res
        .writeHead(200, { "content-type": "image/jpeg", "set-cookie": "a=b", refresh: "0;url=/" })
        .end(FILE);
    const answer = await ask();
    expect(answer.headers.has("Set-Cookie")).toBe(false);
    expect(answer.headers.has("Refresh")).toBe(false);
    await answer.arrayBuffer();
  });

  it("F38 hands out as a download what WhatsApp calls a photo, but isn't one", async () => {
    whatsapp.file = Buffer.from("<!doctype html><script>alert(1)</script>".repeat(5_000));
    const answer = await ask();
    expect(answer.headers.get("Content-Type")).toBe("application/octet-stream");
    expect(answer.headers.get("Content-Disposition")).toMatch(/^attachment; /);
    expect(Buffer.from(await answer.arrayBuffer()).equals(whatsapp.file)).toBe(true);
  });
});

describe("serveMedia, when the person leaves", () => {
  it("F53 in mid-body, closes the download and frees the place", async () => {
    let closed = Promise.resolve<unknown>(undefined);
    whatsapp.download = (res) => {
      closed = once(res, "close");
      res.writeHead(200, { "content-type": "image/jpeg" });
      res.write(FILE);
      setTimeout(() => res.write(FILE.subarray(0, 1)), 20);
    };
    const before = await openStreams();
    const leaving = new AbortController();
    const answer = await ask({}, leaving.signal);
    await answer.body?.getReader().read();
    expect(await openStreams()).toBe(before + 1);
    leaving.abort();
    await closed;
    expect(await openStreams()).toBe(before);
    expect(await view()).toMatchObject({ status: 200, outcome: "client-left" });
    expect(await noted()).toEqual({ viewedAt: null, size: FILE.length });
  });

  it("F53 before the body is used at all, the same", async () => {
    const before = await openStreams();
    const leaving = new AbortController();
    const answer = await ask({}, leaving.signal);
    leaving.abort();
    await expect(answer.arrayBuffer()).rejects.toThrow();
    expect(await openStreams()).toBe(before);
    expect(await view()).toMatchObject({ status: 200, bytes: 0, outcome: "client-left" });
    expect(await views()).toHaveLength(1);
  });

  it.each(["lookUp", "download"] as const)("F53 before the headers, closes the %s", async (hop) => {
    const leaving = new AbortController();
    let closed = Promise.resolve<unknown>(undefined);
    whatsapp[hop] = (res) => {
      closed = once(res, "close");
      leaving.abort();
    };
    await ask({}, leaving.signal);
    await closed;
    expect(await view()).toMatchObject({ status: 499, bytes: 0, outcome: "client-left" });
  });

  it("F53 before the first byte, closes the download", async () => {
    const leaving = new AbortController();
    let closed = Promise.resolve<unknown>(undefined);
    whatsapp.download = (res) => {
      closed = once(res, "close");
      res.writeHead(200, { "content-type": "image/jpeg", "content-length": FILE.length });
      res.flushHeaders();
      setTimeout(() => leaving.abort(), 50);
    };
    await ask({}, leaving.signal);
    await closed;
    expect(await view()).toMatchObject({ status: 499, bytes: 0, outcome: "client-left" });
  });
});
