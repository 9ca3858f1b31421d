import { request } from "undici";
import { expect, it } from "vitest";
import { samples } from "#simulator/samples/index.ts";
import { ACME, post, upload } from "#simulator/testing/business.ts";
import { download, HEADERS, lookUp, simulatorForTest } from "#simulator/testing/simulator.ts";
import { sha256 } from "#simulator/wire/authorization.ts";

const DAY_MS = 86_400_000;
const KIB = 1024;
const MIB = 1024 * KIB;

it("keeps a file that then can be looked up and downloaded", async () => {
  const simulator = await simulatorForTest();
  const { bytes } = samples.photo;
  const { status, body } = await upload(simulator, bytes, { mimeType: "image/jpeg" });
  expect(status).toBe(200);
  expect(body).toEqual({ id: expect.stringMatching(/^\d{15,17}$/) });
  const found = await lookUp(simulator, body.id ?? "");
  expect(found).toMatchObject({ mime_type: "image/jpeg", file_size: bytes.length });
  const file = await download(found.url);
  expect(Buffer.from(await file.body.arrayBuffer()).equals(bytes)).toBe(true);
});

it("forgets it after 30 days", async () => {
  let now = Date.UTC(2026, 0, 5);
  const simulator = await simulatorForTest({ now: () => now });
  const id = (await upload(simulator, Buffer.from("png"))).body.id ?? "";
  now += 30 * DAY_MS - 1;
  expect(await lookUp(simulator, id)).toHaveProperty("url");
  now += 1;
  expect(await lookUp(simulator, id)).toMatchObject({ error: { code: 100, error_subcode: 33 } });
});

it("deletes it when asked to, and only once", async () => {
  const simulator = await simulatorForTest();
  const { id } = (await upload(simulator, Buffer.from("png"))).body;
  const remove = () =>
    request(`${simulator.url}/v23.0/${id}`, { method: "DELETE", headers: HEADERS });
  const [first, second] = [await remove(), await remove()];
  expect(first.statusCode).toBe(200);
  expect(await first.body.json()).toEqual({ success: true });
  expect(second.statusCode).toBe(400);
  expect(await second.body.json()).toMatchObject({
    error: { message: "(#100) Invalid post_id parameter", type: "OAuthException", code: 100 },
  });
});

it.each([
  [{ product: "messenger" }, 100, /^\(#100\) The parameter messaging_product is required.$/],
  [
    { mimeType: "application/zip" },
    100,
    /one of the following types: audio\/aac, .*Received file of type 'application\/zip'\.$/,
  ],
  [{ phoneNumberId: "1234567" }, 100, /^Unsupported post request. Object with ID '1234567'/],
])("refuses an upload with %j", async (options, code, message) => {
  const simulator = await simulatorForTest();
  const { status, body } = await upload(simulator, Buffer.from("a"), options);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ code, message: expect.stringMatching(message) });
});

it.each([
  ["image/png", 5 * MIB],
  ["audio/ogg; codecs=opus", 16 * MIB],
  ["image/webp", 500 * KIB],
])("takes %s of %i bytes and not one more", async (mimeType, limit) => {
  const simulator = await simulatorForTest();
  expect((await upload(simulator, Buffer.alloc(limit), { mimeType })).status).toBe(200);
  const { status, body } = await upload(simulator, Buffer.alloc(limit + 1), { mimeType });
  expect(status).toBe(400);
  expect(body.error?.code).toBe(131053);
});

it.each([
  ["image", "video/mp4", 10, 131053],
  ["document", "image/png", 10, undefined],
  ["sticker", "image/webp", 100 * KIB, undefined],
  ["sticker", "image/webp", 100 * KIB + 1, 131053],
] as const)(
  "sends as %s a file of type %s and %i bytes: %s",
  async (type, mimeType, size, code) => {
    const simulator = await simulatorForTest();
    const { id } = (await upload(simulator, Buffer.alloc(size), { mimeType })).body;
    expect((await post(simulator, { type, [type]: { id } })).body.error?.code).toBe(code);
  },
);

it("lets a sticker that moves be larger than a still one", async () => {
  const simulator = await simulatorForTest();
  const moving = Buffer.alloc(300 * KIB);
  moving.write("RIFF????WEBPVP8X", "latin1");
  moving[20] = 0b10;
  const { id } = (await upload(simulator, moving, { mimeType: "image/webp" })).body;
  expect((await post(simulator, { type: "sticker", sticker: { id } })).status).toBe(200);
});

it("logs the file's type, size and hash, and never its bytes", async () => {
  const simulator = await simulatorForTest();
  const bytes = Buffer.from("canary-in-the-file");
  const { id } = (await upload(simulator, bytes, { filename: "bird.png" })).body;
  const [entry] = simulator.requests.list();
  expect(entry).toMatchObject({ role: "upload", mediaId: id, message: null, status: 200 });
  expect(entry?.file).toEqual({
    mimeType: "image/png",
    filename: "bird.png",
    size: bytes.length,
    sha256: sha256(bytes).toString("hex"),
  });
  expect(JSON.stringify(simulator.requests.list())).not.toContain("canary");
});

it.each([
  ["text/plain", "hello"],
  ["multipart/form-data; boundary=b", '--b\r\nContent-Disposition: form-data; name="file"; filen'],
  ["multipart/form-data", "--b"],
])("refuses a body of type %s that can't be read: %j", async (type, body) => {
  const simulator = await simulatorForTest();
  const headers = { ...HEADERS, "content-type": type };
  const url = `${simulator.url}/${ACME}/media`;
  const answer = await request(url, { method: "POST", headers, body });
  expect(answer.statusCode).toBe(400);
  expect(await answer.body.json()).toMatchObject({ error: { code: 100 } });
});
