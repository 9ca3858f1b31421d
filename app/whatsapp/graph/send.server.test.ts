import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import type { Outgoing } from "#app/models/outgoing/outgoing-message.ts";
import { graphError, sendJson, startGraph, TOKEN } from "#tests/support/graph-server.ts";
import { createBackOff } from "./back-off.server.ts";
import { createSender } from "./send.server.ts";

const SHORT = { connectMs: 200, headersMs: 300, lookupIdleMs: 300 };
const hello: Outgoing = {
  phoneNumberId: "106540352242922",
  recipient: { phone: "15550100001" },
  content: { type: "text", body: "Hello" },
  replyToWamid: null,
  key: "3f0c0b9e-0000-4000-8000-000000000001",
};

type World = Awaited<ReturnType<typeof startGraph>>;

const senderTo = (world: Pick<World, "url">, more?: Parameters<typeof createSender>[1]) =>
  createSender(
    { baseUrl: world.url, version: "v25.0", accessToken: async () => TOKEN, timeouts: SHORT },
    more,
  );

/** Sends to a Graph that answers like this. */
async function sentTo(answer: Parameters<typeof startGraph>[0], message = hello) {
  await using world = await startGraph((req, res) => void text(req).then(() => answer(req, res)));
  const outcome = await senderTo(world).sendMessage(message);
  return { outcome, requests: world.requests };
}

const accepted = { messages: [{ id: "wamid.1" }] };
const bodyOf = async (message: Partial<Outgoing>) => {
  let body = "";
  await using world = await startGraph(async (req, res) => {
    body = await text(req);
    sendJson(res, 200, accepted);
  });
  await senderTo(world).sendMessage({ ...hello, ...message });
  return JSON.parse(body);
};

describe("sendMessage asks WhatsApp", () => {
  it("with the token, for the number, and gives back the id that it got", async () => {
    const { outcome, requests } = await sentTo((_, res) => sendJson(res, 200, accepted));
    expect(outcome).toEqual({ kind: "accepted", wamid: "wamid.1" });
    expect(requests).toMatchObject([
      {
        method: "POST",
        url: "/v25.0/106540352242922/messages",
        headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
      },
    ]);
  });

  it("to send a text to a phone number, with the key that its statuses bring back", async () => {
    expect(await bodyOf({})).toEqual({
      messaging_product: "whatsapp",
      recipient_type: "individual",
      to: "+15550100001",
      type: "text",
      text: { body: "Hello" },
      biz_opaque_callback_data: hello.key,
    });
  });

  it("to send to a user id, or to a group, where there is no number", async () => {
    const userId = "US.13491208655302741918";
    const person = await bodyOf({ recipient: { userId } });
    expect(person).toMatchObject({ recipient_type: "individual", recipient: userId });
    expect(person).not.toHaveProperty("to");
    const groupId = "Y2FwaV9ncm91cDox";
    expect(await bodyOf({ recipient: { groupId } })).toMatchObject({
      recipient_type: "group",
      to: groupId,
    });
  });

  it("to send a file with its caption, and a name only for a document, as an answer", async () => {
    const file = { mediaId: "914268667232441", caption: "Here", filename: "receipt.pdf" };
    expect(
      await bodyOf({ content: { type: "document", ...file }, replyToWamid: "wamid.0" }),
    ).toMatchObject({
      type: "document",
      document: { id: file.mediaId, caption: "Here", filename: "receipt.pdf" },
      context: { message_id: "wamid.0" },
    });
    expect(await bodyOf({ content: { type: "image", ...file, caption: null } })).toMatchObject({
      image: { id: file.mediaId },
    });
  });
});

