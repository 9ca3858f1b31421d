import type { DownloadBody } from "#app/whatsapp/files/download.ts";

/**
 * All bytes of a body.
 *
 * @throws the body's error
 */
export function bytesOf(body: DownloadBody): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    body.read({
      data: (chunk) => chunks.push(Buffer.from(chunk)),
      end: () => resolve(Buffer.concat(chunks)),
      error: reject,
    });
  });
}
