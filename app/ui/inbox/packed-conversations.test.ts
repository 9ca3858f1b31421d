import { expect, it } from "vitest";
import type { ListedConversation } from "#app/models/inbox/conversation-list.server.ts";
import { packConversations, unpackConversations } from "./packed-conversations.ts";
import { ana, text } from "./testing/list.tsx";

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
