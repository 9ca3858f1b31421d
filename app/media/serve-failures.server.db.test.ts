import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { waitFor } from "#tests/support/wait.ts";
import { FILE, startServing } from "./testing/serve.ts";

const { account, ask, newFile, stop, view, views, whatsapp } = await startServing();
beforeEach(newFile);
afterAll(stop);

const graphError = (code: number, subcode?: number) =>
  JSON.stringify({ error: { message: "-", code, error_subcode: subcode } });
const isWhole = async (answer: Response) =>
  Buffer.from(await answer.arrayBuffer()).equals(whatsapp.file);

/** Answers so in this way, and then as usual. */
function onceOnly(hop: "lookUp" | "download", answer: (typeof whatsapp)["lookUp"]) {
  const usual = whatsapp[hop];
  whatsapp[hop] = (res, req) => {
    whatsapp[hop] = usual;
    answer(res, req);
  };
}

describe("serveMedia, when WhatsApp", () => {
  it("F29 no longer has the file, tells 410, and asks no more for a while", async () => {
    whatsapp.lookUp = (res) => res.writeHead(400).end(graphError(100, 33));
    expect((await ask()).status).toBe(410);
    expect(await view()).toMatchObject({ status: 410, bytes: 0, outcome: "gone" });
    expect((await ask()).status).toBe(410);
    expect(whatsapp.lookups).toBe(1);
  });

  it("F30 refuses the access token, tells 502 and flags the number until it is taken again", async () => {
    const usual = whatsapp.lookUp;
    whatsapp.lookUp = (res) => res.writeHead(401).end(graphError(190, 463));
    const answer = await ask();
    expect([answer.status, answer.headers.has("Set-Cookie")]).toEqual([502, false]);
    expect(await view()).toMatchObject({ status: 502, outcome: "refused" });
    await waitFor(async () => expect((await account())?.tokenRefusedAt).not.toBeNull());
    whatsapp.lookUp = usual;
    expect(await isWhole(await ask())).toBe(true);
    await waitFor(async () => expect((await account())?.tokenRefusedAt).toBeNull());
  });

  it("F31 asks for a pause, tells 503 with it, and is left alone meanwhile", async () => {
    whatsapp.lookUp = (res) => res.writeHead(400, { "retry-after": "42" }).end(graphError(130429));
    const first = await ask();
    expect([first.status, first.headers.get("Retry-After")]).toEqual([503, "42"]);
    const second = await ask();
    expect(second.status).toBe(503);
    expect(Number(second.headers.get("Retry-After"))).toBeGreaterThan(30);
    expect(whatsapp.lookups).toBe(1);
  });

  it("F31 throttles the download, tells 503 with its pause", async () => {
    whatsapp.download = (res) => res.writeHead(429, { "retry-after": "7" }).end();
    const answer = await ask();
    expect([answer.status, answer.headers.get("Retry-After")]).toEqual([503, "7"]);
    expect((await ask()).status).toBe(503);
    expect(whatsapp).toMatchObject({ lookups: 1, downloads: 1 });
  });

  it.each(["lookUp", "download"] as const)(
    "F32 fails once at the %s with a gateway's page, the person notices nothing",
    async (hop) => {
      onceOnly(hop, (res) => res.writeHead(502).end("<h1>Bad Gateway</h1>"));
      expect(await isWhole(await ask())).toBe(true);
      expect(await view()).toMatchObject({ status: 200, outcome: "complete" });
    },
  );

  it.each(["lookUp", "download"] as const)(
    "F32 fails at the %s again and again, tells 502",
    async (hop) => {
      whatsapp[hop] = (res) => res.destroy();
      expect((await ask()).status).toBe(502);
      expect(await view()).toMatchObject({ status: 502, outcome: "upstream" });
      expect(whatsapp[hop === "lookUp" ? "lookups" : "downloads"]).toBe(3);
    },
  );

  it("F27 lets the remembered URL go stale, looks up again", async () => {
    onceOnly("download", (res) => res.writeHead(404).end());
    expect(await isWhole(await ask())).toBe(true);
    expect(whatsapp).toMatchObject({ lookups: 2, downloads: 2 });
  });

  it("F47 hands out a page instead of the file, tells 502", async () => {
    whatsapp.download = (res) =>
      res.writeHead(200, { "content-type": "text/html" }).end("<h1>Log in</h1>");
    expect((await ask()).status).toBe(502);
  });
});

describe("serveMedia, when the file", () => {
  const breakAfter = (bytes: number) =>
    onceOnly("download", (res) => {
      res.writeHead(200, { "content-type": "image/jpeg", "content-length": FILE.length });
      res.write(FILE.subarray(0, bytes), () => setTimeout(() => res.destroy(), 20));
    });

  it.each([1, 150_000, FILE.length - 1])(
    "F35 breaks off after %i bytes, continues it unnoticed",
    async (bytes) => {
      breakAfter(bytes);
      expect(await isWhole(await ask())).toBe(true);
      expect(await view()).toMatchObject({ status: 200, bytes: FILE.length, outcome: "complete" });
      expect(whatsapp).toMatchObject({ lookups: 1, downloads: 2 });
    },
  );

  it("F35 breaks off and is gone then, never ends it cleanly", async () => {
    breakAfter(150_000);
    const answer = await ask();
    whatsapp.download = (res) => res.writeHead(404).end();
    await expect(answer.arrayBuffer()).rejects.toThrow();
    expect(await view()).toMatchObject({ status: 200, outcome: "gone" });
  });

  it("F37 is large and has another SHA-256, breaks off", async () => {
    whatsapp.sha256 = "0".repeat(64);
    await expect((await ask()).arrayBuffer()).rejects.toThrow();
    expect(await view()).toMatchObject({ status: 200, outcome: "upstream" });
  });

  it("F37 is small and has another SHA-256, tells 502", async () => {
    whatsapp.file = FILE.subarray(0, 60_000);
    whatsapp.sha256 = "0".repeat(64);
    expect((await ask()).status).toBe(502);
    expect(await view()).toMatchObject({ status: 502, bytes: 0, outcome: "upstream" });
    expect(await views()).toHaveLength(1);
  });

  it("is empty, hands out an empty file", async () => {
    whatsapp.file = Buffer.alloc(0);
    const answer = await ask();
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    expect(await view()).toMatchObject({ bytes: 0, outcome: "complete" });
  });
});
