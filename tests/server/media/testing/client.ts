import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { type HttpAnswer, readAnswer } from "./http-answer.ts";

/** How a client behaves; without any of these it reads all as fast as it comes. */
export interface Client {
  method?: "GET" | "HEAD";
  range?: string;
  /** Leaves after so long, also before the headers. */
  leaveAfterMs?: number;
  /** Leaves after so many bytes, headers included. */
  leaveAfterBytes?: number;
  /** Waits so long after each piece that it reads. */
  pauseMs?: number;
  /** Waits once in a while so long, then reads on. */
  stopAfterBytes?: number;
  stopMs?: number;
}

export interface Seen {
  answer: HttpAnswer | undefined;
  /** Who ended the connection. */
  endedBy: "server" | "client" | "timeout";
}

/** Long enough for a busy machine; no schedule waits so long for a fault. */
const TIMEOUT_MS = 30_000;

/**
 * Asks for an address over a connection of its own and keeps exactly what comes, without an HTTP
 * client that could hide a surplus or mend an end.
 */
export async function ask(address: string, cookie: string, client: Client): Promise<Seen> {
  const { hostname, port, host, pathname } = new URL(address);
  const { method = "GET", range } = client;
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on("error", () => {});
  socket.write(
    [
      `${method} ${pathname} HTTP/1.1`,
      ...[`Host: ${host}`, `Cookie: ${cookie}`, "Connection: close"],
      ...(range ? [`Range: ${range}`] : []),
      "\r\n",
    ].join("\r\n"),
  );
  let endedBy: Seen["endedBy"] = "server";
  const leave = (reason: Seen["endedBy"]) => {
    endedBy = reason;
    socket.destroy();
  };
  const { leaveAfterMs = TIMEOUT_MS } = client;
  const reason = client.leaveAfterMs === undefined ? "timeout" : "client";
  const timer = setTimeout(() => leave(reason), leaveAfterMs);
  const chunks = await collect(socket, client, () => leave("client"));
  clearTimeout(timer);
  return { answer: readAnswer(Buffer.concat(chunks), method), endedBy };
}

async function collect(socket: Socket, client: Client, leave: () => void): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  let received = 0;
  let { stopAfterBytes = Number.POSITIVE_INFINITY } = client;
  socket.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    received += chunk.length;
    if (received >= (client.leaveAfterBytes ?? Number.POSITIVE_INFINITY)) leave();
    else if (received >= stopAfterBytes) {
      stopAfterBytes = Number.POSITIVE_INFINITY;
      pause(socket, client.stopMs);
    } else pause(socket, client.pauseMs);
  });
  await once(socket, "close").catch(() => {});
  return chunks;
}

function pause(socket: Socket, ms: number | undefined): void {
  if (ms === undefined) return;
  socket.pause();
  setTimeout(() => socket.resume(), ms);
}
