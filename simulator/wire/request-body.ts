import type { IncomingMessage } from "node:http";

const MAX_BYTES = 160 * 1024 * 1024;

export class BodyTooLarge extends Error {}

/** @throws BodyTooLarge beyond 160 MiB, enough for a file of 100 MB as base64 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new BodyTooLarge(`The body is larger than ${MAX_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A page elsewhere could otherwise make a developer's browser send messages. */
export function isCrossSite(request: IncomingMessage): boolean {
  return request.headers["sec-fetch-site"] === "cross-site";
}
