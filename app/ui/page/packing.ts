import type {
  LastMessage,
  ListedConversation,
} from "#app/models/inbox/conversation-list.server.ts";
import type { Delivery, MessageResponse, Quote } from "#app/models/messages/message-response.ts";

/** What most messages have, or don't have. */
const MESSAGE = {
  direction: "inbound",
  senderName: null,
  type: "text",
  body: null,
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
  mediaKind: null,
  mediaId: null,
  mediaCaption: null,
  mediaFilename: null,
  mediaVoice: false,
  mediaSize: null,
  mediaTint: null,
  mediaExpiresAt: null,
} satisfies Partial<MessageResponse>;

const DELIVERY = {
  errorCode: null,
  errorTitle: null,
  errorDetails: null,
  counts: null,
} satisfies Partial<Delivery>;

const QUOTE = {
  senderName: null,
  mediaVoice: false,
  text: null,
  revoked: false,
} satisfies Partial<Quote>;

const CONVERSATION = { unreadCount: 0, lastMessage: null } satisfies Partial<ListedConversation>;

const LAST_MESSAGE = {
  direction: "inbound",
  senderName: null,
  type: "text",
  text: null,
  mediaVoice: false,
  mediaFilename: null,
  revoked: false,
  status: null,
} satisfies LastMessage;

/**
 * Messages for a page to take over, without their defaults. As one string: compressed, a page's
 * objects would weigh twice as much, because Remix writes each of their fields as a number of its own.
 */
export function packMessages(messages: readonly MessageResponse[]): string {
  return JSON.stringify(
    messages.map((message) => ({
      ...withoutDefaults(message, MESSAGE),
      ...(message.delivery && { delivery: withoutDefaults(message.delivery, DELIVERY) }),
      ...(message.quoted && { quoted: withoutDefaults(message.quoted, QUOTE) }),
    })),
  );
}

export function unpackMessages(packed: string): MessageResponse[] {
  return (JSON.parse(packed) as MessageResponse[]).map(({ delivery, quoted, ...rest }) => {
    const message: MessageResponse = {
      ...MESSAGE,
      ...rest,
      delivery: delivery ? { ...DELIVERY, ...delivery } : null,
      quoted: quoted && !quoted.missing ? { ...QUOTE, ...quoted } : (quoted ?? null),
    };
    return withDates(message, ["sentAt", "editedAt", "revokedAt", "mediaExpiresAt"]);
  });
}

/** The list's conversations, likewise. */
export function packConversations(conversations: readonly ListedConversation[]): string {
  return JSON.stringify(
    conversations.map(({ lastMessage, ...conversation }) => ({
      ...withoutDefaults(conversation, CONVERSATION),
      ...(lastMessage && { lastMessage: withoutDefaults(lastMessage, LAST_MESSAGE) }),
    })),
  );
}

export function unpackConversations(packed: string): ListedConversation[] {
  return (JSON.parse(packed) as ListedConversation[]).map(({ lastMessage, ...rest }) => {
    const conversation: ListedConversation = {
      ...CONVERSATION,
      ...rest,
      lastMessage: lastMessage ? { ...LAST_MESSAGE, ...lastMessage } : null,
    };
    return withDates(conversation, ["lastMessageAt"]);
  });
}

/** The fields of a value that don't have their default; an empty list has it. Dates become numbers. */
function withoutDefaults(value: object, defaults: object): object {
  const known = defaults as Record<string, unknown>;
  const kept: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    const isDefault = Array.isArray(field) ? field.length === 0 : field === known[key];
    if (isDefault && key in known) continue;
    kept[key] = field instanceof Date ? field.getTime() : field;
  }
  return kept;
}

function withDates<T extends object>(value: T, keys: (keyof T)[]): T {
  const dates = keys.flatMap((key) => {
    const at: unknown = value[key];
    return typeof at === "number" ? [[key, new Date(at)]] : [];
  });
  return { ...value, ...Object.fromEntries(dates) };
}
