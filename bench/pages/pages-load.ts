import { text } from "node:stream/consumers";
import { createGunzip } from "node:zlib";
import { Agent, request } from "undici";

/** A program that answers pages, and who asks. */
export interface PageServer {
  url: string;
  headers: Record<string, string>;
}

export interface Loaded {
  requestsPerSecond: number;
  requests: number;
}

/** As browsers ask, of what both programs can. */
const ACCEPT = { accept: "text/html", "accept-encoding": "gzip" };

/** @returns the page's HTML */
export async function htmlOf(server: PageServer, path: string): Promise<string> {
  const answer = await ask(server, path, undefined);
  const isGzip = answer.headers["content-encoding"] === "gzip";
  return text(isGzip ? answer.body.pipe(createGunzip()) : answer.body);
}

/** Somebody with one connection, who asks for one page after the other. */
export function openVisitor(server: PageServer) {
  const dispatcher = new Agent({ connections: 1 });
  return {
    /** @returns milliseconds to the end of the answer. @throws when it is not 200 */
    async time(path: string): Promise<number> {
      const startedAt = performance.now();
      const { body } = await ask(server, path, dispatcher);
      await body.dump(DUMP);
      return performance.now() - startedAt;
    },
    leave: () => dispatcher.close(),
  };
}

/** Each connection asks again when it has its answer. @throws when one is not 200 */
export async function closedLoop(
  server: PageServer,
  path: string,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Loaded> {
  const dispatcher = new Agent({ connections });
  const startedAt = performance.now();
  let requests = 0;
  const worker = async () => {
    while (performance.now() - startedAt < seconds * 1000) {
      const { body } = await ask(server, path, dispatcher);
      await body.dump(DUMP);
      requests += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const elapsed = (performance.now() - startedAt) / 1000;
  await dispatcher.close();
  return { requestsPerSecond: requests / elapsed, requests };
}

/** Otherwise undici closes the connection of a longer answer. */
const DUMP = { limit: 10_000_000 };

async function ask({ url, headers }: PageServer, path: string, dispatcher: Agent | undefined) {
  const answer = await request(url + path, {
    ...(dispatcher && { dispatcher }),
    headers: { ...ACCEPT, ...headers },
  });
  if (answer.statusCode === 200) return answer;
  await answer.body.dump();
  throw new Error(`${path} was answered with ${answer.statusCode}.`);
}
