import { expect, it } from "vitest";
import type { MessageKind as KindInInbox } from "#app/models/message-kind.ts";
import { messageOf } from "#app/whatsapp/payload/testing/parsed.ts";
import { mediaKinds, samples } from "#simulator/samples/index.ts";
import { lookUp, simulatorForTest, webhookForTest } from "#simulator/testing/simulator.ts";
import type { MessageKind } from "./send.ts";
import { signBody } from "./signature.ts";

const TO = "106540352242922";

it("delivers a text, signed over the escaped bytes", async () => {
  const webhook = await webhookForTest(200);
  const simulator = await simulatorForTest({ webhookUrl: webhook.url });
  const sent = await simulator.sendMessage({ kind: "text", to: TO, text: "Grüße / 😀" });
  expect(sent).toMatchObject({ status: 200, body: "noted", attempts: 1, mediaId: null });
  const [{ headers, raw } = expect.fail("nothing came")] = webhook.received;
  expect(headers["x-hub-signature-256"]).toBe(signBody("invented-secret", raw));
  expect(raw.toString("latin1")).toContain('"Gr\\u00fc\\u00dfe \\/ \\ud83d\\ude00"');
  expect(messageIn(raw)).toMatchObject({ id: sent.wamid, text: { body: "Grüße / 😀" } });
});

it.each(mediaKinds)("sends a %s whose hash agrees with the look-up's", async (kind) => {
  const webhook = await webhookForTest(200);
  const simulator = await simulatorForTest({ webhookUrl: webhook.url });
  const { mediaId } = await simulator.sendMessage({ kind, to: TO, caption: "Look!" });
  const message = messageIn(webhook.received[0]?.raw);
  const media = message[message.type as string] as Record<string, unknown>;
  expect(media).toMatchObject({ id: mediaId, mime_type: samples[kind].mimeType });
  expect(media.id).toMatch(/^\d{15,17}$/);
  expect(media.sha256).toHaveLength(44);
  const found = await lookUp(simulator, mediaId ?? "");
  expect(found.sha256).toBe(Buffer.from(media.sha256 as string, "base64").toString("hex"));
  expect(found.file_size).toBe(samples[kind].bytes.length);
});

it("lays given fields over the media object; null removes one", async () => {
  const webhook = await webhookForTest(200);
  const simulator = await simulatorForTest({ webhookUrl: webhook.url });
  const mediaField = { sha256: null, id: "../etc", url: "http://a.test/" };
  await simulator.sendMessage({ kind: "photo", to: TO, mediaField });
  expect(messageIn(webhook.received[0]?.raw).image).toEqual({
    mime_type: "image/jpeg",
    id: "../etc",
    url: "http://a.test/",
  });
});

it("sends a file that is there already again under the same id", async () => {
  const webhook = await webhookForTest(200);
  const simulator = await simulatorForTest({ webhookUrl: webhook.url });
  const first = await simulator.sendMessage({ kind: "photo", to: TO, syntheticBytes: 50_000 });
  const mediaId = first.mediaId ?? "";
  await simulator.sendMessage({ kind: "photo", to: TO, mediaId });
  expect((await lookUp(simulator, mediaId)).file_size).toBe(50_000);
});

it.each([
  [
    { kind: "location", location: { name: "Pier" } },
    "location",
    { name: "Pier", latitude: 59.3251 },
  ],
  [{ kind: "contacts" }, "contacts", [{ name: { formatted_name: "Ben Okafor" } }]],
  [{ kind: "reaction", target: "wamid.a" }, "reaction", { message_id: "wamid.a", emoji: "👍" }],
  [{ kind: "reaction", target: "wamid.a", emoji: "" }, "reaction", { emoji: "" }],
  [{ kind: "revoke", target: "wamid.a" }, "revoke", { original_message_id: "wamid.a" }],
  [
    { kind: "edit", target: "wamid.a", text: "At ten" },
    "edit",
    { original_message_id: "wamid.a", message: { type: "text", text: { body: "At ten" } } },
  ],
] as const)("sends %j", async (message, type, content) => {
  const webhook = await webhookForTest(200);
  const simulator = await simulatorForTest({ webhookUrl: webhook.url });
  await simulator.sendMessage({ to: TO, ...message });
  expect(messageIn(webhook.received[0]?.raw)).toMatchObject({ type, [type]: content });
});

/** What the inbox knows by a kind of its own, and what sends it here; null: no simulated phone does. */
const SENDERS: Record<KindInInbox, MessageKind | null> = {
  text: "text",
  image: "photo",
  video: "video",
  audio: "voice",
  document: "document",
  sticker: "sticker",
  location: "location",
  contacts: "contacts",
  interactive: "form",
  button: null,
  order: null,
  system: null,
  request_welcome: null,
  media_placeholder: null,
  unsupported: null,
};
const sendable = Object.entries(SENDERS).flatMap(([type, kind]) => (kind ? [{ type, kind }] : []));

