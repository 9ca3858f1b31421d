import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { fileBytes, startFileHost } from "#tests/support/file-host.ts";

const FILE = fileBytes(1, 2 * 1024 * 1024);

async function read(answer: (res: ServerResponse) => void) {
  await using host = await startFileHost((_, res) => answer(res));
  const { body } = await host.download("/");
  const chunks: Buffer[] = [];
  return await new Promise<{ bytes: Buffer; error?: Error }>((resolve) => {
    body.read({
      data(chunk) {
        chunks.push(Buffer.from(chunk));
      },
      end: () => resolve({ bytes: Buffer.concat(chunks) }),
      error: (error) => resolve({ bytes: Buffer.concat(chunks), error }),
    });
  });
}

describe("a host that closes the connection behind its answer", () => {
  it.each([
    ["with a length", { connection: "close", "content-length": FILE.length }],
    ["in chunks", { connection: "close", "transfer-encoding": "chunked" }],
  ])("F45 ends a body %s", async (_, headers) => {
    const { bytes, error } = await read((res) => res.writeHead(200, headers).end(FILE));
    expect(error).toBeUndefined();
    expect(bytes.equals(FILE)).toBe(true);
  });

  it("F45 ends a body that only the connection's end delimits", async () => {
    const { bytes, error } = await read((res) => {
      res.socket?.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
      res.socket?.end(FILE);
    });
    expect(error).toBeUndefined();
    expect(bytes.equals(FILE)).toBe(true);
  });

  it("F46 fails a body that is shorter than it said", async () => {
    const { bytes, error } = await read((res) => {
      const head = `HTTP/1.1 200 OK\r\nContent-Length: ${FILE.length + 1}\r\nConnection: close\r\n\r\n`;
      res.socket?.write(head);
      res.socket?.end(FILE);
    });
    expect(error).toBeInstanceOf(Error);
    expect(bytes.length).toBeLessThanOrEqual(FILE.length);
  });
});
