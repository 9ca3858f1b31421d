import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { get } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startServer, type TestServer } from "#server/testing/listener.ts";

const SCRIPT = "export const answer = 42;\n".repeat(200);
const PAGE = `<!doctype html><p>${"hello ".repeat(1000)}</p>`;

let folder: string;
let app: TestServer;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "client-"));
  await mkdir(path.join(folder, "assets"));
  await mkdir(path.join(folder, ".vite"));
  await writeFile(path.join(folder, "assets/entry-abc123.js"), SCRIPT);
  await writeFile(path.join(folder, "assets/gone-abc123.js"), SCRIPT);
  await writeFile(path.join(folder, "favicon.ico"), "icon");
  await writeFile(path.join(folder, "index.html"), "never a page of ours");
  await writeFile(path.join(folder, ".env"), "secret");
  await writeFile(path.join(folder, ".vite/manifest.json"), "{}");
  app = await startServer({ handle: answer, assetsFolder: folder });
});
afterAll(async () => {
  await app.stop();
  await rm(folder, { recursive: true });
});

async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const headers = new Headers({ "Content-Type": "text/html" });
  if (pathname.endsWith("/view")) headers.set("Cache-Control", "no-store, no-transform");
  return new Response(pathname === "/app" ? "app" : PAGE, { headers });
}

async function fetchAs(encoding: string, pathname: string, headers: Record<string, string> = {}) {
  const request = get(app.origin + pathname, {
    headers: { "Accept-Encoding": encoding, ...headers },
  });
  const [response] = await once(request, "response");
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
}

it("lets browsers keep a fingerprinted file for a year", async () => {
  const { headers, body } = await fetchAs("identity", "/assets/entry-abc123.js");
  expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  expect(headers["content-type"]).toMatch(/javascript/);
  expect(body.toString()).toBe(SCRIPT);
});

it("lets browsers keep any other public file for an hour, and ask again by its ETag", async () => {
  const first = await fetchAs("identity", "/favicon.ico");
  expect(first.headers["cache-control"]).toBe("public, max-age=3600");

  const etag = first.headers.etag ?? "";
  expect(await fetchAs("identity", "/favicon.ico", { "If-None-Match": etag })).toMatchObject({
    status: 304,
  });
});

it("sends a whole file to who asks for a range", async () => {
  const answer = await fetchAs("br", "/assets/entry-abc123.js", { Range: "bytes=0-9" });
  expect(answer).toMatchObject({ status: 200, headers: { "content-encoding": "br" } });
});

it.each([
  "/.env",
  "/.vite/manifest.json",
  "/%2eenv",
  "/..%2f..%2fetc%2fpasswd",
  "/assets%5c..%5c.env",
  "/index",
  "/",
])("takes no file for %s", async (pathname) => {
  expect((await fetchAs("identity", pathname)).body.toString()).toBe(PAGE);
});

it("answers 404 itself when a fingerprinted file is of another version", async () => {
  const answer = await fetchAs("identity", "/assets/entry-000000.js");
  expect(answer.status).toBe(404);
  expect(answer.headers["cache-control"]).toContain("no-store");
});

it("survives a file that a later build has deleted", async () => {
  await rm(path.join(folder, "assets/gone-abc123.js"));
  await expect(fetchAs("identity", "/assets/gone-abc123.js")).rejects.toThrow();
  expect((await fetchAs("identity", "/app")).body.toString()).toBe("app");
});

it.each(["br", "gzip"])("compresses pages and scripts with %s", async (encoding) => {
  for (const pathname of ["/", "/assets/entry-abc123.js"]) {
    const { headers, body } = await fetchAs(encoding, pathname);
    expect(headers["content-encoding"]).toBe(encoding);
    expect(headers.vary).toMatch(/accept-encoding/i);
    expect(body.length).toBeLessThan(1000);
  }
});

it.each(["/media/1", "/api/whatsapp/media/1", "/media/1/view", "/elsewhere/view"])(
  "leaves %s as it is: media, or marked no-transform",
  async (pathname) => {
    const { headers, body } = await fetchAs("br, gzip", pathname);
    expect(headers["content-encoding"]).toBeUndefined();
    expect(body.toString()).toBe(PAGE);
  },
);
