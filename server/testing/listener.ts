import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { csrfTokens } from "#app/auth/csrf-token.server.ts";
import type { Handle } from "#server/bridge.ts";
import { applyLimits, LIMITS, type Limits, serverOptions } from "#server/limits.ts";
import { createListener, type ListenerOptions } from "#server/listener.ts";

export interface TestServer {
  server: Server;
  origin: string;
  port: number;
  /** What was logged, oldest first. */
  events: Record<string, unknown>[];
  stop(): Promise<void>;
}

interface Options {
  handle: Handle;
  limits?: Partial<Limits>;
  settings?: ListenerOptions["origin"];
  /** An empty one when left out. */
  assetsFolder?: string;
}

/** The server as it is in production, with a stand-in for Remix, on a free port of this machine. */
export async function startServer(options: Options): Promise<TestServer> {
  const emptyFolder = await mkdtemp(path.join(tmpdir(), "assets-"));
  const events: Record<string, unknown>[] = [];
  const record = (event: object) => void events.push({ ...event });
  const limits = { ...LIMITS, ...options.limits };
  const listener = createListener({
    limits,
    handle: options.handle,
    assetsFolder: options.assetsFolder ?? emptyFolder,
    origin: options.settings ?? { trustProxy: false },
    csrfTokens,
    log: { debug: record, info: record, error: record },
  });
  const server = createServer(serverOptions(limits), listener);
  applyLimits(server, limits);
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
    await rm(emptyFolder, { recursive: true, force: true });
  };
  return { server, origin: `http://127.0.0.1:${port}`, port, events, stop };
}

/** Sends bytes as they are and gives back all that comes until the server closes. */
export async function exchangeRaw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  socket.on("error", () => {});
  socket.write(bytes);
  let received = "";
  socket.on("data", (chunk: string) => {
    received += chunk;
  });
  await once(socket, "close");
  return received;
}

/** A body that never ends by itself, and says how much was taken and whether it was cancelled. */
export function endlessBody(chunkBytes = 64 * 1024, limitBytes = Number.POSITIVE_INFINITY) {
  const state = { pulled: 0, cancelled: false };
  const chunk = new Uint8Array(chunkBytes);
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (state.pulled >= limitBytes) return controller.close();
      state.pulled += chunkBytes;
      controller.enqueue(chunk);
    },
    cancel() {
      state.cancelled = true;
    },
  });
  return { state, stream };
}