it.each(sendable)(
  "sends a $kind as what the inbox takes for the kind $type",
  async ({ type, kind }) => {
    const webhook = await webhookForTest(200);
    const simulator = await simulatorForTest({ webhookUrl: webhook.url });
    await simulator.sendMessage({ kind, to: TO });
    expect(messageOf(messageIn(webhook.received[0]?.raw))?.type).toBe(type);
  },
);

it("sends a form with files that can be looked up, or with the answers that are given", async () => {
  const webhook = await webhookForTest(200);
  const simulator = await simulatorForTest({ webhookUrl: webhook.url });
  const { mediaId } = await simulator.sendMessage({ kind: "form", to: TO });
  const { files = [] } = messageOf(messageIn(webhook.received[0]?.raw)) ?? {};
  expect(files).toMatchObject([
    { mediaId, kind: "image", filename: "photo.jpg" },
    { kind: "document", filename: "document.pdf" },
  ]);
  for (const file of files) {
    expect((await lookUp(simulator, file.mediaId)).sha256).toBe(file.sha256);
  }
  await simulator.sendMessage({ kind: "form", to: TO, form: { plate: "AB 123" } });
  expect(messageIn(webhook.received[1]?.raw).interactive).toMatchObject({
    nfm_reply: { response_json: '{"flow_token":"unused","plate":"AB 123"}' },
  });
});

it("answers a message, and has a sender without a number", async () => {
  const webhook = await webhookForTest(200);
  const simulator = await simulatorForTest({ webhookUrl: webhook.url });
  const sender = { from: null, userId: "US.13491208655302741918" };
  await simulator.sendMessage({ kind: "text", to: TO, ...sender, repliesTo: "wamid.b" });
  const message = messageIn(webhook.received[0]?.raw);
  expect(message).toMatchObject({
    from_user_id: sender.userId,
    context: { from: "15550100001", id: "wamid.b" },
  });
  expect(message).not.toHaveProperty("from");
  expect(simulator.chats()).toMatchObject([{ customer: sender.userId, kind: "user" }]);
  await expect(simulator.sendMessage({ kind: "text", to: TO, from: null })).rejects.toThrow(
    "needs a userId",
  );
});

it("sends an album as a message for each photo, with one caption", async () => {
  const webhook = await webhookForTest(200);
  const simulator = await simulatorForTest({ webhookUrl: webhook.url });
  const sent = await simulator.sendAlbum({ to: TO, caption: "Our days" }, 3);
  expect(new Set(sent.map(({ mediaId }) => mediaId)).size).toBe(3);
  const captions = webhook.received.map(({ raw }) => messageIn(raw).image);
  expect(captions.filter((image) => Object.hasOwn(image as object, "caption"))).toHaveLength(1);
});

it("keeps a chat for each customer, and changes in it what they edit, take back and react to", async () => {
  const simulator = await simulatorForTest();
  const ana = { to: TO, from: "15550100151", name: "Ana" };
  const { wamid: target } = await simulator.sendMessage({ ...ana, kind: "text", text: "At nine" });
  await simulator.sendMessage({ to: TO, from: "15550100152", name: "Ben", kind: "photo" });
  await simulator.sendMessage({ ...ana, kind: "edit", target, text: "At ten" });
  await simulator.sendMessage({ ...ana, kind: "reaction", target });
  await simulator.sendMessage({ ...ana, kind: "revoke", target });
  const changed = { content: { body: "At ten" }, reaction: "👍", isRevoked: true };
  expect(simulator.chats()).toMatchObject([
    { customer: ana.from, name: "Ana", messages: [changed] },
    { customer: "15550100152", messages: [{ type: "image" }] },
  ]);
});

it("delivers again until it is answered with 200", async () => {
  const webhook = await webhookForTest(500, 503, 200);
  const simulator = await simulatorForTest({ webhookUrl: webhook.url, retryDelaysMs: [1, 2, 3] });
  const sent = await simulator.sendMessage({ kind: "text", to: TO });
  expect(sent).toMatchObject({ status: 200, attempts: 3 });
  expect(webhook.received[2]?.raw).toEqual(webhook.received[0]?.raw);
});

it("gives up after the last pause, or at once when told so", async () => {
  const webhook = await webhookForTest(404);
  const simulator = await simulatorForTest({ webhookUrl: webhook.url, retryDelaysMs: [1] });
  expect(await simulator.postWebhook("{")).toMatchObject({ status: 404, attempts: 2 });
  expect(await simulator.postWebhook("{", { retry: false })).toMatchObject({ attempts: 1 });
});

it("says why a webhook could not be delivered", async () => {
  const simulator = await simulatorForTest({ webhookUrl: "http://127.0.0.1:1/" });
  const sent = await simulator.sendMessage({ kind: "text", to: TO });
  expect(sent.status).toBeNull();
  expect(sent.body).not.toBe("");
});

function messageIn(raw: Buffer | undefined): Record<string, unknown> {
  const body = JSON.parse(raw?.toString("utf8") ?? "null");
  return body.entry[0].changes[0].value.messages[0];
}
