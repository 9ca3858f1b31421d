import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase, db } from "#db/client.server.ts";
import { messages } from "#db/schema.ts";
import { listMessages } from "./messages.server.ts";
import { addAccount, addCompany, addConversation, addMessage } from "./testing.server.ts";

afterAll(closeDatabase);

async function setUp(account: { mediaRetentionHours?: number } = {}) {
  const scope = await addCompany(db);
  const conversation = await addConversation(scope, await addAccount(scope, [], account));
  return { scope, conversation };
}

/** Adds many messages at once. */
async function addMany(
  { scope, conversation }: Awaited<ReturnType<typeof setUp>>,
  sentAts: Date[],
): Promise<number[]> {
  const rows = sentAts.map((sentAt, index) => ({
    companyId: scope.companyId,
    accountId: conversation.accountId,
    conversationId: conversation.id,
    wamid: `wamid.${conversation.id}.${index}`,
    direction: "inbound" as const,
    type: "text",
    sentAt,
  }));
  const added = await db.insert(messages).values(rows).returning({ id: messages.id });
  return added.map(({ id }) => id);
}

const second = (seconds: number) => new Date(Date.UTC(2026, 4, 1, 12, 0, seconds));

describe("listMessages", () => {
  it("lists the newest 50, oldest first, and where the older ones are", async () => {
    const world = await setUp();
    const ids = await addMany(
      world,
      Array.from({ length: 60 }, (_, index) => second(index)),
    );
    const page = await listMessages(world.scope, world.conversation.id);
    expect(page.messages.map(({ id }) => id)).toEqual(ids.slice(10));
    expect(page.older).toBe(ids[10]);
  });

  it("has no older page when all fit on one", async () => {
    const world = await setUp();
    await addMany(
      world,
      Array.from({ length: 50 }, (_, index) => second(index)),
    );
    const page = await listMessages(world.scope, world.conversation.id);
    expect(page.messages).toHaveLength(50);
    expect(page.older).toBeNull();
  });

  it("pages through equal times without losing or repeating a message", async () => {
    const world = await setUp();
    const ids = await addMany(
      world,
      Array.from({ length: 130 }, (_, index) => second(Math.floor(index / 65))),
    );
    const seen: number[][] = [];
    let before: number | undefined;
    do {
      const page = await listMessages(world.scope, world.conversation.id, before);
      seen.unshift(page.messages.map(({ id }) => id));
      before = page.older ?? undefined;
    } while (before !== undefined);
    expect(seen.map((page) => page.length)).toEqual([30, 50, 50]);
    expect(seen.flat()).toEqual(ids);
  });

  it("keeps a page in place when newer messages come in meanwhile", async () => {
    const world = await setUp();
    await addMany(
      world,
      Array.from({ length: 80 }, (_, index) => second(index % 7)),
    );
    const { older } = await listMessages(world.scope, world.conversation.id);
    const page = () => listMessages(world.scope, world.conversation.id, older ?? 0);
    const first = await page();
    await addMessage(world.scope, world.conversation, { sentAt: second(600) });
    expect(await page()).toEqual(first);
  });

  it("F89 never shows another conversation's messages, whatever is passed as before", async () => {
    const world = await setUp();
    const account = await addAccount(world.scope);
    const other = await addConversation(world.scope, account);
    const stranger = await setUp();
    const foreign = [
      await addMessage(world.scope, other, { sentAt: second(900) }),
      await addMessage(stranger.scope, stranger.conversation, { sentAt: second(900) }),
    ];
    await addMany(world, [second(1), second(2)]);
    for (const { id } of [...foreign, { id: 999_999_999 }]) {
      expect(await listMessages(world.scope, world.conversation.id, id)).toEqual({
        messages: [],
        older: null,
      });
    }
  });

  it("F73 shows nothing of another company's conversation", async () => {
    const world = await setUp();
    const [id] = await addMany(world, [second(1), second(2)]);
    const stranger = await addCompany(db);
    const nothing = { messages: [], older: null };
    expect(await listMessages(stranger, world.conversation.id)).toEqual(nothing);
    expect(await listMessages(stranger, world.conversation.id, id)).toEqual(nothing);
  });

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
      mediaSha256: "0".repeat(64),
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
        mediaMimeType: "audio/ogg; codecs=opus",
        mediaCaption: "Listen",
        mediaFilename: "voice.ogg",
        mediaVoice: true,
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
});
