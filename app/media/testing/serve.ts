import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { waitFor } from "#tests/support/wait.ts";

/** Large enough to be sent on before all of it has come. */
export const FILE = Buffer.alloc(300_000, "tapview ");
const JPEG = Buffer.from("\xff\xd8\xff\xe0\0\x10JFIF\0\x01", "latin1");
JPEG.copy(FILE);

type Answer = (res: ServerResponse, req: IncomingMessage) => void;

/** What WhatsApp has of a file, and how it answers. */
export interface TestWhatsApp {
  file: Buffer;
  /** Of the announced file; it is the file's own unless a test says otherwise. */
  sha256: string | undefined;
  mimeType: string;
  lookUp: Answer;
  download: Answer;
  lookups: number;
  downloads: number;
}

/**
 * serveMedia between a WhatsApp on this machine and one signed-in person, with a new file on a new
 * number for each test.
 */
export async function startServing() {
  const stock = (): TestWhatsApp => ({
    file: FILE,
    sha256: undefined,
    mimeType: "image/jpeg",
    lookups: 0,
    downloads: 0,
    lookUp: (res) => {
      const sha256 = whatsapp.sha256 ?? createHash("sha256").update(whatsapp.file).digest("hex");
      const answer = { url: `${origin}/file`, mime_type: whatsapp.mimeType, sha256 };
      res.end(JSON.stringify({ ...answer, file_size: whatsapp.file.length }));
    },
    download: (res, { headers }) => {
      const { file } = whatsapp;
      const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? "") ?? [];
      const end = last ? Math.min(Number(last) + 1, file.length) : file.length;
      const part = file.subarray(Number(first ?? 0), end);
      const common = { "content-type": whatsapp.mimeType, "content-length": part.length };
      if (first === undefined) return res.writeHead(200, common).end(part);
      const range = `bytes ${first}-${end - 1}/${file.length}`;
      return res.writeHead(206, { ...common, "content-range": range }).end(part);
    },
  });
  const server = createServer((req, res) => {
    const isLookup = req.url?.startsWith("/v");
    whatsapp[isLookup ? "lookups" : "downloads"] += 1;
    whatsapp[isLookup ? "lookUp" : "download"](res, req);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const origin = `http://${host}`;
  const whatsapp = stock();

  // Read once, when the modules load: so they load after this.
  process.env.WHATSAPP_GRAPH_URL = origin;
  process.env.WHATSAPP_MEDIA_HOSTS = host;
  const { serveMedia } = await import("../serve.server.ts");
  const { signIn } = await import("#tests/support/sign-in.server.ts");
  const rows = await import("#tests/support/rows.server.ts");
  const { closeDatabase } = await import("#app/process/database.server.ts");
  const { db } = await import("#db/testing/owner.ts");
  const { mediaViews, messages, whatsappAccounts } = await import("#db/schema.ts");

  const scope = await rows.addCompany(db);
  const user = await rows.addUser(scope);
  const cookie = await signIn(user);
  let account = await rows.addAccount(scope, [user]);
  let mediaId = "622684793477189";

  async function newFile(type: "image" | "video" | "audio" | "document", mimeType: string) {
    Object.assign(whatsapp, stock(), { mimeType });
    account = await rows.addAccount(scope, [user]);
    const conversation = await rows.addConversation(scope, account);
    mediaId = String(Number(mediaId) + 1);
    const file = { type, mediaMimeType: mimeType, mediaId };
    await rows.addMessage(scope, conversation, file);
  }

  const views = () => db.select().from(mediaViews).where(eq(mediaViews.mediaId, mediaId));
  return {
    user,
    whatsapp,
    views,
    /** The latest file's id. */
    mediaId: () => mediaId,
    newFile: () => newFile("image", "image/jpeg"),
    newFileOf: newFile,
    /** @param query of its address, as "?t=1" */
    ask(init: RequestInit = {}, signal = new AbortController().signal, query = "") {
      const headers = { Cookie: cookie, ...init.headers };
      const request = new Request(`http://localhost/media/${mediaId}${query}`, {
        ...init,
        headers,
      });
      return serveMedia(request, mediaId, { signal });
    },
    /** The view that gets written down soon after an answer's end. */
    view: () =>
      waitFor(async () => {
        const [row] = await views();
        if (!row) throw new Error("No media view was recorded.");
        return row;
      }),
    /** What is noted of the latest file at its message. */
    async noted() {
      const [row] = await db
        .select({ viewedAt: messages.mediaViewedAt, size: messages.mediaSize })
        .from(messages)
        .where(eq(messages.mediaId, mediaId));
      return row;
    },
    /** The latest file's number, as it stands now. */
    async account() {
      const [row] = await db
        .select()
        .from(whatsappAccounts)
        .where(eq(whatsappAccounts.id, account.id));
      return row;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await closeDatabase();
    },
  };
}

export type Serving = Awaited<ReturnType<typeof startServing>>;
