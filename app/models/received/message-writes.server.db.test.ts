import { afterAll, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { messages } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { addAccount, addCompany, addConversation } from "#tests/support/rows.server.ts";
import type { FiledMessage } from "./filed-messages.ts";
import { ConversationGoneError, insertMessages } from "./message-writes.server.ts";

afterAll(closeDatabase);

const filed = (wamid: string, conversationId: number): FiledMessage => ({
  conversationId,
  senderContactId: null,
  message: {
    wamid,
    direction: "inbound",
    type: "text",
    body: "Hello",
    sentAt: new Date("2026-05-01T12:00:00Z"),
    person: null,
    groupId: null,
    payload: null,
    referral: null,
    replyToWamid: null,
    targetWamid: null,
    forwarded: null,
    errorCode: null,
    errorTitle: null,
    imported: false,
    mediaId: null,
    mediaMimeType: null,
    mediaCaption: null,
    mediaSha256: null,
    mediaFilename: null,
    mediaVoice: null,
    files: [],
  },
});

it("stores nothing when one of the conversations has gone, or is another company's or number's", async () => {
  const scope = await addCompany(db);
  const [account, sibling] = [await addAccount(scope), await addAccount(scope)];
  const conversation = await addConversation(scope, account);
  const elsewhere = await addConversation(scope, sibling);
  const foreign = await addCompany(db);
  const theirs = await addConversation(foreign, await addAccount(foreign));
  for (const { id } of [elsewhere, theirs, { id: theirs.id + 1000 }]) {
    await expect(
      insertMessages(scope, account.id, [filed("wamid.1", conversation.id), filed("wamid.2", id)]),
    ).rejects.toThrow(ConversationGoneError);
  }
  expect(await db.$count(messages)).toBe(0);
  expect(await insertMessages(scope, account.id, [filed("wamid.1", conversation.id)])).toEqual(
    new Set(["wamid.1"]),
  );
});
