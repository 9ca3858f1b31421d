import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";

const FILE = Buffer.alloc(300_000, "tapview ");
const SHA256 = createHash("sha256").update(FILE).digest("hex");

/** WhatsApp, for this test: `/v…/id` is a look-up, all else a download. */
const whatsapp = {
  lookups: 0,
  downloads: 0,
  sha256: SHA256,
  lookUp: (res: ServerResponse) => {
    const answer = { url: `${origin}/file`, mime_type: "image/jpeg", sha256: whatsapp.sha256 };
    res.end(JSON.stringify({ ...answer, file_size: FILE.length }));
  },
  download: (res: ServerResponse) => {
    res.writeHead(200, { "content-type": "image/jpeg", "content-length": FILE.length }).end(FILE);
  },
};
const server = createServer((req, res) => {
  if (req.url?.startsWith("/v")) {
    whatsapp.lookups += 1;
    whatsapp.lookUp(res);
  } else {
    whatsapp.downloads += 1;
    whatsapp.download(res);
  }
});
await once(server.listen(0, "127.0.0.1"), "listening");
const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
const origin = `http://${host}`;

// Read once, when the modules load: so they load after this.
process.env.WHATSAPP_GRAPH_URL = origin;
process.env.WHATSAPP_MEDIA_HOSTS = host;
const { serveMedia } = await import("./serve.server.ts");
const { signIn } = await import("#app/auth/testing.server.ts");
const { mediaStreams } = await import("#app/metrics.server.ts");
const rows = await import("#app/models/testing.server.ts");
const { closeDatabase, db } = await import("#db/client.server.ts");
const { mediaViews } = await import("#db/schema.ts");

const scope = await rows.addCompany(db);
const user = await rows.addUser(scope);
const conversation = await rows.addConversation(scope, await rows.addAccount(scope, [user]));
const cookie = await signIn(user);
const stock = { ...whatsapp };
let mediaId: string;
let lastId = 622684793477189;

beforeEach(async () => {
  Object.assign(whatsapp, stock);
  mediaId = String(++lastId);
  const file = { type: "image", mediaMimeType: "image/jpeg", mediaId };
  await rows.addMessage(scope, conversation, file);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await closeDatabase();
});

function ask(init: RequestInit = {}, signal = new AbortController().signal) {
  const headers = { Cookie: cookie, ...init.headers };
  const request = new Request(`http://localhost/media/${mediaId}`, { ...init, headers });
  return serveMedia(request, mediaId, signal);
}

const views = () => db.select().from(mediaViews).where(eq(mediaViews.mediaId, mediaId));

/** The view that gets written down soon after the answer's end. */
function view() {
  return vi.waitFor(async () => {
    const [row] = await views();
    if (!row) throw new Error("No media view was recorded.");
    return row;
  });
}

const openStreams = async () => (await mediaStreams.get()).values[0]?.value ?? 0;

describe("serveMedia", () => {
  it("streams the file unchanged, and writes the view down", async () => {
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Length")).toBe(String(FILE.length));
    expect(Buffer.from(await answer.arrayBuffer()).equals(FILE)).toBe(true);
    expect(await view()).toMatchObject({
      userId: user.id,
      mediaId,
      status: 200,
      bytes: FILE.length,
      outcome: "complete",
    });
    expect(whatsapp).toMatchObject({ lookups: 1, downloads: 1 });
  });

  it("F57 answers HEAD from the look-up, without a download or a view", async () => {
    const answer = await ask({ method: "HEAD" });
    expect(answer.status).toBe(200);
    expect(answer.body).toBeNull();
    expect(answer.headers.get("Content-Length")).toBe(String(FILE.length));
    expect(whatsapp).toMatchObject({ lookups: 1, downloads: 0 });
    expect(await views()).toEqual([]);
  });

  it("F29 tells 410 when WhatsApp no longer has the file", async () => {
    whatsapp.lookUp = (res) =>
      res.writeHead(400).end('{"error":{"message":"-","code":100,"error_subcode":33}}');
    expect((await ask()).status).toBe(410);
    expect(await view()).toMatchObject({ status: 410, bytes: 0, outcome: "gone" });
  });

  it("F31 passes the pause on that WhatsApp asks for", async () => {
    whatsapp.lookUp = (res) =>
      res.writeHead(400, { "retry-after": "42" }).end('{"error":{"code":130429}}');
    const answer = await ask();
    expect(answer.status).toBe(503);
    expect(answer.headers.get("Retry-After")).toBe("42");
  });

  it("F37 breaks off a file with another SHA-256, and writes that down", async () => {
    whatsapp.sha256 = "0".repeat(64);
    await expect((await ask()).arrayBuffer()).rejects.toThrow();
    expect(await view()).toMatchObject({ status: 200, outcome: "upstream" });
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

  it("F53 closes the download when the person leaves, and frees the place", async () => {
    let closed = Promise.resolve<unknown>(undefined);
    whatsapp.download = (res) => {
      closed = once(res, "close");
      res.writeHead(200, { "content-type": "image/jpeg" }).write(FILE);
    };
    const before = await openStreams();
    const leaving = new AbortController();
    const answer = await ask({}, leaving.signal);
    await answer.body?.getReader().read();
    expect(await openStreams()).toBe(before + 1);
    leaving.abort();
    await closed;
    expect(await openStreams()).toBe(before);
    expect(await view()).toMatchObject({ outcome: "client-left" });
  });

  it("F53 closes the look-up when the person leaves before an answer", async () => {
    const leaving = new AbortController();
    let closed = Promise.resolve<unknown>(undefined);
    whatsapp.lookUp = (res) => {
      closed = once(res, "close");
      leaving.abort();
    };
    await ask({}, leaving.signal);
    await closed;
    expect(await view()).toMatchObject({ status: 499, bytes: 0, outcome: "client-left" });
  });

  it("F27 looks up again when the remembered URL has gone stale", async () => {
    const good = whatsapp.download;
    whatsapp.download = (res) => {
      whatsapp.download = good;
      res.writeHead(404).end();
    };
    expect(Buffer.from(await (await ask()).arrayBuffer()).equals(FILE)).toBe(true);
    expect(whatsapp).toMatchObject({ lookups: 2, downloads: 2 });
  });
});
