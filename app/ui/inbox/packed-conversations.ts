import type {
  LastMessage,
  ListedConversation,
} from "#app/models/inbox/conversation-list.server.ts";
import { unusual } from "../words/unusual.ts";

const USUAL = { unreadCount: 0, lastMessage: null } satisfies Partial<ListedConversation>;

const USUAL_MESSAGE = {
  direction: "inbound",
  senderName: null,
  type: "text",
  text: null,
  mediaVoice: false,
  mediaFilename: null,
  revoked: false,
  status: null,
} satisfies LastMessage;

type Packed = Omit<ListedConversation, "lastMessageAt" | keyof typeof USUAL> & {
  lastMessageAt: number;
  unreadCount?: number;
  lastMessage?: Partial<LastMessage>;
};

/** Conversations for a page to take over, as packMessages' messages. */
export function packConversations(conversations: readonly ListedConversation[]): string {
  return JSON.stringify(
    conversations.map(({ lastMessage, lastMessageAt, ...conversation }) => ({
      ...unusual(conversation, USUAL),
      lastMessageAt: lastMessageAt.getTime(),
      ...(lastMessage && { lastMessage: unusual(lastMessage, USUAL_MESSAGE) }),
    })),
  );
}

export function unpackConversations(packed: string): ListedConversation[] {
  return (JSON.parse(packed) as Packed[]).map(({ lastMessage, lastMessageAt, ...rest }) => ({
    ...USUAL,
    ...rest,
    lastMessageAt: new Date(lastMessageAt),
    lastMessage: lastMessage ? { ...USUAL_MESSAGE, ...lastMessage } : null,
  }));
}
