import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { request } from "undici";
import { onTestFinished } from "vitest";
import { type Simulator, type SimulatorOptions, startSimulator } from "#simulator/server.ts";

export const TOKEN = "invented-token";
export const HEADERS = { authorization: `Bearer ${TOKEN}`, "user-agent": "inbox/1.0" };

/** A simulator for one test. */
export async function simulatorForTest(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({
    accessToken: TOKEN,
    appSecret: "invented-secret",
    retryDelaysMs: [],
    ...options,
  });
  onTestFinished(() => simulator.close());
  return simulator;
}

export interface FoundMedia {
  url: string;
  mime_type: string;
  sha256: string;
  file_size: number;
  id: string;
  messaging_product: string;
}

/** @returns the URL of a file with this text */
export async function fileWith(simulator: Simulator, text: string): Promise<string> {
  const bytes = Buffer.from(text);
  const { id } = await simulator.media.add({ bytes, mimeType: "image/png", filename: "a.png" });
  return (await lookUp(simulator, id)).url;
}

export async function lookUp(simulator: Simulator, mediaId: string): Promise<FoundMedia> {
  const response = await request(`${simulator.url}/v23.0/${mediaId}`, { headers: HEADERS });
  return (await response.body.json()) as FoundMedia;
}

export function download(url: string, headers: Record<string, string> = {}) {
  return request(url, { headers: { ...HEADERS, ...headers } });
}

/**
 * Asks without an HTTP client between. @returns all that came, byte for byte as latin1, and how it
 * ended: FIN, or the error's code
 */
export async function onTheWire(address: string): Promise<{ text: string; ending: string }> {
  const url = new URL(address);
  const socket = connect(Number(url.port), url.hostname).setEncoding("latin1");
  const headers = { ...HEADERS, Host: url.host, Connection: "close" };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`GET ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join("")}\r\n`);
  let text = "";
  let ending = "FIN";
  socket.on("data", (data: string) => (text += data));
  socket.on("error", (error: NodeJS.ErrnoException) => (ending = error.code ?? error.message));
  await once(socket, "close").catch(() => {});
  return { text, ending };
}

interface Received {
  headers: Record<string, string | string[] | undefined>;
  raw: Buffer;
}

/** A webhook that answers the given statuses in turn, and the last one for ever. */
export async function webhookForTest(...statuses: number[]) {
  const received: Received[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    received.push({ headers: incoming.headers, raw: Buffer.concat(chunks) });
    response.statusCode = statuses[received.length - 1] ?? statuses.at(-1) ?? 200;
    response.end("noted");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/webhooks/whatsapp`, received };
}
