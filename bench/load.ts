import { Agent, request } from "undici";

export interface Measured {
  requestsPerSecond: number;
  megabytesPerSecond: number;
  /** Milliseconds to the response's headers. */
  firstByteP50: number;
  firstByteP99: number;
}

/**
 * Asks for one address again and again over a fixed number of connections, and reads every answer
 * to its end.
 *
 * @throws when an answer is not 200 or has another length
 */
export async function load(options: {
  url: string;
  headers: Record<string, string>;
  bytes: number;
  connections: number;
  seconds: number;
}): Promise<Measured> {
  const dispatcher = new Agent({ connections: options.connections, pipelining: 1 });
  const firstBytes: number[] = [];
  const startedAt = performance.now();
  const end = startedAt + options.seconds * 1000;
  await Promise.all(
    Array.from({ length: options.connections }, async () => {
      while (performance.now() < end) firstBytes.push(await once(dispatcher, options));
    }),
  );
  const elapsed = (performance.now() - startedAt) / 1000;
  await dispatcher.close();
  firstBytes.sort((a, b) => a - b);
  return {
    requestsPerSecond: firstBytes.length / elapsed,
    megabytesPerSecond: (firstBytes.length * options.bytes) / 1e6 / elapsed,
    firstByteP50: firstBytes[Math.floor(firstBytes.length * 0.5)] ?? Number.NaN,
    firstByteP99: firstBytes[Math.floor(firstBytes.length * 0.99)] ?? Number.NaN,
  };
}

async function once(
  dispatcher: Agent,
  { url, headers, bytes }: { url: string; headers: Record<string, string>; bytes: number },
): Promise<number> {
  const askedAt = performance.now();
  const answer = await request(url, { dispatcher, headers });
  const firstByte = performance.now() - askedAt;
  let length = 0;
  for await (const chunk of answer.body) length += chunk.length;
  if (answer.statusCode !== 200 || length !== bytes) {
    throw new Error(`${url} answered ${answer.statusCode} with ${length} bytes.`);
  }
  return firstByte;
}
