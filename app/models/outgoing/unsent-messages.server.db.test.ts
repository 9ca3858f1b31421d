import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import { settleUnsent } from "./outgoing.server.ts";
import { FILE_NOT_KEPT } from "./outgoing-status.ts";
import { settleSent } from "./sent-messages.server.ts";
import { addOutbox, later, NOW } from "./testing/outbox.server.ts";
import { discard, takeAgain } from "./unsent-messages.server.ts";

afterAll(closeDatabase);

const why = { code: 131056, title: "Too many", details: null };

describe("a message that failed", () => {
  it("is sent again once, however many ask at the same time, from the conversation's end", async () => {
    const outbox = await addOutbox(db);
    const failed = await outbox.send({}, why);
    await outbox.add({ sentAt: later(60) });
    const asked = Array.from({ length: 4 }, () => takeAgain(outbox.scope, failed, later(120)));
    expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
    expect((await outbox.list()).at(-1)).toMatchObject({
      id: failed.messageId,
      sentAt: later(120),
      delivery: { errorCode: null, errorTitle: null },
    });
    expect(await outbox.statuses()).toMatchObject([{ status: "sending", at: later(120) }]);
    expect(await outbox.conversationRow()).toMatchObject({ lastMessageAt: later(120) });
  });

  it("is either sent again or discarded when both are asked at the same time", async () => {
    const outbox = await addOutbox(db);
    for (let round = 0; round < 4; round++) {
      const failed = await outbox.send({}, why);
      const [again, gone] = await Promise.all([
        takeAgain(outbox.scope, failed, later(1)),
        discard(outbox.scope, failed, later(1)),
      ]);
      expect([again, gone].filter(Boolean)).toHaveLength(1);
      const status = (await outbox.list()).find(({ id }) => id === failed.messageId)?.delivery;
      expect(status?.status).toBe(again ? "sending" : undefined);
    }
  });

  it("can't be sent again when its file is not at WhatsApp, only discarded", async () => {
    const outbox = await addOutbox(db);
    const file = {
      mediaId: null,
      mimeType: "image/jpeg",
      caption: "Here",
      filename: null,
      sha256: null,
      size: null,
    };
    const failure = { code: null, title: FILE_NOT_KEPT, details: null };
    const failed = await outbox.send({ type: "image", body: null, file }, failure);
    expect(await takeAgain(outbox.scope, failed, later(1))).toBe(false);
    expect(await discard(outbox.scope, failed, later(1))).toBe(true);
    expect(await outbox.list()).toEqual([]);
  });

  it("leaves the conversation as old as its last message when it is discarded", async () => {
    const outbox = await addOutbox(db);
    await outbox.add({ sentAt: later(-60) });
    await discard(outbox.scope, await outbox.send({}, why), later(1));
    expect(await outbox.conversationRow()).toMatchObject({ lastMessageAt: later(-60) });
  });

  it("F73 is out of other companies' reach, and of its own company's other conversations", async () => {
    const [own, other] = [await addOutbox(db), await addOutbox(db)];
    const failed = await own.send({}, why);
    const elsewhere = { ...failed, conversationId: other.conversation.id };
    for (const act of [takeAgain, discard]) {
      expect(await act(other.scope, failed, later(1))).toBe(false);
      expect(await act(own.scope, elsewhere, later(1))).toBe(false);
    }
    expect(await own.statuses()).toMatchObject([{ status: "failed" }]);
  });
});

describe("a message that is being sent", () => {
  it("is left alone for a minute, then stands for one whose process has died", async () => {
    const outbox = await addOutbox(db);
    const sending = await outbox.send();
    expect(await takeAgain(outbox.scope, sending, later(60))).toBe(false);
    expect(await discard(outbox.scope, sending, later(60))).toBe(false);
    expect(await takeAgain(outbox.scope, sending, later(61))).toBe(true);
    expect(await discard(outbox.scope, sending, later(100))).toBe(false);
    expect(await discard(outbox.scope, sending, later(122))).toBe(true);
  });
});

it("a message that WhatsApp has is neither sent again nor discarded", async () => {
  const outbox = await addOutbox(db);
  const sent = await outbox.send();
  await settleUnsent(outbox.scope, outbox.account.id, sent.key, undefined);
  await settleSent(outbox.scope, outbox.account.id, [{ key: sent.key, wamid: "wamid.1" }]);
  expect(await takeAgain(outbox.scope, sent, later(99))).toBe(false);
  expect(await discard(outbox.scope, sent, later(99))).toBe(false);
  const received = await outbox.add({ sentAt: NOW });
  const place = { conversationId: outbox.conversation.id, messageId: received.id };
  expect(await discard(outbox.scope, place, later(99))).toBe(false);
});
