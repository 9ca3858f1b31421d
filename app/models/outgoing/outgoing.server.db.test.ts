import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { contactIdentities } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { addContact, addConversation } from "#tests/support/rows.server.ts";
import { localWamid } from "./local-wamid.ts";
import { addOutgoing, settleUnsent } from "./outgoing.server.ts";
import { findAttempt } from "./outgoing-attempt.server.ts";
import { addOutbox, later, NOW } from "./testing/outbox.server.ts";

afterAll(closeDatabase);

describe("a message that is being sent", () => {
  it("is in its conversation at once, by whom and when, and says that it is on its way", async () => {
    const outbox = await addOutbox(db);
    const { key } = await outbox.send({ replyToWamid: "wamid.in" });
    expect(await outbox.messages()).toMatchObject([
      {
        wamid: localWamid(key),
        direction: "outbound",
        body: "Hello",
        sentByUserId: outbox.agent.id,
        replyToWamid: "wamid.in",
        unread: false,
        sentAt: NOW,
      },
    ]);
    expect(await outbox.statuses()).toMatchObject([{ status: "sending", at: NOW }]);
    expect(await outbox.conversationRow()).toMatchObject({ lastMessageAt: NOW, unreadCount: 0 });
  });

  it("is there once, however often and however much at once its form is sent", async () => {
    const { scope, newMessage, messages } = await addOutbox(db);
    const form = newMessage();
    const ids = await Promise.all(Array.from({ length: 5 }, () => addOutgoing(scope, form, NOW)));
    expect(ids.filter((id) => typeof id === "number")).toHaveLength(1);
    expect(await addOutgoing(scope, form, later(60))).toBeUndefined();
    expect(await messages()).toHaveLength(1);
  });

  it("carries its file's name tag", async () => {
    const outbox = await addOutbox(db);
    const file = {
      mediaId: "914268667232441",
      mimeType: "application/pdf",
      caption: "Here",
      filename: "receipt.pdf",
      sha256: "ab".repeat(32),
      size: 5_000_000_000,
    };
    const { messageId } = await outbox.send({ type: "document", body: null, file });
    expect(await outbox.messages()).toMatchObject([
      {
        mediaId: file.mediaId,
        mediaMimeType: file.mimeType,
        mediaCaption: "Here",
        mediaFilename: "receipt.pdf",
        mediaSha256: file.sha256,
        mediaSize: file.size,
      },
    ]);
    expect((await findAttempt(outbox.scope, messageId))?.message?.content).toEqual({
      type: "document",
      mediaId: file.mediaId,
      caption: "Here",
      filename: "receipt.pdf",
    });
  });

  it("F73 can't be added to another company's conversation, nor to one that went", async () => {
    const [own, other] = [await addOutbox(db), await addOutbox(db)];
    const foreign = own.newMessage({ conversationId: other.conversation.id });
    expect(await addOutgoing(own.scope, foreign, NOW)).toBe("gone");
    expect(await other.messages()).toEqual([]);
    expect(await own.statuses()).toEqual([]);
  });

  it("F73 is found by its own company only", async () => {
    const [own, other] = [await addOutbox(db), await addOutbox(db)];
    const { messageId } = await own.send();
    expect(await findAttempt(other.scope, messageId)).toBeUndefined();
  });
});

describe("its recipient", () => {
  async function recipientOf(
    contact: Parameters<typeof addContact>[1],
    identities: Pick<typeof contactIdentities.$inferInsert, "kind" | "value" | "endedAt">[] = [],
  ) {
    const outbox = await addOutbox(db);
    const { scope, account } = outbox;
    const { id: contactId } = await addContact(scope, contact);
    const { companyId } = scope;
    for (const identity of identities) {
      await db.insert(contactIdentities).values({ companyId, contactId, ...identity });
    }
    const { id: conversationId } = await addConversation(scope, account, { contactId });
    const { messageId } = await outbox.send({ conversationId });
    return (await findAttempt(scope, messageId))?.message?.recipient;
  }

  it("is the phone number that they have now", async () => {
    expect(await recipientOf({ waId: "15550107777" })).toEqual({ phone: "15550107777" });
  });

  it("is their present user id where the number is withheld", async () => {
    expect(
      await recipientOf({ waId: null }, [
        { kind: "user", value: "US.1", endedAt: NOW },
        { kind: "user", value: "US.2" },
      ]),
    ).toEqual({ userId: "US.2" });
  });

  it("is the group", async () => {
    expect(
      await recipientOf({ kind: "group", waId: null }, [{ kind: "group", value: "Y2Fw" }]),
    ).toEqual({ groupId: "Y2Fw" });
  });

  it("is nobody where WhatsApp told nothing to send to", async () => {
    expect(await recipientOf({ waId: null })).toBeUndefined();
  });
});

describe("a message that was not sent", () => {
  it("says why, in WhatsApp's words", async () => {
    const outbox = await addOutbox(db);
    const { key } = await outbox.send();
    const refusal = { code: 131047, title: "Re-engagement message", details: "24 hours" };
    await settleUnsent(outbox.scope, outbox.account.id, key, refusal);
    expect(await outbox.statuses()).toMatchObject([
      { status: "failed", errorCode: 131047, errorTitle: refusal.title, errorDetails: "24 hours" },
    ]);
  });

  it("is unconfirmed where nobody knows", async () => {
    const outbox = await addOutbox(db);
    const { key } = await outbox.send();
    await settleUnsent(outbox.scope, outbox.account.id, key, undefined);
    expect(await outbox.statuses()).toMatchObject([{ status: "unconfirmed", errorCode: null }]);
  });
});
