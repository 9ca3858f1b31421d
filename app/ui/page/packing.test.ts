import { describe, expect, it } from "vitest";
import type {
  LastMessage,
  ListedConversation,
} from "#app/models/inbox/conversation-list.server.ts";
import type { MessageResponse } from "#app/models/messages/message-response.ts";
import { messageResponse, SENT_AT } from "#tests/support/message.tsx";
import { packConversations, packMessages, unpackConversations, unpackMessages } from "./packing.ts";

describe("messages", () => {
  const quote = { missing: false, messageId: 1, direction: "inbound", type: "audio" } as const;
  const failure = { errorCode: 131047, errorTitle: "Re-engagement", errorDetails: null };

  const messages: MessageResponse[] = [
    messageResponse(),
    messageResponse({ id: 8, body: "", revokedAt: SENT_AT, editedAt: SENT_AT }),
    messageResponse({
      type: "image",
      mediaId: "622684793477189",
      mediaSize: 0,
      mediaExpiresAt: SENT_AT,
      unread: true,
      problem: { errorCode: 131052, errorTitle: null },
      quoted: { ...quote, senderName: null, mediaVoice: true, text: null, revoked: false },
      reactions: [{ emoji: "👍", from: [{ direction: "outbound", senderName: null }] }],
    }),
    messageResponse({
      direction: "outbound",
      sentByName: "Alex",
      isLocal: true,
      quoted: { missing: true },
      delivery: { status: "failed", ...failure, counts: { delivered: 0, read: 0, failed: 2 } },
      details: { kind: "system", text: null },
    }),
  ];

  it("gives back every message as it was", () => {
    expect(unpackMessages(packMessages(messages))).toEqual(messages);
    expect(unpackMessages(packMessages([]))).toEqual([]);
  });

  it("writes nothing of what is usual", () => {
    const [first] = JSON.parse(packMessages(messages));
    expect(first).toEqual({ id: 7, body: "Hello", sentAt: SENT_AT.getTime() });
  });
});

const text: LastMessage = {
  direction: "inbound",
  senderName: null,
  type: "text",
  text: "Hello",
  mediaVoice: false,
  mediaFilename: null,
  revoked: false,
  status: null,
};
const ana: ListedConversation = {
  id: 7,
  accountId: 1,
  contactName: "Ana",
  unreadCount: 0,
  lastMessageAt: SENT_AT,
  lastMessage: text,
};

describe("conversations", () => {
  const conversations: ListedConversation[] = [
    ana,
    { ...ana, id: 8, unreadCount: 3, lastMessage: null },
    {
      ...ana,
      lastMessage: {
        ...text,
        direction: "outbound",
        type: "document",
        text: "",
        mediaFilename: "a.pdf",
        status: "failed",
      },
    },
    { ...ana, lastMessage: { ...text, senderName: "Ben", text: null, revoked: true } },
  ];

  it("gives back every conversation as it was", () => {
    expect(unpackConversations(packConversations(conversations))).toEqual(conversations);
    expect(unpackConversations(packConversations([]))).toEqual([]);
  });

  it("writes nothing of what is usual", () => {
    const [first] = JSON.parse(packConversations(conversations));
    expect(first).toEqual({
      id: 7,
      accountId: 1,
      contactName: "Ana",
      lastMessageAt: ana.lastMessageAt.getTime(),
      lastMessage: { text: "Hello" },
    });
  });
});
