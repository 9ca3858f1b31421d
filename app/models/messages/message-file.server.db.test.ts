import { afterAll, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import {
  addAccount,
  addCompany,
  addConversation,
  addMessage,
  addMessageFile,
} from "#tests/support/rows.server.ts";
import { pickedFile } from "#tests/support/webhooks.ts";
import { listMessages } from "./messages.server.ts";

afterAll(closeDatabase);

async function setUp(account: { mediaRetentionHours?: number } = {}) {
  const scope = await addCompany(db);
  const conversation = await addConversation(scope, await addAccount(scope, [], account));
  return { scope, conversation };
}

const second = (seconds: number) => new Date(Date.UTC(2026, 4, 1, 12, 0, seconds));

it("shows of a file its name tag, and when WhatsApp deletes it", async () => {
  const { scope, conversation } = await setUp({ mediaRetentionHours: 1 });
  const { id } = await addMessage(scope, conversation, {
    type: "audio",
    mediaId: "622684793477189",
    mediaMimeType: "audio/ogg; codecs=opus",
    mediaCaption: "Listen",
    mediaFilename: "voice.ogg",
    mediaVoice: true,
    mediaUrl: "https://lookaside.fbsbx.com/old",
    mediaSha256: "0123456789abcdef".repeat(4),
    createdAt: second(0),
  });
  expect((await listMessages(scope, conversation.id)).messages).toEqual([
    {
      id,
      direction: "inbound",
      senderName: null,
      type: "audio",
      body: null,
      sentAt: new Date("2026-05-01T12:00:00Z"),
      unread: false,
      sentByName: null,
      isLocal: false,
      forwarded: null,
      editedAt: null,
      revokedAt: null,
      problem: null,
      details: null,
      referral: null,
      quoted: null,
      reactions: [],
      delivery: null,
      mediaKind: "audio",
      mediaId: "622684793477189",
      mediaCaption: "Listen",
      mediaFilename: "voice.ogg",
      mediaVoice: true,
      mediaSize: null,
      mediaTint: "012",
      mediaExpiresAt: second(3600),
    },
  ]);
});

it("counts seven days from the webhook's arrival where the number says nothing else", async () => {
  const { scope, conversation } = await setUp();
  const sentAt = new Date("2026-04-01T00:00:00Z");
  await addMessage(scope, conversation, { type: "image", createdAt: second(0), sentAt });
  const [message] = (await listMessages(scope, conversation.id)).messages;
  expect(message?.mediaExpiresAt).toEqual(new Date("2026-05-08T12:00:00Z"));
});

it("shows a text, and a type it does not know, without a file", async () => {
  const { scope, conversation } = await setUp();
  await addMessage(scope, conversation, { body: "Hello", sentAt: second(1) });
  await addMessage(scope, conversation, { type: "unsupported", sentAt: second(2) });
  const nothing = { mediaKind: null, mediaId: null, mediaExpiresAt: null, mediaVoice: false };
  expect((await listMessages(scope, conversation.id)).messages).toMatchObject([
    { type: "text", body: "Hello", ...nothing },
    { type: "unsupported", body: null, ...nothing },
  ]);
});

it("shows of a form's files those that are kept, with what has been learned of them", async () => {
  const { scope, conversation } = await setUp({ mediaRetentionHours: 1 });
  const answers = { photos: [pickedFile("71"), pickedFile("72"), pickedFile("lost")] };
  const message = await addMessage(scope, conversation, {
    type: "interactive",
    payload: { type: "nfm_reply", nfm_reply: { response_json: JSON.stringify(answers) } },
    createdAt: second(0),
  });
  await addMessageFile(scope, message, { mediaId: "71", size: 1_000 });
  await addMessageFile(scope, message, { mediaId: "72", position: 2 });
  const other = await addMessage(scope, conversation, { type: "interactive" });
  await addMessageFile(scope, other, { mediaId: "lost" });
  const [shown] = (await listMessages(scope, conversation.id)).messages;
  expect(shown).toMatchObject({ mediaKind: null, mediaId: null, mediaExpiresAt: second(3600) });
  expect(shown?.details).toMatchObject({
    fields: [
      {
        files: [
          { mediaId: "71", size: 1_000, position: 1 },
          { mediaId: "72", size: null, position: 2 },
          { mediaId: null, size: null, position: 3 },
        ],
      },
    ],
  });
});
