import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  createMediaClient,
  type MediaClientOptions,
} from "#app/whatsapp/files/media-client.server.ts";

export const TOKEN = "test-access-token";
export const media = { mediaId: "622684793477189", phoneNumberId: "106540352242922" };

type Answer = (req: IncomingMessage, res: ServerResponse) => void;

/** A Graph API, or a media host, on this machine that answers as it is told. */
export async function startGraph(answer: Answer) {
  const requests: Pick<IncomingMessage, "method" | "url" | "headers">[] = [];
  const server = createServer((req, res) => {
    requests.push({ method: req.method, url: req.url, headers: req.headers });
    answer(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}`,
    requests,
    server,
    client: (options: Partial<MediaClientOptions> = {}) =>
      createMediaClient({
        baseUrl: `http://${host}`,
        version: "v25.0",
        mediaHosts: [host],
        accessToken: async () => TOKEN,
        ...options,
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function sendJson(res: ServerResponse, status: number, body: unknown, headers = {}): void {
  res.writeHead(status, { "content-type": "application/json", ...headers });
  res.end(JSON.stringify(body));
}

/** An error as Graph writes it. */
export const graphError = (code: number, subcode?: number) => ({
  error: {
    message: "Not for the person to read",
    type: "GraphMethodException",
    code,
    ...(subcode !== undefined && { error_subcode: subcode }),
    fbtrace_id: "Az8or2yhqkZfEZ-_4Qn_Bam",
  },
});
