import { createHash } from "node:crypto";
import { once } from "node:events";
import type { RequestListener, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { type SlowRelay, startSlowRelay } from "#bench/tools/slow-relay.ts";
import { selfSigned } from "#tests/support/certificate.ts";

const BYTES = 20_000;
export const MIME_TYPE = "application/pdf";

/** A Graph API and a host of files that speak TLS, each at the other end of a slow network. */
export interface DistantWhatsApp {
  graphUrl: string;
  fileHost: string;
  /** The certificate of both, which vouches for itself. PEM. */
  certificate: string;
  /** Requests so far. */
  asked: { lookUps: number; downloads: number };
  stop(): Promise<void>;
}

/** Any media id is that of a file, another one for each id. */
export async function startDistantWhatsApp(roundTripMs: number): Promise<DistantWhatsApp> {
  const certificate = selfSigned();
  const asked = { lookUps: 0, downloads: 0 };
  let fileHost = "";
  const graph = await listen(certificate, (req, res) => {
    asked.lookUps += 1;
    const mediaId = req.url?.split("/").at(-1) ?? "";
    const answer = {
      messaging_product: "whatsapp",
      url: `https://${fileHost}/whatsapp_business/attachments/?mid=${mediaId}`,
      mime_type: MIME_TYPE,
      sha256: sha256Of(fileOf(mediaId), "hex"),
      file_size: BYTES,
      id: mediaId,
    };
    res.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  const files = await listen(certificate, (req, res) => {
    asked.downloads += 1;
    const mediaId = new URL(req.url ?? "", "https://any.test").searchParams.get("mid") ?? "";
    answerFile(res, fileOf(mediaId), req.headers.range);
  });
  const relays = [await relayTo(graph, roundTripMs), await relayTo(files, roundTripMs)] as const;
  const [toGraph, toFiles] = relays;
  // Two names, so that neither is offered the TLS session of the other.
  fileHost = `127.0.0.1:${toFiles.port}`;
  return {
    graphUrl: `https://localhost:${toGraph.port}`,
    fileHost,
    certificate: certificate.cert,
    asked,
    stop: async () => {
      for (const relay of relays) await relay.close();
      for (const server of [graph, files]) server.close().closeAllConnections();
    },
  };
}

/** What WhatsApp says of a file in a webhook. */
export function announced(mediaId: string) {
  return { id: mediaId, mime_type: MIME_TYPE, sha256: sha256Of(fileOf(mediaId), "base64") };
}

/** Idle connections stay open, and no Keep-Alive header says for how long, as at Meta's hosts. */
async function listen(certificate: { key: string; cert: string }, answer: RequestListener) {
  const options = { ...certificate, keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 };
  const server = createServer(options, answer);
  await once(server.listen(0, "127.0.0.1"), "listening");
  return server;
}

function relayTo(server: Server, roundTripMs: number): Promise<SlowRelay> {
  return startSlowRelay((server.address() as AddressInfo).port, roundTripMs);
}

function fileOf(mediaId: string): Buffer {
  return Buffer.from(`%PDF-1.7\n% ${mediaId}\n`.padEnd(BYTES, "x"));
}

function sha256Of(file: Buffer, encoding: "hex" | "base64"): string {
  return createHash("sha256").update(file).digest(encoding);
}

function answerFile(res: ServerResponse, file: Buffer, range: string | undefined): void {
  const headers = { "content-type": MIME_TYPE, "accept-ranges": "bytes" };
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? "") ?? [];
  if (from === undefined) {
    res.writeHead(200, { ...headers, "content-length": file.length }).end(file);
    return;
  }
  const last = Math.min(to ? Number(to) : file.length, file.length - 1);
  const part = file.subarray(Number(from), last + 1);
  const contentRange = `bytes ${from}-${last}/${file.length}`;
  const length = part.length;
  res.writeHead(206, { ...headers, "content-length": length, "content-range": contentRange });
  res.end(part);
}
