import { request } from "undici";
import { expect, it } from "vitest";
import {
  download,
  fileWith,
  HEADERS,
  lookUp,
  simulatorForTest,
} from "#simulator/testing/simulator.ts";

const TEXT = "0123456789";

it("sends the file with the recorded headers", async () => {
  const simulator = await simulatorForTest();
  const response = await download(await fileWith(simulator, TEXT));
  expect(await response.body.text()).toBe(TEXT);
  expect(response.headers).toMatchObject({
    "content-type": "image/png",
    "content-length": "10",
    "content-disposition": "inline;filename=a.png",
    "accept-ranges": "bytes",
    etag: expect.stringMatching(/^\d+$/),
    // adler32("0123456789") = 0x0AFF020E
    "content-digest": `adler32=${0x0aff020e}`,
    "cache-control": "private, no-cache, no-store, must-revalidate",
    "cross-origin-resource-policy": "cross-origin",
  });
});

it.each([
  ["bytes=2-4", 206, "234", "bytes 2-4/10"],
  ["bytes=7-", 206, "789", "bytes 7-9/10"],
  ["bytes=-2", 206, "89", "bytes 8-9/10"],
  ["bytes=-99", 206, TEXT, "bytes 0-9/10"],
  ["bytes=8-99", 206, "89", "bytes 8-9/10"],
  ["bytes=10-", 416, "", "bytes */10"],
  ["bytes=-0", 416, "", "bytes */10"],
  ["bytes=0-1,4-5", 200, TEXT, undefined],
  ["bytes=4-2", 200, TEXT, undefined],
  ["lines=1-2", 200, TEXT, undefined],
])("answers Range %s with %i", async (range, status, text, contentRange) => {
  const simulator = await simulatorForTest();
  const response = await download(await fileWith(simulator, TEXT), { range });
  expect(response.statusCode).toBe(status);
  expect(response.headers["content-range"]).toBe(contentRange);
  expect(response.headers["content-length"]).toBe(String(text.length));
  expect(await response.body.text()).toBe(text);
});

it("answers HEAD with the length and no byte of the file", async () => {
  const simulator = await simulatorForTest();
  const url = await fileWith(simulator, TEXT);
  const response = await request(url, { method: "HEAD", headers: HEADERS });
  expect(response.headers["content-length"]).toBe("10");
  expect(simulator.requests.list().at(-1)).toMatchObject({ method: "HEAD", bytesSent: 0 });
});

it("wants the token again", async () => {
  const simulator = await simulatorForTest();
  const url = await fileWith(simulator, TEXT);
  const { "user-agent": agent } = HEADERS;
  for (const authorization of [undefined, "Bearer other"]) {
    const headers = { "user-agent": agent, ...(authorization && { authorization }) };
    const response = await request(url, { headers });
    await response.body.dump();
    expect(response.statusCode).toBe(401);
  }
});

it("answers an empty 404 to a URL that is expired or changed", async () => {
  let now = Date.UTC(2026, 0, 5);
  const simulator = await simulatorForTest({ now: () => now });
  const url = await fileWith(simulator, TEXT);
  const other = await simulator.media.add({ syntheticBytes: 5, mimeType: "image/png" });
  const changed = new URL(url);
  changed.searchParams.set("mid", other.id);
  expect((await download(changed.href)).statusCode).toBe(404);
  now += 299_000;
  expect((await download(url)).statusCode).toBe(200);
  now += 1_000;
  const expired = await download(url);
  expect(expired.statusCode).toBe(404);
  expect(expired.headers["content-type"]).toBe("text/html");
  expect(await expired.body.text()).toBe("");
});

it.each([undefined, "node", "undici", "Mozilla/5.0"])(
  "shows a page instead of the file to the User-Agent %s, though Graph is fine with it",
  async (agent) => {
    const simulator = await simulatorForTest();
    const { id } = await simulator.media.add({ syntheticBytes: 5, mimeType: "image/png" });
    const { authorization } = HEADERS;
    const headers = { authorization, ...(agent && { "user-agent": agent }) };
    const found = await request(`${simulator.url}/v23.0/${id}`, { headers });
    const { url } = (await found.body.json()) as { url: string };
    const response = await request(url, { headers });
    await response.body.dump();
    expect(response.headers["content-type"]).toContain("text/html");
  },
);

it("makes a large file up only as fast as it is read", async () => {
  const simulator = await simulatorForTest();
  const size = 100_000_000;
  const { id } = await simulator.media.add({ syntheticBytes: size, mimeType: "video/mp4" });
  const response = await download((await lookUp(simulator, id)).url);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(response.headers["content-length"]).toBe(String(size));
  expect(simulator.requests.open()[0]?.bytesSent).toBeLessThan(size / 4);
  await response.body.dump({ limit: size + 1 });
  expect(simulator.requests.list().at(-1)?.bytesSent).toBe(size);
});
