import { createHash } from "node:crypto";
import { request } from "undici";
import { expect, it } from "vitest";
import { HEADERS, simulatorForTest } from "#simulator/testing/simulator.ts";

const NOW = Date.UTC(2026, 0, 5, 12);

it("answers with the file's URL, type, hash in hex and size as a number", async () => {
  const simulator = await simulatorForTest({ now: () => NOW });
  const bytes = Buffer.from("a picture");
  const { id } = await simulator.media.add({ bytes, mimeType: "image/png" });
  const response = await request(`${simulator.url}/v25.0/${id}`, { headers: HEADERS });
  const text = await response.body.text();
  const body = JSON.parse(text);
  expect(response.statusCode).toBe(200);
  expect(text).toContain(`{"url":"http:\\/\\/127.0.0.1:${simulator.port}\\/whatsapp_business\\/`);
  expect(body).toEqual({
    url: expect.stringContaining(`/attachments/?mid=${id}&ext=${NOW / 1000 + 300}&hash=AT`),
    mime_type: "image/png",
    sha256: createHash("sha256").update(bytes).digest("hex"),
    file_size: 9,
    id,
    messaging_product: "whatsapp",
  });
  expect(response.headers).toMatchObject({
    "content-type": "application/json; charset=UTF-8",
    "facebook-api-version": "v25.0",
    "cache-control": "private, no-cache, no-store, must-revalidate",
    "x-business-use-case-usage": expect.stringContaining('"type":"whatsapp"'),
    etag: expect.stringMatching(/^"[0-9a-f]{40}"$/),
    date: new Date(NOW).toUTCString(),
  });
});

it("works without a version", async () => {
  const simulator = await simulatorForTest();
  const { id } = await simulator.media.add({ syntheticBytes: 10, mimeType: "image/png" });
  const response = await request(`${simulator.url}/${id}`, { headers: HEADERS });
  expect(await response.body.json()).toMatchObject({ id, file_size: 10 });
});

it("answers 400 with code 100 and subcode 33 for an id that isn't there", async () => {
  const simulator = await simulatorForTest();
  const response = await request(`${simulator.url}/123_123`, { headers: HEADERS });
  const text = await response.body.text();
  const message =
    "Unsupported get request. Object with ID '123_123' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api";
  expect(response.statusCode).toBe(400);
  expect(text).toContain("https:\\/\\/developers.facebook.com\\/docs\\/graph-api");
  expect(JSON.parse(text)).toEqual({
    error: {
      message,
      type: "GraphMethodException",
      code: 100,
      error_subcode: 33,
      fbtrace_id: response.headers["x-fb-request-id"],
    },
  });
  expect(response.headers["www-authenticate"]).toBe(
    `OAuth "Facebook Platform" "invalid_request" "${message}"`,
  );
});

it.each([
  ["no token", {}, 104],
  ["another token", { authorization: "Bearer other" }, 190],
])("answers 401 to %s", async (_case, headers, code) => {
  const simulator = await simulatorForTest();
  const response = await request(`${simulator.url}/v23.0/1`, { headers });
  expect(response.statusCode).toBe(401);
  expect(await response.body.json()).toMatchObject({ error: { code } });
});

it("accepts only the new token once it was changed", async () => {
  const simulator = await simulatorForTest();
  simulator.setAccessToken("rotated");
  const old = await request(`${simulator.url}/v23.0/1`, { headers: HEADERS });
  const headers = { ...HEADERS, authorization: "Bearer rotated" };
  const fresh = await request(`${simulator.url}/v23.0/1`, { headers });
  await Promise.all([old.body.dump(), fresh.body.dump()]);
  expect([old.statusCode, fresh.statusCode]).toEqual([401, 400]);
});
