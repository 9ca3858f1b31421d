import { once } from "node:events";
import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import { buildConnector } from "undici";
import { selfSigned } from "./certificate.ts";

const certificate = selfSigned();

/** A host on this machine that speaks TLS, and a connector that trusts it. */
export async function startTlsHost(answer: RequestListener = (_, res) => res.end("answer")) {
  const sockets: TLSSocket[] = [];
  const requests: (string | undefined)[] = [];
  const server = createServer({ ...certificate, keepAliveTimeout: 0 }, (req, res) => {
    requests.push(req.url);
    answer(req, res);
  });
  const connections: Duplex[] = [];
  server.on("connection", (socket) => connections.push(socket));
  server.on("secureConnection", (socket) => sockets.push(socket));
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connector: buildConnector({ ca: certificate.cert }),
    /** All connections that ever came. */
    sockets,
    /** Paths that were asked for. */
    requests,
    open: () => sockets.filter(({ destroyed }) => !destroyed).length,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of connections) socket.destroy();
      await closed;
    },
  };
}
