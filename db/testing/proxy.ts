import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Stands between a program and its PostgreSQL, to lose an answer at an exact place. */
export interface DatabaseProxy {
  /** The database's URL by way of the proxy. */
  url: string;
  /**
   * Asked before each part of the server's answers is passed on. False loses it and cuts the
   * connection: what the part answers is done, and the program never learns it.
   */
  passes: () => boolean;
  close(): Promise<void>;
}

/** Listens on a free port of this machine. */
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
    program.on("data", (chunk) => database.write(chunk));
    database.on("data", (chunk) => {
      if (proxy.passes()) program.write(chunk);
      else program.destroy();
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