describe("a message is refused, and was not sent,", () => {
  it("when WhatsApp says why", async () => {
    const error = {
      message: "(#131047) Re-engagement message",
      code: 131047,
      error_data: { details: "More than 24 hours have passed" },
    };
    const { outcome } = await sentTo((_, res) => sendJson(res, 400, { error }));
    expect(outcome).toEqual({
      kind: "refused",
      noAccess: null,
      code: 131047,
      title: "Re-engagement message",
      details: "More than 24 hours have passed",
    });
  });

  it("F95 when WhatsApp refuses the token, whose answer may quote it", async () => {
    const error = { message: `Bad token ${TOKEN}`, code: 190, error_data: { details: TOKEN } };
    const { outcome } = await sentTo((_, res) => sendJson(res, 401, { error }));
    expect(outcome).toMatchObject({ kind: "refused", code: 190, noAccess: "HTTP 401, code 190" });
    expect(JSON.stringify(outcome)).not.toContain(TOKEN);
  });

  it("when no connection can be made", async () => {
    const world = await startGraph(() => {});
    await world[Symbol.asyncDispose]();
    expect(await senderTo(world).sendMessage(hello)).toMatchObject({
      kind: "refused",
      title: "WhatsApp could not be reached.",
    });
  });

  it("F31 when the number is throttled, which is then left alone for as long as asked", async () => {
    let time = 0;
    await using world = await startGraph((_, res) =>
      world.requests.length === 1
        ? sendJson(res, 400, graphError(130429), { "retry-after": "60" })
        : sendJson(res, 200, accepted),
    );
    const { sendMessage } = senderTo(world, { backOff: createBackOff(() => time) });
    expect(await sendMessage(hello)).toMatchObject({ kind: "refused", code: 130429 });
    time = 59_000;
    expect(await sendMessage(hello)).toMatchObject({ kind: "refused", code: 130429 });
    expect(world.requests).toHaveLength(1);
    expect(await sendMessage({ ...hello, phoneNumberId: "2" })).toMatchObject({ kind: "accepted" });
    time = 61_000;
    expect(await sendMessage(hello)).toMatchObject({ kind: "accepted" });
  });

  it("when one customer gets too many, which leaves the number free for others", async () => {
    await using world = await startGraph((_, res) =>
      world.requests.length === 1
        ? sendJson(res, 400, graphError(131056))
        : sendJson(res, 200, accepted),
    );
    const { sendMessage } = senderTo(world);
    expect(await sendMessage(hello)).toMatchObject({ kind: "refused", code: 131056 });
    expect(await sendMessage(hello)).toMatchObject({ kind: "accepted" });
  });
});

describe("a message is unconfirmed, and asked for once only,", () => {
  const json = { "content-type": "application/json" };
  const answers: [string, Parameters<typeof startGraph>[0]][] = [
    ["no answer comes", () => {}],
    ["the connection is reset after the request", (req) => req.socket.resetAndDestroy()],
    ["the connection is closed after the request", (req) => req.socket.destroy()],
    ["WhatsApp has a fault of its own", (_, res) => sendJson(res, 500, graphError(131000))],
    ["WhatsApp is down", (_, res) => sendJson(res, 503, graphError(2))],
    ["a gateway fails", (_, res) => res.writeHead(502).end("<h1>Bad Gateway</h1>")],
    ["something else answers", (_, res) => res.writeHead(404).end("<h1>Not here</h1>")],
    ["the answer is no JSON", (_, res) => res.writeHead(200, json).end("wamid.1")],
    ["the answer has no id", (_, res) => sendJson(res, 200, { messages: [] })],
    ["the answer's id is none", (_, res) => sendJson(res, 200, { messages: [{ id: "a\n" }] })],
    ["the answer is huge", (_, res) => res.writeHead(200, json).end("1".repeat(100_000))],
    ["the answer stops half-way", (_, res) => void res.writeHead(200, json).write('{"messa')],
    [
      "the answer is cut short",
      (_, res) => {
        res.writeHead(200, { ...json, "content-length": "100" });
        res.write("{", () => res.destroy());
      },
    ],
  ];
  it.each(answers)("when %s", async (_, answer) => {
    const { outcome, requests } = await sentTo(answer);
    expect(outcome).toMatchObject({ kind: "unconfirmed" });
    expect(requests).toHaveLength(1);
  });

  it("when the answer trickles for too long", async () => {
    await using world = await startGraph((_, res) => {
      res.writeHead(200, json);
      const drip = setInterval(() => res.write(" "), 20);
      res.on("close", () => clearInterval(drip));
    });
    const { sendMessage } = senderTo(world, { totalMs: 500 });
    expect(await sendMessage(hello)).toMatchObject({ kind: "unconfirmed" });
  });
});

describe("markAsRead", () => {
  it("names the message", async () => {
    let body = "";
    await using world = await startGraph(async (req: IncomingMessage, res) => {
      body = await text(req);
      sendJson(res, 200, { success: true });
    });
    await senderTo(world).markAsRead({ phoneNumberId: "106540352242922", wamid: "wamid.in" });
    expect(JSON.parse(body)).toEqual({
      messaging_product: "whatsapp",
      status: "read",
      message_id: "wamid.in",
    });
  });

  it("tells when WhatsApp refuses", async () => {
    await using world = await startGraph((_, res) => sendJson(res, 400, graphError(100)));
    const read = senderTo(world).markAsRead({ phoneNumberId: "1", wamid: "wamid.in" });
    await expect(read).rejects.toMatchObject({ name: "GraphError" });
  });
});
