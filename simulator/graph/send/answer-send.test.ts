import { expect, it } from "vitest";
import { ACME, CUSTOMER, post, upload } from "#simulator/testing/business.ts";
import { simulatorForTest } from "#simulator/testing/simulator.ts";

const NOW = Date.UTC(2026, 0, 5, 12);
const DAY_SECONDS = 86_400;

it("accepts a text and answers as recorded", async () => {
  const simulator = await simulatorForTest();
  const { status, headers, body } = await post(simulator);
  expect(status).toBe(200);
  expect(body).toEqual({
    messaging_product: "whatsapp",
    contacts: [{ input: "+15550100142", wa_id: CUSTOMER }],
    messages: [{ id: expect.stringMatching(/^wamid\./) }],
  });
  expect(headers).toMatchObject({
    "content-type": "application/json; charset=UTF-8",
    "facebook-api-version": "v23.0",
    "x-business-use-case-usage": expect.stringContaining('"type":"whatsapp"'),
  });
});

it.each([
  [{ to: "+1 (555) 010-0142" }, { input: "+1 (555) 010-0142", wa_id: CUSTOMER }],
  [{ to: 15550100142 }, { input: CUSTOMER, wa_id: CUSTOMER }],
  [
    { to: undefined, recipient: "US.13491208655302741918" },
    { input: "US.13491208655302741918", user_id: "US.13491208655302741918" },
  ],
])("takes the recipient %j", async (fields, contact) => {
  const simulator = await simulatorForTest();
  expect((await post(simulator, fields)).body.contacts).toEqual([contact]);
});

it("takes a group, and says so in its answer", async () => {
  const simulator = await simulatorForTest();
  const { body } = await post(simulator, { to: "Y2FwaV9ncm91cDox", recipient_type: "group" });
  expect(body.messages).toMatchObject([{ group_id: "Y2FwaV9ncm91cDox" }]);
});

it("shows a message with its file, caption and quote in the customer's chat", async () => {
  const simulator = await simulatorForTest();
  const { wamid } = await simulator.sendMessage({ kind: "text", to: ACME });
  const { id } = (await upload(simulator, Buffer.from("png"))).body;
  const image = { id, caption: "The room" };
  const { body } = await post(simulator, { type: "image", image, context: { message_id: wamid } });
  const [chat] = simulator.chats();
  expect(chat).toMatchObject({ to: ACME, customer: CUSTOMER, name: "Maya Lind" });
  expect(chat?.messages).toMatchObject([
    { wamid, author: "customer", type: "text" },
    { wamid: body.messages?.[0]?.id, author: "business", content: image, repliesTo: wamid },
  ]);
});

const longText = { text: { body: "😀".repeat(4097) } };
const file = (type: string, fields: object = {}) => ({ type, [type]: { id: "1", ...fields } });

it.each([
  [{ messaging_product: undefined }, 100, "The parameter messaging_product is required."],
  [{ to: undefined }, 100, "The parameter to is required."],
  [{ to: "US.13491208655302741918" }, 131009, "Parameter value is not valid"],
  [{ text: undefined }, 100, "The parameter text is required."],
  [{ text: { body: "" } }, 100, "The parameter text['body'] is required."],
  [{ text: { body: 5 } }, 100, "Param text['body'] must be a string."],
  [longText, 100, "Param text['body'] must be at most 4096 characters long."],
  [{ text: { body: "a", boby: "b" } }, 100, 'Unexpected key "boby" on param "text".'],
  [file("audio", { caption: "a" }), 100, 'Unexpected key "caption" on param "audio".'],
  [
    file("video", { caption: "a".repeat(1025) }),
    100,
    "Param video['caption'] must be at most 1024 characters long.",
  ],
  [
    file("image"),
    100,
    "Param image['id'] is not a valid whatsapp business account media attachment ID",
  ],
  [{ type: "hologram" }, 131051, "Unsupported message type"],
  [{ context: { message_id: 5 } }, 100, "Param context['message_id'] must be a string."],
  [
    { biz_opaque_callback_data: "a".repeat(513) },
    100,
    "Param biz_opaque_callback_data must be at most 512 characters long.",
  ],
])("refuses %j with code %i", async (fields, code, message) => {
  const simulator = await simulatorForTest();
  const { status, body } = await post(simulator, fields);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ code, type: "OAuthException" });
  expect(body.error?.message).toBe(`(#${code}) ${message}`);
  expect(simulator.chats()).toEqual([]);
});

it("takes a text of exactly 4096 characters", async () => {
  const simulator = await simulatorForTest();
  expect((await post(simulator, { text: { body: "😀".repeat(4096) } })).status).toBe(200);
});

it.each([
  [{ headers: {} }, 401, { code: 104 }],
  [{ headers: { authorization: "Bearer other" } }, 401, { code: 190 }],
  [
    { phoneNumberId: "123123" },
    400,
    {
      code: 100,
      error_subcode: 33,
      message: expect.stringMatching(/^Unsupported post request. Object with ID '123123' does/),
    },
  ],
])("answers %j as recorded", async (to, status, error) => {
  const simulator = await simulatorForTest();
  const answer = await post(simulator, {}, to);
  expect(answer.status).toBe(status);
  expect(answer.body.error).toMatchObject(error);
});

it("refuses what comes 24 hours after the customer's last message, once told to", async () => {
  const simulator = await simulatorForTest({ now: () => NOW });
  simulator.configure({ replyWindow: true });
  const sent = (secondsAgo: number) =>
    simulator.sendMessage({ kind: "text", to: ACME, timestamp: NOW / 1000 - secondsAgo });
  expect((await post(simulator)).body.error?.code).toBe(131047);
  await sent(DAY_SECONDS);
  const { status, body } = await post(simulator);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({
    message: "(#131047) Re-engagement message",
    error_data: { details: expect.stringContaining("more than 24 hours have passed") },
  });
  await sent(DAY_SECONDS - 1);
  expect((await post(simulator)).status).toBe(200);
});

it("keeps the message in the request log, and never the token", async () => {
  const simulator = await simulatorForTest();
  await post(simulator, { text: { body: "Remember me" } });
  const [entry] = simulator.requests.list();
  const path = `/v23.0/${ACME}/messages`;
  expect(entry).toMatchObject({ role: "send", method: "POST", path, status: 200, file: null });
  expect(entry?.message).toMatchObject({ type: "text", text: { body: "Remember me" } });
  expect(simulator.requests.counts()).toMatchObject({ send: 1, lookup: 0 });
  expect(JSON.stringify(entry)).not.toContain("invented-token");
});
