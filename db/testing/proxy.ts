import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Of PostgreSQL's messages, the types that this proxy looks into (Message Formats, chapter 55.7). */
const COMMAND_COMPLETE = "C";
const READY_FOR_QUERY = "Z";
/** A message's type and its length, which counts itself and what follows. */
const HEADER_BYTES = 5;

/** What the server says when a command is done. */
export interface CommandAnswer {
  /** The command as the server names it: "SELECT 3", "COMMIT". */
  command: string;
  /** All that the program has sent on this connection since it was last outside a transaction. */
  asked: string;
}

/** Stands between a program and its PostgreSQL, to lose an answer at an exact place. */
export interface DatabaseProxy {
  /** The database's URL by way of the proxy. */
  url: string;
  /**
   * Asked before a command's answer is passed on. False loses it and cuts the connection: the
   * command is done, and the program never learns it.
   */
  passes: (answer: CommandAnswer) => boolean;
  close(): Promise<void>;
}

/** Listens on a free port of this machine. Knows connections without TLS only. */
export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const { hostname, port } = new URL(databaseUrl);
  const open = new Set<Socket>();
  const server = createServer((program) => {
    const database = connect(Number(port || 5432), hostname);
    for (const [socket, other] of [
      [program, database],
      [database, program],
    ] as const) {
      open.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        open.delete(socket);
        other.destroy();
      });
    }
    let asked = "";
    program.on("data", (chunk) => {
      asked += chunk.toString("latin1");
      database.write(chunk);
    });
    const messages = messageReader();
    database.on("data", (chunk) => {
      for (const message of messages(chunk)) {
        const type = message.toString("latin1", 0, 1);
        const content = message.toString("latin1", HEADER_BYTES).replace("\0", "");
        if (type === COMMAND_COMPLETE && !proxy.passes({ command: content, asked })) {
          program.destroy();
          return;
        }
        if (type === READY_FOR_QUERY && content === "I") asked = "";
        program.write(message);
      }
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  const proxy: DatabaseProxy = {
    url: url.href,
    passes: () => true,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

/** Gives the messages that are whole with each next part of what a server sends. */
function messageReader(): (chunk: Buffer) => Buffer[] {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const messages: Buffer[] = [];
    while (rest.length >= HEADER_BYTES) {
      const length = 1 + rest.readInt32BE(1);
      if (rest.length < length) break;
      messages.push(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
    return messages;
  };
}
