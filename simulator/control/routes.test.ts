import { expect, it } from "vitest";
import { ACME, CUSTOMER, post, statusesIn } from "#simulator/testing/business.ts";
import { lookUp, simulatorForTest, webhookForTest } from "#simulator/testing/simulator.ts";

async function control() {
  const simulator = await simulatorForTest();
  const call = async (method: string, name: string, body?: unknown, headers = {}) => {
    const url = `${simulator.url}/_simulator/${name}`;
    const written = typeof body === "string" ? body : JSON.stringify(body);
    const response = await fetch(url, {
      method,
      headers,
      ...(body !== undefined && { body: written }),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : undefined };
  };
  return { simulator, call };
}

it("says that it is well", async () => {
  const { call } = await control();
  expect(await call("GET", "health")).toMatchObject({ status: 200, body: { status: "ok" } });
});

it("sends messages and raw webhooks to the address that was set", async () => {
  const { call } = await control();
  const webhook = await webhookForTest(200);
  await call("PUT", "settings", { webhookUrl: webhook.url });
  const sent = await call("POST", "send", { kind: "photo", to: "106540352242922" });
  expect(sent.body).toMatchObject({ status: 200, mediaId: expect.any(String) });
  const raw = '{"object":"odd\\/one"}';
  expect((await call("POST", "webhook?retry=false", raw)).body).toMatchObject({ status: 200 });
  expect(webhook.received[1]?.raw.toString()).toBe(raw);
});

it("shows the chats, and has a customer open theirs", async () => {
  const { simulator, call } = await control();
  const webhook = await webhookForTest(200);
  await call("PUT", "settings", { webhookUrl: webhook.url, statusDelayMs: 0 });
  const album = { to: ACME, from: CUSTOMER, name: "Ana", count: 2 };
  expect((await call("POST", "album", album)).body).toMatchObject([{ status: 200 }, {}]);
  await post(simulator);
  const read = await call("POST", "read", { to: ACME, customer: CUSTOMER });
  expect(read.body.messages.at(-1)).toMatchObject({ author: "business", status: "read" });
  expect((await call("GET", "chats")).body).toEqual([read.body]);
  expect(statusesIn(webhook.received).map(({ status }) => status)).toContain("read");
  expect((await call("POST", "read", { to: ACME, customer: "1" })).body).toBeNull();
});

it("sets the reply window and whether statuses come", async () => {
  const { simulator, call } = await control();
  const settings = { replyWindow: true, statuses: false };
  expect((await call("PUT", "settings", settings)).body).toMatchObject(settings);
  expect((await post(simulator)).body.error?.code).toBe(131047);
});

it("takes files as bytes, samples and sizes", async () => {
  const { simulator, call } = await control();
  const bytesBase64 = Buffer.from("hello").toString("base64");
  const named = await call("POST", "media", { bytesBase64, mimeType: "text/plain", mediaId: "42" });
  expect(named.body).toEqual({ mediaId: "42", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const padded = await call("POST", "media", { sample: "video", syntheticBytes: 200_000 });
  const found = await lookUp(simulator, padded.body.mediaId);
  expect(found).toMatchObject({ mime_type: "video/mp4", file_size: 200_000 });
  const made = await call("POST", "media", { syntheticBytes: 7, mimeType: "image/png" });
  expect((await lookUp(simulator, made.body.mediaId)).file_size).toBe(7);
});

it("lists, counts and forgets requests", async () => {
  const { simulator, call } = await control();
  await lookUp(simulator, "1");
  expect((await call("GET", "requests")).body).toMatchObject([{ role: "lookup", status: 400 }]);
  expect((await call("DELETE", "requests")).status).toBe(204);
  expect((await call("GET", "requests")).body).toEqual([]);
  expect((await call("GET", "requests/counts")).body).toMatchObject({
    lookup: 1,
    download: 0,
    send: 0,
  });
});

it("replaces, lists and clears faults", async () => {
  const { call } = await control();
  const put = await call("PUT", "faults", [{ on: "download", kind: "slow", ms: 5, times: 2 }]);
  const faults = [{ on: "download", kind: "slow", ms: 5, times: 2, left: 2 }];
  expect(put).toEqual({ status: 200, body: faults });
  expect((await call("GET", "faults")).body).toEqual(faults);
  expect((await call("DELETE", "faults")).status).toBe(204);
  expect((await call("GET", "faults")).body).toEqual([]);
});

it.each([
  ["POST", "send", { kind: "fax", to: "1" }, "kind", "photo"],
  ["POST", "send", { kind: "text" }, "to", "phone_number_id"],
  ["POST", "send", { kind: "revoke", to: "1" }, "target", "wamid"],
  ["POST", "send", { kind: "text", to: "1", from: null }, "userId", "no number"],
  ["PUT", "faults", [{ on: "send", kind: "refuse", mediaId: "1" }], "0", "mediaId"],
  ["PUT", "faults", [{ on: "upload", kind: "refuse", code: 5 }], "0.code", "131053"],
  ["POST", "media", {}, "sample", "bytesBase64, syntheticBytes or sample"],
  ["POST", "media", { bytesBase64: "%" }, "bytesBase64", "base64"],
  ["PUT", "faults", [{ on: "lookup", kind: "ignoreRange" }], "0.kind", "gone"],
  ["PUT", "faults", [{ on: "download", kind: "slow", ms: "5" }], "0.ms", "number"],
  ["PUT", "settings", { webhookUrl: "nowhere" }, "webhookUrl", "http"],
])("%s %s %j is refused, naming %s", async (method, name, body, field, hint) => {
  const { call } = await control();
  const refused = await call(method, name, body);
  expect(refused.status).toBe(400);
  expect(refused.body.error.field).toBe(field);
  expect(refused.body.error.message).toContain(hint);
});

it("refuses what isn't JSON, what it doesn't know, and pages of other sites", async () => {
  const { call } = await control();
  expect((await call("PUT", "faults", "{")).status).toBe(400);
  expect((await call("GET", "nothing")).status).toBe(404);
  expect(
    (await call("DELETE", "faults", undefined, { "sec-fetch-site": "cross-site" })).status,
  ).toBe(403);
});
