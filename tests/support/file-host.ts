import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { Agent } from "undici";
import { openDownload } from "#app/whatsapp/files/download.ts";
import { recyclingConnector } from "#app/whatsapp/graph/read-buffers.ts";
import { noAbort } from "./no-abort.ts";

type Answer = (req: IncomingMessage, res: ServerResponse) => void;

/** A host of files on this machine, and connections to it that read into memory of ours. */
export async function startFileHost(answer: Answer, connections: number | null = null) {
  const sockets: Socket[] = [];
  const open = new Set<Socket>();
  const server = createServer(answer);
  server.on("connection", (socket: Socket) => {
    sockets.push(socket);
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const agent = new Agent({ connect: recyclingConnector(60_000), connections, pipelining: 1 });
  const headersTimeoutMs = 60_000;
  return {
    agent,
    url,
    /** All connections that ever came. */
    sockets,
    /** Those that are open now. */
    open,
    download: (path: string, signal = noAbort, headers: Record<string, string> = {}) =>
      openDownload(agent, { url: url + path, headers, headersTimeoutMs }, signal),
    async [Symbol.asyncDispose]() {
      await agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Bytes that tell by themselves which file they are of and where in it they stand. */
export function fileBytes(id: number, size: number): Buffer {
  const words = new Uint32Array(Math.ceil(size / 4));
  for (let at = 0; at < words.length; at++) words[at] = Math.imul(id + 1, 0x9e3779b1) ^ at;
  return Buffer.from(words.buffer, 0, size);
}
